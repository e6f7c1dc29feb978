'use client';
import { CircleCheck } from 'lucide';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { api } from '@/app/_ui/api-client';
import { StateLabel } from '@/app/_ui/badge';
import { Button } from '@/app/_ui/button';
import { Dialog, DialogButtons } from '@/app/_ui/dialog';
import { Field } from '@/app/_ui/field';
import { ProblemNotice } from '@/app/_ui/notice';
import { RowActions, Table } from '@/app/_ui/table';
import { toast } from '@/app/_ui/toast';
import { useSubmit } from '@/app/_ui/use-submit';
import type { GroupTag } from '@/lib/annotation/schema';
import { useTranslations } from '@/lib/i18n/client';

type Props = {
  group: string;
  tags: GroupTag[];
  offered: string[];
  /** Whether the viewer decides which are offered, and whether they may be renamed now. */
  sets: boolean;
  renames: boolean;
};

/** The tags of a group with the number of their notes; each can be renamed, which makes it one with another of that name. */
export function TagTable({ group, tags, offered, sets, renames }: Props) {
  const t = useTranslations('groups');
  const common = useTranslations('common');
  const router = useRouter();
  const [renamed, setRenamed] = useState<string | null>(null);
  const offering = useSubmit(common('failed'));
  const renaming = useSubmit(common('failed'), async ({ to = '' }) => {
    const json = { from: [renamed ?? ''], to: to.trim() };
    const { changed } = await api('POST /groups/:group/tags/rename', { param: { group }, json });
    toast(t('tags.renamed', { count: changed }));
    setRenamed(null);
    router.refresh();
  });

  function offer(tag: string, isOffered: boolean): void {
    const tagSet = isOffered ? [...offered, tag] : offered.filter((other) => other !== tag);
    void offering.run(async () => {
      await api('PATCH /groups/:group', { param: { group }, json: { tagSet } });
      router.refresh();
    });
  }

  return (
    <>
      <ProblemNotice text={offering.problem} />
      <Table
        caption={t('tags.title')}
        rows={tags}
        keyOf={({ tag }) => tag}
        columns={[
          { head: t('tags.tag'), cell: ({ tag }) => <span dir="auto">{tag}</span> },
          { head: t('tags.notes'), isFigure: true, cell: ({ count }) => count },
          {
            head: t('tags.state'),
            cell: ({ offered }) =>
              offered && (
                <StateLabel look="done" icon={CircleCheck}>
                  {t('tags.offered')}
                </StateLabel>
              ),
          },
          {
            head: '',
            cell: ({ tag, offered }) => (
              <RowActions>
                {sets && (
                  <Button
                    small
                    look="quiet"
                    busy={offering.busy}
                    aria-label={t(offered ? 'tags.withdrawOne' : 'tags.offerOne', { tag })}
                    onClick={() => offer(tag, !offered)}
                  >
                    {t(offered ? 'tags.withdraw' : 'tags.offer')}
                  </Button>
                )}
                {renames && (
                  <Button small aria-label={t('tags.renameOne', { tag })} onClick={() => setRenamed(tag)}>
                    {t('tags.rename')}
                  </Button>
                )}
              </RowActions>
            ),
          },
        ]}
      />
      {renamed !== null && (
        <Dialog title={t('tags.renameOne', { tag: renamed })} onClose={() => setRenamed(null)}>
          <form method="post" className="stack" onSubmit={renaming.onSubmit}>
            <ProblemNotice text={renaming.errorOf('to') ? undefined : renaming.problem} />
            <Field
              label={t('tags.newName')}
              hint={t('tags.newNameHint')}
              name="to"
              required
              maxLength={100}
              list="tags-known"
              defaultValue={renamed}
              error={renaming.errorOf('to')}
            />
            <datalist id="tags-known">
              {tags.map(({ tag }) => (
                <option key={tag} value={tag} />
              ))}
            </datalist>
            <DialogButtons>
              <Button look="quiet" onClick={() => setRenamed(null)}>
                {common('cancel')}
              </Button>
              <Button type="submit" look="primary" busy={renaming.busy}>
                {t('tags.rename')}
              </Button>
            </DialogButtons>
          </form>
        </Dialog>
      )}
    </>
  );
}

'use client';
import { Plus, Shuffle } from 'lucide';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { api } from '@/app/_ui/api-client';
import { Button } from '@/app/_ui/button';
import { Check, Field } from '@/app/_ui/field';
import { ProblemNotice } from '@/app/_ui/notice';
import { toast } from '@/app/_ui/toast';
import { useSubmit } from '@/app/_ui/use-submit';
import type { Subgroup } from '@/lib/group/schema';
import { useTranslations } from '@/lib/i18n/client';
import { SubgroupDialog } from './subgroup-dialog';

type Props = {
  group: string;
  subgroups: Subgroup[];
  students: { id: string; name: string }[];
  isApart: boolean;
  canSetUp: boolean;
};

/** The subgroups of a group: formed by hand or by chance, taken away, and whether they see each other. */
export function Subgroups({ group, subgroups, students, isApart, canSetUp }: Props) {
  const t = useTranslations('groups');
  const common = useTranslations('common');
  const router = useRouter();
  /** The subgroup that is edited, `new`, or none. */
  const [edited, setEdited] = useState<Subgroup | 'new'>();
  const form = useSubmit(common('failed'), async ({ size }) => {
    await api('POST /groups/:group/subgroups/shuffle', { param: { group }, json: { size: Number(size) } });
    toast(t('subgroups.made'));
    router.refresh();
  });
  const change = (work: () => Promise<unknown>) =>
    void form.run(async () => {
      await work();
      router.refresh();
    });
  return (
    <div className="stack">
      <ProblemNotice text={form.problem} />
      {subgroups.length === 0 && <p className="muted">{t('subgroups.none')}</p>}
      <ul>
        {subgroups.map(({ id, name, members, ...rest }) => (
          <li key={id}>
            <b>{t('subgroups.name', { name })}</b>: {members.map((member) => member.name).join(', ')}{' '}
            <Button
              small
              aria-label={t('subgroups.change', { name })}
              onClick={() => setEdited({ id, name, members, ...rest })}
            >
              {common('edit')}
            </Button>{' '}
            <Button
              look="danger"
              small
              aria-label={t('subgroups.delete', { name })}
              onClick={() =>
                change(() => api('DELETE /groups/:group/subgroups/:id', { param: { group, id } }))
              }
            >
              {common('delete')}
            </Button>
          </li>
        ))}
      </ul>
      <p>
        <Button icon={Plus} onClick={() => setEdited('new')}>
          {t('subgroups.new')}
        </Button>
      </p>
      {edited && (
        <SubgroupDialog
          group={group}
          subgroup={edited === 'new' ? undefined : edited}
          students={students}
          onClose={() => setEdited(undefined)}
        />
      )}
      {canSetUp && (
        <Check
          label={t('subgroups.apart')}
          checked={isApart}
          disabled={form.busy}
          onChange={({ currentTarget: { checked } }) =>
            change(() => api('PATCH /groups/:group', { param: { group }, json: { subgroupsApart: checked } }))
          }
        />
      )}
      <form method="post" onSubmit={form.onSubmit} className="fields">
        <Field
          label={t('subgroups.size')}
          hint={t('subgroups.shuffleHint')}
          name="size"
          type="number"
          min={2}
          max={500}
          defaultValue={4}
          error={form.errorOf('size')}
        />
        <Button type="submit" icon={Shuffle} busy={form.busy}>
          {t('subgroups.shuffle')}
        </Button>
      </form>
    </div>
  );
}

'use client';
import { useRouter } from 'next/navigation';
import { api } from '@/app/_ui/api-client';
import { Button } from '@/app/_ui/button';
import { ProblemNotice } from '@/app/_ui/notice';
import { useSubmit } from '@/app/_ui/use-submit';
import type { GroupInput } from '@/lib/group/schema';
import { useTranslations } from '@/lib/i18n/client';
import { type EditionChoice, GroupFields } from '../group-fields';

/** Creates a group and opens it. */
export function CreateGroupForm({ editions }: { editions: EditionChoice[] }) {
  const t = useTranslations('groups');
  const common = useTranslations('common');
  const router = useRouter();
  const form = useSubmit(common('failed'), async ({ slug, edition, ...fields }) => {
    const json = { ...fields, edition: edition || null, ...(slug && { slug }) } as GroupInput;
    const made = await api('POST /groups', { json });
    router.push(`/groups/${made.slug}`);
  });
  return (
    <form method="post" onSubmit={form.onSubmit} className="stack">
      <ProblemNotice text={form.problem} />
      <GroupFields editions={editions} errorOf={form.errorOf} />
      <Button type="submit" look="primary" busy={form.busy}>
        {t('create.submit')}
      </Button>
    </form>
  );
}

'use client';
import { useRouter } from 'next/navigation';
import { api } from '@/app/_ui/api-client';
import { Button } from '@/app/_ui/button';
import { ProblemNotice } from '@/app/_ui/notice';
import { toast } from '@/app/_ui/toast';
import { useSubmit } from '@/app/_ui/use-submit';
import type { Group } from '@/lib/group/schema';
import { useTranslations } from '@/lib/i18n/client';
import { GroupFields } from '../../group-fields';

/** Changes a group's name, description and access. */
export function SettingsForm({ group }: { group: Group }) {
  const common = useTranslations('common');
  const router = useRouter();
  const form = useSubmit(common('failed'), async (fields) => {
    await api('PATCH /groups/:group', { param: { group: group.slug }, json: fields });
    toast(common('saved'));
    router.refresh();
  });
  return (
    <form method="post" onSubmit={form.onSubmit} className="stack">
      <ProblemNotice text={form.problem} />
      <GroupFields group={group} errorOf={form.errorOf} />
      <Button type="submit" look="primary" busy={form.busy}>
        {common('save')}
      </Button>
    </form>
  );
}

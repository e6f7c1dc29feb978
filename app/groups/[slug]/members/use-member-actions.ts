'use client';
import { useRouter } from 'next/navigation';
import { api } from '@/app/_ui/api-client';
import { toast } from '@/app/_ui/toast';
import { useSubmit } from '@/app/_ui/use-submit';
import { useTranslations } from '@/lib/i18n/client';
import type { ActingRole } from '@/lib/policy';

/** Changes the role of a member, or of somebody who is invited, and removes them; the page is read again then. */
export function useMemberActions(group: string) {
  const t = useTranslations('groups');
  const common = useTranslations('common');
  const router = useRouter();
  const { busy, problem, run } = useSubmit(common('failed'));

  function setRole(id: string, wanted: ActingRole): void {
    void run(async () => {
      const moderates = wanted === 'moderator';
      const json = { role: moderates ? 'student' : wanted, moderates } as const;
      await api('PATCH /groups/:group/members/:id', { param: { group, id }, json });
      toast(t('members.changed'));
      router.refresh();
    });
  }

  /** `then` runs when it is done. */
  function remove(id: string, then?: () => void): void {
    void run(async () => {
      await api('DELETE /groups/:group/members/:id', { param: { group, id } });
      then?.();
      router.refresh();
    });
  }

  return { busy, problem, setRole, remove };
}

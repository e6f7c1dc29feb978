'use client';
import { useRouter } from 'next/navigation';
import { api } from '@/app/_ui/api-client';
import { Button } from '@/app/_ui/button';
import { ProblemNotice } from '@/app/_ui/notice';
import { toast } from '@/app/_ui/toast';
import { useSubmit } from '@/app/_ui/use-submit';
import { useTranslations } from '@/lib/i18n/client';

/** Removes an assignment in which nobody has written; where somebody has, the answer says what to do instead. */
export function DeleteAssignment({ group, id, label }: { group: string; id: string; label: string }) {
  const t = useTranslations('assignments');
  const common = useTranslations('common');
  const router = useRouter();
  const form = useSubmit(common('failed'));
  function remove(): void {
    void form.run(async () => {
      await api('DELETE /groups/:group/assignments/:id', { param: { group, id } });
      toast(t('deleted'));
      router.push(`/groups/${group}/assignments`);
      router.refresh();
    });
  }
  return (
    <>
      <ProblemNotice text={form.problem} />
      <p>
        <Button look="danger" busy={form.busy} onClick={remove}>
          {label}
        </Button>
      </p>
    </>
  );
}

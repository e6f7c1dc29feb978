'use client';
import { useRouter } from 'next/navigation';
import { api } from '@/app/_ui/api-client';
import { Button } from '@/app/_ui/button';
import { toast } from '@/app/_ui/toast';
import { useSubmit } from '@/app/_ui/use-submit';
import { useTranslations } from '@/lib/i18n/client';

/** Has a job done anew that failed for good. */
export function RetryButton({ id }: { id: string }) {
  const t = useTranslations('notices');
  const common = useTranslations('common');
  const router = useRouter();
  const form = useSubmit(common('failed'));

  async function retry(): Promise<void> {
    await api('POST /jobs/:id/retry', { param: { id } });
    toast(t('jobs.retried'));
    router.refresh();
  }

  return (
    <Button small busy={form.busy} onClick={() => void form.run(retry)}>
      {t('jobs.retry')}
    </Button>
  );
}

'use client';
import { CheckCheck } from 'lucide';
import { useRouter } from 'next/navigation';
import { NOTICES_READ } from '@/app/_site/notices-read';
import { useTranslations } from '@/lib/i18n/client';
import { api } from '../_ui/api-client';
import { Button } from '../_ui/button';
import { ProblemNotice } from '../_ui/notice';
import { useSubmit } from '../_ui/use-submit';

/** Marks everything that one was told as read. */
export function MarkAllRead() {
  const t = useTranslations('notices');
  const common = useTranslations('common');
  const router = useRouter();
  const form = useSubmit(common('failed'));
  return (
    <div>
      <Button
        icon={CheckCheck}
        busy={form.busy}
        onClick={() =>
          void form.run(async () => {
            await api('PATCH /notices', { json: { read: 'all' } });
            window.dispatchEvent(new Event(NOTICES_READ));
            router.refresh();
          })
        }
      >
        {t('readAll')}
      </Button>
      <ProblemNotice text={form.problem} />
    </div>
  );
}

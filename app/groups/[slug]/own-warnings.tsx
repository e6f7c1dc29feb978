'use client';
import { useRouter } from 'next/navigation';
import { api } from '@/app/_ui/api-client';
import { Button } from '@/app/_ui/button';
import { Notice, ProblemNotice } from '@/app/_ui/notice';
import { useSubmit } from '@/app/_ui/use-submit';
import { useTranslations } from '@/lib/i18n/client';
import type { Warning } from '@/lib/moderation/schema';

/** The warnings that the reader has not read yet, each with a button to say that they have. */
export function OwnWarnings({ group, warnings }: { group: string; warnings: Warning[] }) {
  const t = useTranslations('moderation');
  const router = useRouter();
  const { busy, problem, run } = useSubmit(t('failed'));
  const acknowledge = (id: string) =>
    run(async () => {
      await api('PUT /groups/:group/warnings/:id/acknowledged', { param: { group, id } });
      router.refresh();
    });
  return (
    <>
      <ProblemNotice text={problem} />
      {warnings.map(({ id, words, by }) => (
        <Notice key={id} look="warning">
          <p>
            {t('warning.from', { name: by.name })} <span dir="auto">{words}</span>
          </p>
          <Button small busy={busy} onClick={() => void acknowledge(id)}>
            {t('warning.read')}
          </Button>
        </Notice>
      ))}
    </>
  );
}

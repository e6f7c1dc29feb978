'use client';
import { useRouter } from 'next/navigation';
import { api } from '@/app/_ui/api-client';
import { Button } from '@/app/_ui/button';
import { ProblemNotice } from '@/app/_ui/notice';
import { useSubmit } from '@/app/_ui/use-submit';
import { useTranslations } from '@/lib/i18n/client';

type Props = { group: string; wording: string; hasAgreed: boolean };

/** What the group asks its members to agree to for research, with a button to agree, or to agree no longer. */
export function ResearchConsent({ group, wording, hasAgreed }: Props) {
  const t = useTranslations('groups');
  const common = useTranslations('common');
  const router = useRouter();
  const { busy, problem, run } = useSubmit(common('failed'));
  const change = () =>
    run(async () => {
      const param = { group };
      if (hasAgreed) await api('DELETE /groups/:group/research-consent', { param });
      else await api('PUT /groups/:group/research-consent', { param, json: { wording } });
      router.refresh();
    });
  return (
    <section aria-labelledby="research">
      <h2 id="research">{t('research.title')}</h2>
      <p className="muted small" dir="auto" style={{ whiteSpace: 'pre-wrap' }}>
        {wording}
      </p>
      <ProblemNotice text={problem} />
      <p className="small">{t(hasAgreed ? 'research.agreed' : 'research.notAgreed')}</p>
      <Button small busy={busy} onClick={() => void change()}>
        {t(hasAgreed ? 'research.withdraw' : 'research.agree')}
      </Button>
    </section>
  );
}

'use client';
import { useTranslations } from '@/lib/i18n/client';
import { Button } from './_ui/button';

export default function ErrorPage({ reset }: { reset: () => void }) {
  const t = useTranslations('common');
  return (
    <main id="main" className="page narrow stack">
      <h1>{t('error.title')}</h1>
      <p>{t('error.text')}</p>
      <Button look="primary" onClick={reset}>
        {t('error.again')}
      </Button>
    </main>
  );
}

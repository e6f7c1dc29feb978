import { ClientMessages, getTranslator } from '@/lib/i18n/server';
import { UnsubscribeButton } from './unsubscribe-button';

export async function generateMetadata() {
  const t = await getTranslator('notices');
  return { title: t('mail.unsubscribe'), robots: { index: false }, referrer: 'no-referrer' };
}

/** Where a mail leads that somebody wants no more of. It asks, because programs follow the links of mails. */
export default async function UnsubscribePage({
  params,
}: {
  params: Promise<{ person: string; signature: string }>;
}) {
  const t = await getTranslator('notices');
  const { person, signature } = await params;
  return (
    <main id="main" className="page form stack">
      <h1>{t('mail.unsubscribe')}</h1>
      <p>{t('mail.unsubscribeText')}</p>
      <ClientMessages namespaces={['notices']}>
        <UnsubscribeButton person={person} signature={signature} />
      </ClientMessages>
    </main>
  );
}

import Link from 'next/link';
import { Notice } from '@/app/_ui/notice';
import { ClientMessages, getTranslator } from '@/lib/i18n/server';
import { mailsPasswordLinks } from '@/lib/identity';
import { ForgottenForm } from './forgotten-form';

export async function generateMetadata() {
  const t = await getTranslator('account');
  return { title: t('forgotten.title') };
}

export default async function ForgottenPage() {
  const t = await getTranslator('account');
  return (
    <main id="main" className="page narrow stack">
      <h1>{t('forgotten.title')}</h1>
      {mailsPasswordLinks() ? (
        <>
          <p className="muted">{t('forgotten.lead')}</p>
          <ClientMessages namespaces={['account']}>
            <ForgottenForm />
          </ClientMessages>
        </>
      ) : (
        <Notice>
          <p>{t('forgotten.noMail')}</p>
        </Notice>
      )}
      <p>
        <Link href="/signin">{t('forgotten.back')}</Link>
      </p>
    </main>
  );
}

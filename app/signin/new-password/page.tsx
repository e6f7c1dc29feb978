import { ClientMessages, getTranslator } from '@/lib/i18n/server';
import { NewPasswordForm } from './new-password-form';

export async function generateMetadata() {
  const t = await getTranslator('account');
  return { title: t('newPassword.title'), referrer: 'no-referrer' as const };
}

export default async function NewPasswordPage() {
  const t = await getTranslator('account');
  return (
    <main id="main" className="page narrow stack">
      <h1>{t('newPassword.title')}</h1>
      <ClientMessages namespaces={['account']}>
        <NewPasswordForm />
      </ClientMessages>
      <noscript>
        <p>{t('signin.noScript')}</p>
      </noscript>
    </main>
  );
}

import Link from 'next/link';
import { redirect } from 'next/navigation';
import { pageViewer } from '@/lib/group/page-viewer';
import { ClientMessages, getTranslator } from '@/lib/i18n/server';
import { otherSignIns } from '@/lib/identity/auth-options';
import { Notice, ProblemNotice } from '../_ui/notice';
import { callbackPath } from './callback-path';
import { SignInForm } from './sign-in-form';

type Asked = Promise<Record<string, string | string[] | undefined>>;

export async function generateMetadata() {
  const t = await getTranslator('account');
  return { title: t('signin.title') };
}

export default async function SignInPage({ searchParams }: { searchParams: Asked }) {
  const { callbackUrl, error, sent } = await searchParams;
  const path = callbackPath(callbackUrl);
  if ((await pageViewer()).id !== null) redirect(path);
  const t = await getTranslator('account');
  return (
    <main id="main" className="page narrow stack">
      <h1>{t('signin.title')}</h1>
      <p className="muted">{t(reasonOf(path))}</p>
      {sent && (
        <Notice>
          <p>{t('signin.sent')}</p>
        </Notice>
      )}
      {error && <ProblemNotice text={t(error === 'Verification' ? 'signin.expired' : 'signin.other')} />}
      <ClientMessages namespaces={['account']}>
        <SignInForm path={path} others={otherSignIns()} />
      </ClientMessages>
      <noscript>
        <p>{t('signin.noScript')}</p>
      </noscript>
      <p>
        <Link href="/signin/forgotten">{t('forgotten.link')}</Link>
      </p>
      <p className="muted">{t('signin.noAccount')}</p>
    </main>
  );
}

/** Why one has to sign in for this page. */
function reasonOf(path: string): 'signin.forNote' | 'signin.forJoin' | 'signin.lead' {
  if (path.startsWith('/annotations/')) return 'signin.forNote';
  return path.startsWith('/join/') ? 'signin.forJoin' : 'signin.lead';
}

import { headers } from 'next/headers';
import { requireViewer } from '@/lib/group/page-viewer';
import { ClientMessages, getTranslator, requestLocale } from '@/lib/i18n/server';
import { hasPassword, listOwnChanges, listSessions, listTokens, sessionHash } from '@/lib/identity';
import { getNoticeSetting } from '@/lib/notice';
import { canOnSite } from '@/lib/policy';
import { Avatar } from '../_ui/avatar';
import { ButtonLink } from '../_ui/button';
import { AccountChanges } from './account-changes';
import { ErasureForm } from './erasure-form';
import { MailForm } from './mail-form';
import { PasswordForm } from './password-form';
import { ProfileForm } from './profile-form';
import { Sessions } from './sessions';
import { SignOutButton } from './sign-out-button';
import { Tokens } from './tokens';

export async function generateMetadata() {
  const t = await getTranslator('account');
  return { title: t('account.title') };
}

export default async function AccountPage() {
  const viewer = await requireViewer('/account');
  const [t, notices, privacy] = await Promise.all([
    getTranslator('account'),
    getTranslator('notices'),
    getTranslator('privacy'),
  ]);
  const [tokens, sessions, withPassword, locale, changes, { canMail, ...noticeSetting }] = await Promise.all([
    listTokens(viewer),
    listSessions(viewer, sessionHash(await headers())),
    hasPassword(viewer),
    requestLocale(),
    listOwnChanges(viewer),
    getNoticeSetting(viewer),
  ]);
  return (
    <main id="main" className="page form stack">
      <h1>{t('account.title')}</h1>
      <ClientMessages namespaces={['account', 'notices', 'privacy']}>
        <div className="row">
          <Avatar name={viewer.name} size="large" />
          <span>{t('account.signedInAs', { email: viewer.email ?? viewer.name })}</span>
          <SignOutButton />
          {canOnSite(viewer, 'manage-accounts') && <ButtonLink href="/admin">{t('admin.title')}</ButtonLink>}
        </div>
        <h2>{t('account.profile')}</h2>
        <ProfileForm name={viewer.name} locale={locale} />
        <h2>{t('account.password')}</h2>
        <PasswordForm email={viewer.email ?? ''} withPassword={withPassword} />
        <h2 id="mail">{notices('mail.heading')}</h2>
        <MailForm setting={noticeSetting} canMail={canMail} />
        <h2>{t('sessions.title')}</h2>
        <p className="muted">{t('sessions.lead')}</p>
        <Sessions sessions={sessions} />
        <h2>{t('tokens.title')}</h2>
        <p className="muted">{t('tokens.lead')}</p>
        <Tokens tokens={tokens} groups={viewer.memberships.map(({ slug, name }) => ({ slug, name }))} />
        <h2 id="data">{privacy('copy.heading')}</h2>
        <p className="muted">{privacy('copy.lead')}</p>
        <p>
          <a href="/api/v1/me/data" download="scholion-data.zip">
            {privacy('copy.take')}
          </a>
        </p>
        <h2 id="erase">{privacy('erase.title')}</h2>
        <p className="muted">{privacy('erase.lead')}</p>
        <ErasureForm email={viewer.email ?? ''} withPassword={withPassword} />
      </ClientMessages>
      {changes.length > 0 && (
        <>
          <h2>{t('changes.title')}</h2>
          <AccountChanges title={t('changes.title')} changes={changes} />
        </>
      )}
    </main>
  );
}

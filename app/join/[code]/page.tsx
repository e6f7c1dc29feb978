import { notFound } from 'next/navigation';
import { ButtonLink } from '@/app/_ui/button';
import { EmptyState } from '@/app/_ui/notice';
import { JoinButton } from '@/app/groups/[slug]/join-button';
import { acceptsSignUps, previewInvitation } from '@/lib/group';
import { pageViewer } from '@/lib/group/page-viewer';
import { ClientMessages, getTranslator } from '@/lib/i18n/server';
import { otherSignIns } from '@/lib/identity/auth-options';
import { AppError } from '@/lib/kernel/errors';
import { SignUpForm } from './sign-up-form';

export default async function JoinPage({ params }: { params: Promise<{ code: string }> }) {
  const { code } = await params;
  const viewer = await pageViewer();
  const t = await getTranslator('groups');
  const found = await previewInvitation(viewer, code).catch((error) => {
    if (!(error instanceof AppError)) throw error;
    if (error.code === 'not_found') notFound();
    if (error.code === 'gone') return undefined;
    throw error;
  });
  if (!found)
    return (
      <main id="main" className="page narrow stack">
        <h1>{t('join.gone')}</h1>
        <EmptyState title={t('join.goneText')} />
      </main>
    );
  const { name, description, slug, role, member } = found;
  return (
    <main id="main" className="page narrow stack">
      <h1>{t('join.title', { name })}</h1>
      <p>{member ? t('join.member') : t('join.text', { name, role: t(`role.${role}`) })}</p>
      {description && <p className="muted">{description}</p>}
      {member ? (
        <ButtonLink href={`/groups/${slug}`} look="primary">
          {t('join.open')}
        </ButtonLink>
      ) : viewer.id === null ? (
        <>
          {acceptsSignUps() && (
            <section aria-labelledby="new" className="stack">
              <h2 id="new">{t('join.new')}</h2>
              <p className="muted">{t('join.newText')}</p>
              <ClientMessages namespaces={['groups']}>
                <SignUpForm code={code} needsMail={otherSignIns().email} />
              </ClientMessages>
              <h2>{t('join.haveAccount')}</h2>
            </section>
          )}
          <p>
            <ButtonLink
              href={`/signin?callbackUrl=${encodeURIComponent(`/join/${code}`)}`}
              look={acceptsSignUps() ? 'plain' : 'primary'}
            >
              {t('join.signIn')}
            </ButtonLink>
          </p>
        </>
      ) : (
        <ClientMessages namespaces={['groups']}>
          <JoinButton by={{ code }} text={t('join.submit')} />
        </ClientMessages>
      )}
    </main>
  );
}

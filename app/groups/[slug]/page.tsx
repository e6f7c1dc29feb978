import { ButtonLink } from '@/app/_ui/button';
import { EmptyState } from '@/app/_ui/notice';
import { getEdition } from '@/lib/edition';
import { pageViewer } from '@/lib/group/page-viewer';
import { ClientMessages, getTranslator } from '@/lib/i18n/server';
import { nullIfNotFound } from '@/lib/kernel/errors';
import styles from './group.module.css';
import { JoinButton } from './join-button';
import { loadGroup } from './load-group';
import { RecentDiscussion } from './recent-discussion';

export default async function GroupPage({ params }: { params: Promise<{ slug: string }> }) {
  const group = await loadGroup((await params).slug);
  const { slug, name, description, edition, role, members, can } = group;
  const t = await getTranslator('groups');
  const texts = await getTranslator('texts');
  const read = edition ? await nullIfNotFound(getEdition(await pageViewer(), edition)) : null;
  return (
    <main id="main" className="page stack">
      <h1>{name}</h1>
      {description && <p>{description}</p>}
      <p className="muted">
        {t('members', { count: members })} · {t(`access.${group.access}`)} ·{' '}
        {role ? t('home.role', { role: t(`role.${role}`) }) : t('home.guest')}
      </p>
      {can.includes('join') && (
        <ClientMessages namespaces={['groups']}>
          <JoinButton by={{ group: slug }} text={t('home.join')} />
        </ClientMessages>
      )}
      <h2>{t('home.reads')}</h2>
      {read ? (
        <>
          <p lang={read.language}>{read.title}</p>
          <ul className={styles.sections}>
            {read.sections.map(({ id, title }) => (
              <li key={id}>
                <a href={`/editions/${read.slug}/${id}?group=${slug}`}>{title}</a>
              </li>
            ))}
          </ul>
          <ButtonLink href={`/editions/${read.slug}?group=${slug}`} look="primary">
            {t('home.open')}
          </ButtonLink>
        </>
      ) : (
        <EmptyState title={t('home.noEdition')}>
          <p>{t('home.noEditionText')}</p>
        </EmptyState>
      )}
      {can.includes('settings') && (
        <p>
          <ButtonLink href={`/texts/new?group=${slug}`}>{texts('add')}</ButtonLink>
        </p>
      )}
      <h2>{t('home.discussion')}</h2>
      <RecentDiscussion slug={slug} />
    </main>
  );
}

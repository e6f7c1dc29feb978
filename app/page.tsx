import Link from 'next/link';
import { listEditions } from '@/lib/edition';
import { listGroups } from '@/lib/group';
import { pageViewer } from '@/lib/group/page-viewer';
import { getTranslator } from '@/lib/i18n/server';
import { ButtonLink } from './_ui/button';
import { EmptyState, Notice } from './_ui/notice';

export default async function HomePage() {
  const t = await getTranslator('common');
  const viewer = await pageViewer();
  const [editions, groups] = await Promise.all([listEditions(viewer), viewer.id ? listGroups(viewer) : []]);
  const mine = groups.filter(({ role }) => role !== null);
  return (
    <main id="main" className="page stack">
      <h1>Scholion</h1>
      <p>{t('home.lead')}</p>
      <h2>{t('home.editions')}</h2>
      {editions.length === 0 && (
        <EmptyState title={t('home.noEditions')}>
          <p>{t('home.noEditionsText')}</p>
        </EmptyState>
      )}
      <ul>
        {editions.map(({ slug, title, language, authors }) => (
          <li key={slug}>
            <Link href={`/editions/${slug}`} lang={language} dir="auto" prefetch={false}>
              {title}
            </Link>
            {authors.length > 0 && <span className="muted"> · {authors.join(', ')}</span>}
          </li>
        ))}
      </ul>
      <h2>{t('home.myGroups')}</h2>
      {viewer.id === null ? (
        <Notice>
          <p>{t('home.signInText')}</p>
          <ButtonLink href="/signin" look="primary">
            {t('signIn')}
          </ButtonLink>
        </Notice>
      ) : mine.length === 0 ? (
        <EmptyState title={t('home.noGroups')}>
          <p>{t('home.noGroupsText')}</p>
          <ButtonLink href="/groups">{t('groups')}</ButtonLink>
        </EmptyState>
      ) : (
        <ul>
          {mine.map(({ slug, name }) => (
            <li key={slug}>
              <Link href={`/groups/${slug}`}>{name}</Link>
            </li>
          ))}
        </ul>
      )}
    </main>
  );
}

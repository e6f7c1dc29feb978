import { ButtonLink } from '@/app/_ui/button';
import { ClientMessages, getTranslator } from '@/lib/i18n/server';
import { JoinButton } from './join-button';
import { loadGroup } from './load-group';
import { ReadingListView } from './reading-list';
import { RecentDiscussion } from './recent-discussion';

export default async function GroupPage({ params }: { params: Promise<{ slug: string }> }) {
  const group = await loadGroup((await params).slug);
  const { slug, name, description, role, members, can } = group;
  const t = await getTranslator('groups');
  const texts = await getTranslator('texts');
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
      <ReadingListView slug={slug} />
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

import type { ReactNode } from 'react';
import { Notice } from '@/app/_ui/notice';
import type { Tab } from '@/app/_ui/tabs';
import { LocalTime } from '@/app/_ui/time';
import { ClientMessages, getTranslator } from '@/lib/i18n/server';
import { GroupHead } from './group-head';
import { loadGroup } from './load-group';
import { loadWaiting } from './load-waiting';
import { SeenAsStudent } from './seen-as-student';

type Props = { children: ReactNode; params: Promise<{ slug: string }> };

export async function generateMetadata({ params }: Props) {
  const { name } = await loadGroup((await params).slug);
  return { title: name };
}

export default async function GroupLayout({ children, params }: Props) {
  const group = await loadGroup((await params).slug);
  const { slug, name, description, can, role, members } = group;
  const t = await getTranslator('groups');
  const { review, unplaced } = await loadWaiting(slug);
  const home = `/groups/${slug}`;
  const tabs: (Tab | false)[] = [
    { href: home, text: t('nav.overview') },
    can.includes('members') && { href: `${home}/assignments`, text: t('nav.assignments') },
    can.includes('assign') && { href: `${home}/overview`, text: t('nav.progress') },
    can.includes('members') && { href: `${home}/members`, text: t('nav.members') },
    can.includes('moderate') && {
      href: `${home}/moderation`,
      text: t('nav.moderation'),
      waiting: review,
    },
    unplaced > 0 && {
      href: `${home}/anchors`,
      text: (await getTranslator('annotation'))('pendingAnchors'),
      waiting: unplaced,
    },
    { href: `${home}/export`, text: t('nav.export') },
    can.includes('import') && { href: `${home}/import`, text: t('nav.import') },
    can.includes('settings') && { href: `${home}/settings`, text: t('nav.settings') },
  ];
  const facts = [
    t('members', { count: members }),
    t(`access.${group.access}`),
    role ? t('home.role', { role: t(`role.${role}`) }) : t('home.guest'),
  ];
  return (
    <main id="main">
      <ClientMessages namespaces={['groups']}>
        <GroupHead
          home={home}
          name={name}
          description={description}
          facts={facts.join(' · ')}
          tabs={tabs.filter((tab) => tab !== false)}
        />
      </ClientMessages>
      {group.archived && (
        <div className="page">
          <Notice look="warning">
            <p>{t('archive.banner')}</p>
          </Notice>
        </div>
      )}
      <SeenAsStudent slug={slug} isStaff={can.includes('assign')} />
      {(group.muted || group.readOnly) && !group.archived && (
        <div className="page">
          <Notice look="warning">
            <p>
              {group.muted ? (
                <>
                  {t('muted.until')} <LocalTime when={group.muted.until} withTime />: “{group.muted.reason}”{' '}
                  {t('muted.still')}
                </>
              ) : (
                t('readOnly.banner')
              )}
            </p>
          </Notice>
        </div>
      )}
      {children}
    </main>
  );
}

import type { ReactNode } from 'react';
import { listPendingAnchors } from '@/lib/anchor';
import { pageViewer } from '@/lib/group/page-viewer';
import { getTranslator } from '@/lib/i18n/server';
import { GroupNav } from './group-nav';
import { loadGroup } from './load-group';

/** Pending anchors are counted up to this number. */
const MOST = 99;

type Props = { children: ReactNode; params: Promise<{ slug: string }> };

export async function generateMetadata({ params }: Props) {
  const { name } = await loadGroup((await params).slug);
  return { title: name };
}

export default async function GroupLayout({ children, params }: Props) {
  const { slug, name, can } = await loadGroup((await params).slug);
  const t = await getTranslator('groups');
  const waiting = can.includes('write')
    ? await listPendingAnchors(await pageViewer(), slug, { limit: MOST })
    : { items: [], next: null };
  const lost = `${waiting.items.length}${waiting.next ? '+' : ''}`;
  const home = `/groups/${slug}`;
  const links = [
    { href: home, text: name },
    ...(can.includes('members') ? [{ href: `${home}/members`, text: t('nav.members') }] : []),
    ...(can.includes('moderate') ? [{ href: `${home}/moderation`, text: t('nav.moderation') }] : []),
    ...(waiting.items.length > 0
      ? [
          {
            href: `${home}/anchors`,
            text: (await getTranslator('annotation'))('pendingAnchorsCount', { count: lost }),
          },
        ]
      : []),
    { href: `${home}/export`, text: t('nav.export') },
    ...(can.includes('import') ? [{ href: `${home}/import`, text: t('nav.import') }] : []),
    ...(can.includes('settings') ? [{ href: `${home}/settings`, text: t('nav.settings') }] : []),
  ];
  return (
    <>
      <GroupNav label={t('nav.label')} links={links} />
      {children}
    </>
  );
}

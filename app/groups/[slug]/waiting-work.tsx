import { Flag, MapPinOff } from 'lucide';
import { WaitingList } from '@/app/_ui/waiting-list';
import { getTranslator } from '@/lib/i18n/server';
import styles from './group.module.css';
import { loadWaiting } from './load-waiting';

/** What waits for the staff of a group, with counts. */
export async function WaitingWork({ slug }: { slug: string }) {
  const t = await getTranslator('groups');
  const annotations = await getTranslator('annotation');
  const { review, unplaced } = await loadWaiting(slug);
  const work = [
    { href: `/groups/${slug}/moderation`, icon: Flag, text: t('home.review'), count: review },
    {
      href: `/groups/${slug}/anchors`,
      icon: MapPinOff,
      text: annotations('pendingAnchors'),
      count: unplaced,
    },
  ];
  return (
    <WaitingList
      id="waiting"
      title={t('home.waiting')}
      none={t('home.nothingWaits')}
      items={work.filter(({ count }) => count > 0)}
      className={styles.waiting}
    />
  );
}

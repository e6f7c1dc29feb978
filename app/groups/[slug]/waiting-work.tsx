import { Flag, type IconNode, MapPinOff } from 'lucide';
import Link from 'next/link';
import { Badge } from '@/app/_ui/badge';
import { Icon } from '@/app/_ui/icon';
import { listPendingAnchors } from '@/lib/anchor';
import { pageViewer } from '@/lib/group/page-viewer';
import { getTranslator } from '@/lib/i18n/server';
import { countQueues } from '@/lib/moderation';
import styles from './group.module.css';

/** Notes without a place are counted up to this number. */
const MOST = 99;

/** What waits for the staff of a group, with counts. */
export async function WaitingWork({ slug }: { slug: string }) {
  const viewer = await pageViewer();
  const t = await getTranslator('groups');
  const annotations = await getTranslator('annotation');
  const [queues, pending] = await Promise.all([
    countQueues(viewer),
    listPendingAnchors(viewer, slug, { limit: MOST }),
  ]);
  const work: { page: string; icon: IconNode; text: string; count: number }[] = [
    { page: 'moderation', icon: Flag, text: t('home.review'), count: queues.get(slug) ?? 0 },
    { page: 'anchors', icon: MapPinOff, text: annotations('pendingAnchors'), count: pending.items.length },
  ].filter(({ count }) => count > 0);
  return (
    <section className={styles.waiting} aria-labelledby="waiting">
      <h2 id="waiting">{t('home.waiting')}</h2>
      {work.length === 0 && <p className="muted">{t('home.nothingWaits')}</p>}
      <ul>
        {work.map(({ page, icon, text, count }) => (
          <li key={page}>
            <Link href={`/groups/${slug}/${page}`} prefetch={false}>
              <Icon of={icon} />
              <span>{text}</span>
              <Badge waiting>{count}</Badge>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}

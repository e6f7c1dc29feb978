import { MessagesSquare } from 'lucide';
import { EmptyState } from '@/app/_ui/notice';
import { listLatest } from '@/lib/annotation';
import { pageViewer } from '@/lib/group/page-viewer';
import { getTranslator } from '@/lib/i18n/server';
import { DiscussionItem } from './discussion-item';
import styles from './group.module.css';
import { sectionTitles } from './section-titles';

const SHOWN = 8;

/** The latest notes and replies of a group, each with its passage. */
export async function LatestDiscussion({ slug }: { slug: string }) {
  const viewer = await pageViewer();
  const latest = await listLatest(viewer, slug, SHOWN);
  if (latest.length === 0) {
    const t = await getTranslator('groups');
    return (
      <EmptyState icon={MessagesSquare} title={t('home.noDiscussion')}>
        <p>{t('home.noDiscussionText')}</p>
      </EmptyState>
    );
  }
  const titles = await sectionTitles(
    viewer,
    latest.map(({ annotation }) => annotation),
  );
  return (
    <ul className={styles.talk}>
      {latest.map(({ annotation, passage }) => (
        <DiscussionItem key={annotation.id} annotation={annotation} passage={passage} titles={titles} />
      ))}
    </ul>
  );
}

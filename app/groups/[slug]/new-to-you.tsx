import { Badge } from '@/app/_ui/badge';
import { listLatest } from '@/lib/annotation';
import { pageViewer } from '@/lib/group/page-viewer';
import { ClientMessages, getTranslator } from '@/lib/i18n/server';
import { DiscussionItem } from './discussion-item';
import styles from './group.module.css';
import { MarkAllRead } from './mark-all-read';
import { sectionTitles } from './section-titles';

const SHOWN = 3;

/** What others have written that the viewer has not read, newest first, and a way to have read all of it. */
export async function NewToYou({ slug, count }: { slug: string; count: number }) {
  const viewer = await pageViewer();
  const t = await getTranslator('groups');
  // What comes after this moment is not on the page, and stays new.
  const until = new Date().toISOString();
  const latest = await listLatest(viewer, slug, SHOWN, { unread: '1' });
  const titles = await sectionTitles(
    viewer,
    latest.map(({ annotation }) => annotation),
  );
  return (
    <section aria-labelledby="new">
      <div className={styles.sectionHead}>
        <h2 id="new">
          {t('home.new')} <Badge waiting>{count}</Badge>
        </h2>
        <ClientMessages namespaces={['groups']}>
          <MarkAllRead slug={slug} until={until} />
        </ClientMessages>
      </div>
      <ul className={styles.talk}>
        {latest.map(({ annotation, passage }) => (
          <DiscussionItem key={annotation.id} annotation={annotation} passage={passage} titles={titles} />
        ))}
      </ul>
      {count > latest.length && (
        <p className="muted small">{t('home.newMore', { count: count - latest.length })}</p>
      )}
    </section>
  );
}

import { EmptyState } from '@/app/_ui/notice';
import { recentAnnotations } from '@/lib/annotation';
import { pageViewer } from '@/lib/group/page-viewer';
import { formatDate } from '@/lib/i18n';
import { getTranslator, requestLocale } from '@/lib/i18n/server';
import styles from './group.module.css';

const SHOWN = 8;

/** The latest annotations of a group, each with a link to its passage. */
export async function RecentDiscussion({ slug }: { slug: string }) {
  const [t, locale] = [await getTranslator('groups'), await requestLocale()];
  const recent = await recentAnnotations(await pageViewer(), slug, SHOWN);
  if (recent.length === 0) {
    return (
      <EmptyState title={t('home.noDiscussion')}>
        <p>{t('home.noDiscussionText')}</p>
      </EmptyState>
    );
  }
  return (
    <ul className={styles.recent}>
      {recent.map(({ id, author, created, exact, html, parent, section }) => (
        <li key={id}>
          <p>
            <strong>{author.name}</strong>{' '}
            <a href={`/annotations/${id}`}>
              {t(parent ? 'home.replied' : 'home.glossed')}{' '}
              {exact ? (
                <span className={styles.passage} dir="auto">
                  «{exact}»
                </span>
              ) : (
                section
              )}
            </a>{' '}
            <time className="muted" dateTime={created}>
              {formatDate(locale, new Date(created), { time: true })}
            </time>
          </p>
          {/* biome-ignore lint/security/noDangerouslySetInnerHtml: lib/markdown has sanitised it */}
          <div className={styles.excerpt} dangerouslySetInnerHTML={{ __html: html }} />
        </li>
      ))}
    </ul>
  );
}

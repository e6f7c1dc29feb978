import { formatDate } from '@/lib/i18n';
import { getTranslator, requestLocale } from '@/lib/i18n/server';
import type { QueueItem as Item } from '@/lib/moderation/schema';
import styles from './moderation.module.css';
import { ModerationActions } from './moderation-actions';

/** An item of the queue: its passage, the thread it is in, its text, and who flagged it for what reason. */
export async function QueueItem({ item: { annotation, root, flags } }: { item: Item }) {
  const [t, locale] = [await getTranslator('moderation'), await requestLocale()];
  const exact = (root ?? annotation).exact;
  const when = (moment: string) => formatDate(locale, new Date(moment), { time: true });
  return (
    <article className={styles.item} aria-label={annotation.author.name}>
      <p className={styles.why}>
        <strong>
          {annotation.state === 'pending' ? t('pending') : t('flagged', { count: flags.length })}
        </strong>
      </p>
      <ul className={styles.flags}>
        {flags.map((flag) => (
          <li key={flag.by.id}>
            {t(`reason.${flag.reason}`)}
            {flag.note && <>: {flag.note}</>}
            <span className="muted"> ({t('flag.by', { name: flag.by.name, when: when(flag.created) })})</span>
          </li>
        ))}
      </ul>
      <blockquote className={styles.passage} dir="auto">
        {exact ?? t('wholeSection')}
      </blockquote>
      {root && (
        <div className={styles.root}>
          <p className="muted">
            {t('inThread')} · {root.author.name}
          </p>
          {/* biome-ignore lint/security/noDangerouslySetInnerHtml: lib/markdown has sanitised it */}
          <div dangerouslySetInnerHTML={{ __html: root.html }} />
        </div>
      )}
      <div className={styles.note}>
        <p>
          <strong>{annotation.author.name}</strong>{' '}
          <time className="muted" dateTime={annotation.created}>
            {when(annotation.created)}
          </time>
        </p>
        {/* biome-ignore lint/security/noDangerouslySetInnerHtml: lib/markdown has sanitised it */}
        <div dangerouslySetInnerHTML={{ __html: annotation.html }} />
      </div>
      <div className="row">
        <ModerationActions id={annotation.id} version={annotation.version} can={annotation.can} />
        <a href={`/annotations/${annotation.id}`}>{t('open')}</a>
      </div>
    </article>
  );
}

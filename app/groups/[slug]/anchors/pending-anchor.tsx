import type { PendingAnchor } from '@/lib/anchor/schema';
import { formatDate } from '@/lib/i18n';
import { getTranslator, requestLocale } from '@/lib/i18n/server';
import styles from './anchors.module.css';

/** A pending anchor: the words that were annotated, those in their place now, and a link to the thread, where it is resolved. */
export async function PendingAnchorCard({
  waiting: { annotation, passage, drawn, now },
}: {
  waiting: PendingAnchor;
}) {
  const [t, locale] = [await getTranslator('annotation'), await requestLocale()];
  const { id, passages, regions, author, created, html } = annotation;
  const { anchor, exact = null } = passages[passage ?? -1] ?? {};
  const region = regions[drawn ?? -1];
  return (
    <article className={styles.item} aria-label={t('annotationBy', { name: author.name })}>
      <p>
        <strong>{t(region ? 'imageReplaced' : anchor === 'orphaned' ? 'orphaned' : 'anchor_fuzzy')}</strong>
      </p>
      <dl className={styles.passages}>
        <dt>{t('originalWords')}</dt>
        <dd dir="auto">{region ? (region.label ?? region.canvas) : (exact ?? t('wholeSection'))}</dd>
        {now !== null && (
          <>
            <dt>{t('currentWords')}</dt>
            <dd>{now}</dd>
          </>
        )}
      </dl>
      <div className={styles.note}>
        <p>
          <strong>{author.name}</strong>{' '}
          <time className="muted" dateTime={created}>
            {formatDate(locale, new Date(created), { time: true })}
          </time>
        </p>
        {/* biome-ignore lint/security/noDangerouslySetInnerHtml: lib/markdown has sanitised it */}
        <div dangerouslySetInnerHTML={{ __html: html }} />
      </div>
      <a href={`/annotations/${id}`}>{t('resolveAnchor')}</a>
    </article>
  );
}

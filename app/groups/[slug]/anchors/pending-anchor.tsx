import { MapPinOff } from 'lucide';
import { StateLabel } from '@/app/_ui/badge';
import { ButtonLink } from '@/app/_ui/button';
import { RelativeTime } from '@/app/_ui/time';
import type { PendingAnchor } from '@/lib/anchor/schema';
import { getTranslator } from '@/lib/i18n/server';
import styles from './anchors.module.css';

/** A pending anchor: the words that were annotated, those in their place now, and a link to the thread, where it is resolved. */
export async function PendingAnchorCard({
  waiting: { annotation, passage, drawn, now },
}: {
  waiting: PendingAnchor;
}) {
  const t = await getTranslator('annotation');
  const { id, passages, regions, author, created, html } = annotation;
  const { anchor, exact = null } = passages[passage ?? -1] ?? {};
  const region = regions[drawn ?? -1];
  return (
    <article className={styles.item} aria-label={t('annotationBy', { name: author.name })}>
      <p>
        <StateLabel look="attention" icon={MapPinOff}>
          {t(region ? 'imageReplaced' : anchor === 'orphaned' ? 'orphaned' : 'anchor_fuzzy')}
        </StateLabel>
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
          <span className="muted small">
            <RelativeTime when={created} />
          </span>
        </p>
        {/* biome-ignore lint/security/noDangerouslySetInnerHtml: lib/markdown has sanitised it */}
        <div dangerouslySetInnerHTML={{ __html: html }} />
      </div>
      <p>
        <ButtonLink href={`/annotations/${id}`} prefetch={false}>
          {t('resolveAnchor')}
        </ButtonLink>
      </p>
    </article>
  );
}

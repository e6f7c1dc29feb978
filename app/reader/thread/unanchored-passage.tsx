'use client';
import { Button } from '@/app/_ui/button';
import type { Annotation } from '@/lib/annotation/schema';
import { useTranslations } from '@/lib/i18n/client';
import { useResolveAnchor } from '../state/use-mutation';
import { useReader, useReaderStore } from '../state/use-reader';
import { sliceOf } from '../text/text-position';
import styles from './annotation.module.css';
import { DiffText } from './diff-text';
import { writtenRevision, writtenRevisionUrl } from './written-revision';

/**
 * A passage whose words have changed since it was annotated: the difference, the revision it was written on, and for
 * those who may resolve its anchor, how.
 */
export default function UnanchoredPassage({
  annotation,
  position,
}: {
  annotation: Annotation;
  position: number;
}) {
  const t = useTranslations('annotation');
  const { dispatch } = useReaderStore();
  const revision = useReader((state) => state.revision);
  const passage = annotation.passages[position]!;
  const { anchor, exact, section, start, end, settled } = passage;
  const container = useReader(({ containers }) => containers.get(section));
  const resolveAnchor = useResolveAnchor();
  const current = container && start !== null && end !== null ? sliceOf(container, start, end) : null;
  const written = writtenRevision(passage, revision);
  const isUnresolved = anchor === 'fuzzy' || anchor === 'orphaned';
  // An orphaned passage can be moved at any time, also after it was left without a place.
  const canResolve = annotation.can.includes('reanchor') && (anchor === 'orphaned' || !settled);
  if (!isUnresolved && !written) return null;
  const resolve = (action: 'confirm' | 'leave') =>
    void resolveAnchor(annotation, { action, passage: position });
  return (
    <div className={styles.lost}>
      {isUnresolved && exact && (
        <>
          <h3>{t('originalWords')}</h3>
          <p className={styles.difference} dir="auto">
            {current === null || anchor === 'orphaned' ? exact : <DiffText before={exact} after={current} />}
          </p>
          <p className={styles.legend}>{t(current === null ? 'wordsGone' : 'diffLegend')}</p>
        </>
      )}
      {written && (
        <p>
          <a href={writtenRevisionUrl(passage, written)}>
            {t('writtenOnRevision', { revision: String(written.revision) })}
          </a>
        </p>
      )}
      {canResolve && isUnresolved && (
        <div className={styles.actions}>
          {anchor === 'fuzzy' && (
            <Button small onClick={() => resolve('confirm')}>
              {t('confirmAnchor')}
            </Button>
          )}
          <Button small onClick={() => dispatch({ type: 'startMove', move: { annotation, position } })}>
            {t('reanchor')}
          </Button>
          {anchor === 'orphaned' && !settled && (
            <Button small onClick={() => resolve('leave')}>
              {t('leaveOrphaned')}
            </Button>
          )}
        </div>
      )}
    </div>
  );
}

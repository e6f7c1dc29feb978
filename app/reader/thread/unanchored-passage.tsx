'use client';
import type { Annotation } from '@/lib/annotation/schema';
import { useTranslations } from '@/lib/i18n/client';
import { useReader } from '../state/context';
import { useResolveAnchor } from '../state/use-resolve-anchor';
import { sliceOf } from '../text/text-position';
import styles from './annotation.module.css';
import { diffWords } from './word-diff';
import { writtenRevision, writtenRevisionUrl } from './written-revision';

/**
 * What a passage of a note was written on, where that is no longer just what stands there: the difference, the text of then, and
 * for whoever may settle it, what can be done.
 */
export default function UnanchoredPassage({
  note,
  passage: position,
}: {
  note: Annotation;
  passage: number;
}) {
  const t = useTranslations('annotation');
  const { roots, revision, dispatch } = useReader();
  const settle = useResolveAnchor();
  const passage = note.passages[position]!;
  const { anchor, exact, section, start, end, settled } = passage;
  const root = roots.get(section);
  const now = root && start !== null && end !== null ? sliceOf(root, start, end) : null;
  const written = writtenRevision(passage, revision);
  // A lost one can find a place at any time, also after it was left so.
  const open = note.can.includes('reanchor') && (anchor === 'orphaned' || !settled);
  const waits = anchor === 'fuzzy' || anchor === 'orphaned';
  if (!waits && !written) return null;

  const decide = (action: 'confirm' | 'leave') => void settle(note, { action, passage: position });

  return (
    <div className={styles.lost}>
      {waits && exact && (
        <>
          <h3>{t('originalWords')}</h3>
          <p className={styles.difference}>
            {now === null || anchor === 'orphaned'
              ? exact
              : diffWords(exact, now).map(({ kind, text }, at) => {
                  const Tag = kind === 'added' ? 'ins' : kind === 'removed' ? 'del' : 'span';
                  // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one difference never move
                  return <Tag key={at}>{text}</Tag>;
                })}
          </p>
          <p className={styles.legend}>{t(now === null ? 'wordsGone' : 'diffLegend')}</p>
        </>
      )}
      {written && (
        <p>
          <a href={writtenRevisionUrl(passage, written)}>
            {t('writtenOnRevision', { revision: String(written.revision) })}
          </a>
        </p>
      )}
      {open && waits && (
        <div className={styles.actions}>
          {anchor === 'fuzzy' && (
            <button type="button" onClick={() => decide('confirm')}>
              {t('confirmAnchor')}
            </button>
          )}
          <button
            type="button"
            onClick={() => dispatch({ type: 'move', moved: { note, passage: position } })}
          >
            {t('reanchor')}
          </button>
          {anchor === 'orphaned' && !settled && (
            <button type="button" onClick={() => decide('leave')}>
              {t('leaveOrphaned')}
            </button>
          )}
        </div>
      )}
    </div>
  );
}

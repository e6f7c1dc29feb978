'use client';
import { useEffect, useRef, useState } from 'react';
import { lazy } from '@/app/_ui/lazy';
import type { Annotation } from '@/lib/annotation/schema';
import { useTranslations } from '@/lib/i18n/client';
import { focusUnlessTyping } from '../../_ui/deferred-focus';
import { isTombstone } from '../data/threads';
import { LazyEditor } from '../editor/lazy-editor';
import { RenderedBody } from '../editor/rendered-body';
import { useReader } from '../state/context';
import styles from './annotation.module.css';
import { AnnotationActions } from './annotation-actions';
import { RelativeTime } from './relative-time';

const History = lazy(() => import('./version-history'));

/** One annotation: who, when, what, and what the reader may do with it. */
export function AnnotationArticle({ note, inReplyTo }: { note: Annotation; inReplyTo?: string }) {
  const t = useTranslations('annotation');
  const { state, dispatch } = useReader();
  const element = useRef<HTMLElement>(null);
  const [showsHistory, setShowsHistory] = useState(false);
  const { editor } = state;
  const edits = editor?.purpose.what === 'edit' && editor.purpose.id === note.id;
  const answers = editor?.purpose.what === 'reply' && editor.purpose.to === note.id;
  const sought = state.seek === note.id;

  useEffect(() => {
    if (!sought) return;
    focusUnlessTyping(element.current);
    element.current?.scrollIntoView({ block: 'nearest', behavior: 'instant' });
    dispatch({ type: 'sought' });
  }, [sought, dispatch]);

  return (
    <article
      ref={element}
      className={styles.note}
      tabIndex={-1}
      data-note={note.id}
      aria-label={t('annotationBy', { name: note.author.name })}
    >
      {isTombstone(note) ? (
        <p className={styles.tombstone}>
          {t(note.state === 'deleted' ? 'tombstone_deleted' : 'tombstone_hidden')}
        </p>
      ) : (
        <>
          <NoteHead
            note={note}
            onHistory={() => setShowsHistory(!showsHistory)}
            showsHistory={showsHistory}
          />
          {inReplyTo !== undefined && (
            <p className={styles.inReplyTo}>{t('inReplyTo', { name: inReplyTo })}</p>
          )}
          {note.state !== 'published' && (
            <p className={styles.state}>
              {t(`state_${note.state}`)} {note.reason && t('reasonGiven', { reason: note.reason })}
            </p>
          )}
          {edits ? (
            <LazyEditor purpose={editor.purpose} kind={note.kind} />
          ) : (
            <RenderedBody html={note.html} />
          )}
          {note.tags.length > 0 && !edits && (
            <ul className={styles.tags} aria-label={t('tagsLabel')}>
              {note.tags.map((tag) => (
                <li key={tag}>{tag}</li>
              ))}
            </ul>
          )}
          {showsHistory && <History note={note} waiting={<p>{t('loading')}</p>} />}
        </>
      )}
      {!edits && <AnnotationActions note={note} />}
      {answers && <LazyEditor purpose={editor.purpose} kind="gloss" />}
    </article>
  );
}

function NoteHead({
  note,
  showsHistory,
  onHistory,
}: {
  note: Annotation;
  showsHistory: boolean;
  onHistory: () => void;
}) {
  const t = useTranslations('annotation');
  return (
    <header className={styles.head}>
      <strong className={styles.author}>{note.author.name}</strong> {note.mine && <span>{t('you')}</span>}{' '}
      <RelativeTime when={note.created} />
      {note.parent === null && <span className={styles.badge}>{t(`kind_${note.kind}`)}</span>}
      {note.visibility !== 'group' && (
        <span className={styles.badge}>{t(`visibility_${note.visibility}`)}</span>
      )}
      {note.passages.some(({ anchor }) => anchor === 'fuzzy') && (
        <span className={styles.badge}>{t('anchor_fuzzy')}</span>
      )}
      {note.pinned && <span className={styles.badge}>{t('pinned')}</span>}
      {note.endorsed && <span className={styles.badge}>{t('endorsed')}</span>}
      {note.resolved && <span className={styles.badge}>{t('resolved')}</span>}
      {note.locked && <span className={styles.badge}>{t('locked')}</span>}
      {note.modified !== note.created && note.version > 1 && (
        <button type="button" className={styles.quiet} aria-expanded={showsHistory} onClick={onHistory}>
          {t('edited')}
        </button>
      )}
    </header>
  );
}

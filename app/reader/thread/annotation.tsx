'use client';
import { BadgeCheck, Check, type IconNode, Lock, Pin, ThumbsUp } from 'lucide';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { Avatar } from '@/app/_ui/avatar';
import { focusUnlessTyping } from '@/app/_ui/deferred-focus';
import { Icon } from '@/app/_ui/icon';
import { lazy } from '@/app/_ui/lazy';
import { RelativeTime } from '@/app/_ui/time';
import type { Annotation } from '@/lib/annotation/schema';
import { useTranslations } from '@/lib/i18n/client';
import { isTombstone } from '../data/annotation-summary';
import { LazyEditor } from '../editor/lazy-editor';
import { RenderedBody } from '../editor/rendered-body';
import { useReader, useReaderStore } from '../state/use-reader';
import styles from './annotation.module.css';
import { AnnotationActions } from './annotation-actions';
import { KindLabel } from './kind-label';
import { TagLinks } from './tag-links';

const KindParts = lazy(() => import('./kind-parts'));
const VersionHistory = lazy(() => import('./version-history'));

/** One annotation: its author and time, its text, and what the reader may do with it. */
export function AnnotationArticle({ annotation, inReplyTo }: { annotation: Annotation; inReplyTo?: string }) {
  const t = useTranslations('annotation');
  const store = useReaderStore();
  const element = useRef<HTMLElement>(null);
  const [showsHistory, setShowsHistory] = useState(false);
  const edit = useReader(({ editor }) =>
    editor?.purpose.what === 'edit' && editor.purpose.id === annotation.id ? editor : null,
  );
  const reply = useReader(({ editor }) =>
    editor?.purpose.what === 'reply' && editor.purpose.to === annotation.id ? editor : null,
  );
  const isFocusRequested = useReader(({ focusRequest }) => focusRequest === annotation.id);

  useEffect(() => {
    if (!isFocusRequested) return;
    focusUnlessTyping(element.current);
    // What is held in view stays there, and the image follows the scrolling of the text.
    if (!element.current?.closest('[data-held]'))
      element.current?.scrollIntoView({ block: 'nearest', behavior: 'instant' });
    store.dispatch({ type: 'focused' });
  }, [isFocusRequested, store]);

  return (
    <article
      ref={element}
      className={styles.note}
      tabIndex={-1}
      data-note={annotation.id}
      aria-label={t('annotationBy', { name: annotation.author.name })}
    >
      {isTombstone(annotation) ? (
        <p className={styles.tombstone}>
          {t(annotation.state === 'deleted' ? 'tombstone_deleted' : 'tombstone_hidden')}
        </p>
      ) : (
        <>
          <AnnotationHeader
            annotation={annotation}
            onHistory={() => setShowsHistory(!showsHistory)}
            showsHistory={showsHistory}
          />
          {inReplyTo !== undefined && (
            <p className={styles.inReplyTo}>{t('inReplyTo', { name: inReplyTo })}</p>
          )}
          {annotation.state !== 'published' && (
            <p className={styles.state}>
              {t(annotation.returned ? 'state_returned' : `state_${annotation.state}`)}{' '}
              {annotation.reason && t('reasonGiven', { reason: annotation.reason })}{' '}
              {annotation.returned && annotation.mine && t('resubmitHint')}
              {annotation.appealed && t('appealOpen')}
            </p>
          )}
          {edit ? (
            <LazyEditor purpose={edit.purpose} kind={annotation.kind} />
          ) : (
            <RenderedBody html={annotation.html} />
          )}
          {!edit && (annotation.reading !== null || annotation.citation !== null) && (
            <KindParts annotation={annotation} waiting={null} />
          )}
          {!edit && <TagLinks tags={annotation.tags} />}
          {showsHistory && <VersionHistory annotation={annotation} waiting={<p>{t('loading')}</p>} />}
        </>
      )}
      {!edit && <AnnotationActions annotation={annotation} />}
      {reply && <LazyEditor purpose={reply.purpose} kind="gloss" />}
    </article>
  );
}

function AnnotationHeader({
  annotation,
  showsHistory,
  onHistory,
}: {
  annotation: Annotation;
  showsHistory: boolean;
  onHistory: () => void;
}) {
  const t = useTranslations('annotation');
  return (
    <header className={styles.head}>
      <Avatar name={annotation.author.name} size={annotation.parent === null ? 'medium' : 'small'} />
      <strong className={styles.author}>{annotation.author.name}</strong>
      {annotation.mine && <span>{t('you')}</span>}
      {annotation.parent === null && <KindLabel kind={annotation.kind} />}
      <RelativeTime when={annotation.created} />
      {annotation.visibility !== 'group' && (
        <Fact icon={Lock}>{t(`visibility_${annotation.visibility}`)}</Fact>
      )}
      {annotation.passages.some(({ anchor }) => anchor === 'fuzzy') && <Fact>{t('anchor_fuzzy')}</Fact>}
      {annotation.pinned && <Fact icon={Pin}>{t('pinned')}</Fact>}
      {annotation.endorsed && <Fact icon={BadgeCheck}>{t('endorsed')}</Fact>}
      {annotation.resolved && <Fact icon={Check}>{t('resolved')}</Fact>}
      {annotation.agreements > 0 && (
        <Fact icon={ThumbsUp}>
          {t(annotation.kind === 'question' ? 'agreementsQuestion' : 'agreements', {
            count: annotation.agreements,
          })}
        </Fact>
      )}
      {annotation.locked && <Fact icon={Lock}>{t('locked')}</Fact>}
      {annotation.edited !== null && (
        <button type="button" className={styles.quiet} aria-expanded={showsHistory} onClick={onHistory}>
          {t('edited')}
        </button>
      )}
    </header>
  );
}

/** What is so with a note, in a word and mostly an icon. */
function Fact({ icon, children }: { icon?: IconNode; children: ReactNode }) {
  return (
    <span className={styles.fact}>
      {icon && <Icon of={icon} small />}
      {children}
    </span>
  );
}

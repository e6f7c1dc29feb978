'use client';
import { memo, useEffect, useState } from 'react';
import { lazy } from '@/app/_ui/lazy';
import { shortenLabel } from '@/app/reader/data/canvas-label';
import type { Annotation, Passage } from '@/lib/annotation/schema';
import type { Key, Translate } from '@/lib/i18n';
import { useTranslations } from '@/lib/i18n/client';
import type { AnnotationSummary } from '../data/annotation-summary';
import { buildReplyTree, countReplies, isTombstone, type ReplyOrder, type ReplyTree } from '../data/threads';
import { type ReaderContextValue, useReader } from '../state/context';
import { scrollToPassage } from '../text/layout';
import { AnnotationArticle } from './annotation';
import { RelativeTime } from './relative-time';
import styles from './thread-card.module.css';
import { writtenRevision } from './written-revision';

const DrawnPlaces = lazy(() => import('@/app/reader/thread/region-targets'));
const LostPlace = lazy(() => import('./unanchored-passage'));

/** Deepest indent: further replies stand below each other and say whom they answer. */
const DEEPEST = 4;

/** A thread: a few lines that open it, or the whole discussion; what it says is read now, if it was not before. */
export function ThreadCard({ thread }: { thread: AnnotationSummary[] }) {
  const t = useTranslations('annotation');
  const { state, ask, openThread } = useReader();
  const { id } = thread[0]!;
  useEffect(() => ask([id]), [ask, id]);
  const root = state.texts.get(id);
  if (!root) return <p className={styles.coming}>{t('loading')}</p>;
  if (state.active === id) return <OpenThread thread={thread} />;
  return <ClosedThread root={root} replies={countReplies(thread)} onOpen={openThread} />;
}

/** The words that a thread is on, where it is not shown beside them. */
export function Quoted({ root }: { root: string }) {
  const { state } = useReader();
  const exact = state.texts.get(root)?.exact;
  return exact ? <q className={styles.words}>{exact}</q> : null;
}

// There may be dozens beside a page: they are drawn anew only when they themselves change.
const ClosedThread = memo(function ClosedThread({
  root,
  replies,
  onOpen,
}: {
  root: Annotation;
  replies: number;
  onOpen: ReaderContextValue['openThread'];
}) {
  const t = useTranslations('annotation');
  const gone = isTombstone(root) && t(root.state === 'deleted' ? 'tombstone_deleted' : 'tombstone_hidden');
  return (
    <button
      type="button"
      className={styles.closed}
      data-thread={root.id}
      data-own={root.mine}
      aria-expanded={false}
      onClick={(event) => onOpen(root.id, event.currentTarget, root.id)}
    >
      <span className={styles.line}>
        <strong>{gone ? '' : root.author.name}</strong> <RelativeTime when={root.created} />
        {root.kind !== 'gloss' && <span className={styles.badge}>{t(`kind_${root.kind}`)}</span>}
        {root.regions[0] && <span className={styles.badge}>{imageOf(root, t)}</span>}
        {root.passages.some(({ anchor }) => anchor === 'fuzzy') && (
          <span className={styles.badge}>{t('anchor_fuzzy')}</span>
        )}
        {root.visibility !== 'group' && (
          <span className={styles.badge}>{t(`visibility_${root.visibility}`)}</span>
        )}
        {root.state !== 'published' && !gone && (
          <span className={styles.badge}>{t(`state_${root.state}`)}</span>
        )}
      </span>
      <span className={styles.excerpt}>{gone || plainText(root.html)}</span>
      {replies > 0 && <span className={styles.replies}>{t('replies', { count: replies })}</span>}
    </button>
  );
});

/** What a rendered body says, without its marks. A template's content is inert, and is no document of its own to make. */
export function plainText(html: string): string {
  // Bare marks need no parser, and most have no others: a dozen cards are drawn at once.
  if (!/&|<[^>]*[\s"]/.test(html)) return html.replace(/<[^>]*>/g, '').trim();
  const template = document.createElement('template');
  template.innerHTML = html;
  return template.content.textContent.trim();
}

/** The page image that a note is on, in words. */
function imageOf({ regions: [region] }: Annotation, t: Translate<Key<'annotation'>>): string | undefined {
  return region && t('onImage', { label: shortenLabel(region.label ?? region.canvas) });
}

/** A whole discussion. */
export function OpenThread({ thread }: { thread: AnnotationSummary[] }) {
  const t = useTranslations('annotation');
  const { state, closeThread, revision, images } = useReader();
  const [order, setOrder] = useState<ReplyOrder>('oldest');
  const notes = thread.flatMap(({ id }) => state.texts.get(id) ?? []);
  const tree = buildReplyTree(notes, order);
  if (!tree) return null;
  const root = tree.note;
  return (
    <section
      className={styles.open}
      data-thread={root.id}
      data-own={root.mine}
      aria-label={t('threadOn', { words: root.exact ?? imageOf(root, t) ?? t('wholeSection') })}
    >
      <div className={styles.top}>
        {root.exact && <blockquote className={styles.quote}>{root.exact}</blockquote>}
        <button type="button" className={styles.close} onClick={closeThread} aria-label={t('closeThread')}>
          <span aria-hidden="true">×</span>
        </button>
      </div>
      {images && root.regions.length > 0 && <DrawnPlaces note={root} />}
      {root.passages.length > 1 && <FurtherPassages root={root} />}
      {root.passages.map(
        (passage, i) =>
          (passage.anchor === 'fuzzy' ||
            passage.anchor === 'orphaned' ||
            writtenRevision(passage, revision)) && (
            // biome-ignore lint/suspicious/noArrayIndexKey: the passages of a note keep their order
            <LostPlace key={i} note={root} passage={i} />
          ),
      )}
      <AnnotationArticle note={tree.note} />
      {tree.replies.length > 1 && (
        <button
          type="button"
          className={styles.order}
          onClick={() => setOrder(order === 'oldest' ? 'newest' : 'oldest')}
        >
          {t(order === 'oldest' ? 'newestFirst' : 'oldestFirst')}
        </button>
      )}
      {tree.replies.length > 0 && <Replies branches={tree.replies} depth={1} />}
    </section>
  );
}

/** The other passages of a gloss: on this page a way to each, elsewhere a link. */
function FurtherPassages({ root }: { root: Annotation }) {
  const t = useTranslations('annotation');
  const { roots } = useReader();
  return (
    <ul className={styles.passages} aria-label={t('furtherPassages')}>
      {root.passages.slice(1).map((passage, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the passages of a note keep their order
        <li key={i}>
          <FurtherPassage root={root} passage={passage} text={roots.get(passage.section)} />
        </li>
      ))}
      {!roots.has(root.section) && (
        <li>
          <FurtherPassage root={root} passage={root.passages[0]!} text={undefined} />
        </li>
      )}
    </ul>
  );
}

function FurtherPassage({
  root: { group, id },
  passage: { edition, section, start, end, exact },
  text,
}: {
  root: Annotation;
  passage: Passage;
  text: HTMLElement | undefined;
}) {
  const words = <q>{exact ?? '…'}</q>;
  if (!text) {
    const query = new URLSearchParams({ group, annotation: id });
    return <a href={`/editions/${edition}/${section}?${query}`}>{words}</a>;
  }
  if (start === null || end === null) return words;
  return (
    <button type="button" className={styles.order} onClick={() => scrollToPassage(text, { start, end })}>
      {words}
    </button>
  );
}

function Replies({ branches, depth }: { branches: ReplyTree[]; depth: number }) {
  const t = useTranslations('annotation');
  return (
    <ul className={styles.list} aria-label={t('repliesLabel')}>
      {branches.map((branch) => (
        <ReplyBranch key={branch.note.id} branch={branch} depth={depth} />
      ))}
    </ul>
  );
}

function ReplyBranch({ branch, depth, inReplyTo }: { branch: ReplyTree; depth: number; inReplyTo?: string }) {
  const t = useTranslations('annotation');
  const [folded, setFolded] = useState(false);
  const { note, replies } = branch;
  const flat = depth >= DEEPEST;
  return (
    <>
      <li>
        <AnnotationArticle note={note} inReplyTo={inReplyTo} />
        {replies.length > 0 && (
          <button
            type="button"
            className={styles.order}
            aria-expanded={!folded}
            onClick={() => setFolded(!folded)}
          >
            {t(folded ? 'showReplies' : 'hideReplies', { count: countBranches(replies) })}
          </button>
        )}
        {replies.length > 0 && !folded && !flat && <Replies branches={replies} depth={depth + 1} />}
      </li>
      {flat &&
        !folded &&
        replies.map((reply) => (
          <ReplyBranch key={reply.note.id} branch={reply} depth={depth + 1} inReplyTo={note.author.name} />
        ))}
    </>
  );
}

function countBranches(branches: ReplyTree[]): number {
  return branches.reduce((sum, { replies }) => sum + 1 + countBranches(replies), 0);
}

'use client';
import { X } from 'lucide';
import { useMemo, useState } from 'react';
import { IconButton } from '@/app/_ui/button';
import { lazy } from '@/app/_ui/lazy';
import type { Annotation } from '@/lib/annotation/schema';
import { useTranslations } from '@/lib/i18n/client';
import type { Passage } from '@/lib/target/schema';
import { buildReplyTree, type ReplyOrder, type ReplyTree } from '../data/threads';
import { closeThread } from '../state/close-thread';
import type { Thread } from '../state/thread-locations';
import { useReader, useReaderStore } from '../state/use-reader';
import { scrollToPassage } from '../text/layout';
import { focusNoteLink } from '../text/note-links';
import { blockAt, blocksOf } from '../text/text-position';
import { AnnotationArticle } from './annotation';
import { imageLabel } from './image-label';
import styles from './thread-card.module.css';
import { writtenRevision } from './written-revision';

const RegionTargets = lazy(() => import('./region-targets'));
const UnanchoredPassage = lazy(() => import('./unanchored-passage'));

/** Deepest indent: further replies stand below one another and name whom they answer. */
const DEEPEST = 2;

/** A whole discussion. */
export function OpenThread({ thread }: { thread: Thread }) {
  const t = useTranslations('annotation');
  const store = useReaderStore();
  const annotations = useReader((state) => state.annotations);
  const revision = useReader((state) => state.revision);
  const isIllustrated = useReader(({ illustrated }) => illustrated !== null);
  const [order, setOrder] = useState<ReplyOrder>('oldest');
  const tree = useMemo(
    () =>
      buildReplyTree(
        thread.flatMap(({ id }) => annotations.get(id) ?? []),
        order,
      ),
    [thread, annotations, order],
  );
  if (!tree) return null;
  const root = tree.annotation;
  return (
    <section
      className={styles.open}
      data-thread={root.id}
      data-own={root.mine}
      aria-label={t('threadOn', { words: root.exact ?? imageLabel(root, t) ?? t('wholeSection') })}
    >
      <div className={styles.top}>
        <QuotedPassage root={root} />
        <IconButton icon={X} label={t('closeThread')} small onClick={() => closeThread(store)} />
      </div>
      <div className={styles.body}>
        {isIllustrated && root.regions.length > 0 && <RegionTargets annotation={root} />}
        {root.passages.length > 1 && <FurtherPassages root={root} />}
        {root.passages.map(
          (passage, i) =>
            (passage.anchor === 'fuzzy' ||
              passage.anchor === 'orphaned' ||
              writtenRevision(passage, revision)) && (
              // biome-ignore lint/suspicious/noArrayIndexKey: the passages of an annotation keep their order
              <UnanchoredPassage key={i} annotation={root} position={i} />
            ),
        )}
        <AnnotationArticle annotation={root} />
        {tree.replies.length > 1 && (
          <button
            type="button"
            className={styles.order}
            onClick={() => setOrder(order === 'oldest' ? 'newest' : 'oldest')}
          >
            {t(order === 'oldest' ? 'newestFirst' : 'oldestFirst')}
          </button>
        )}
        {tree.replies.length > 0 && <Replies trees={tree.replies} depth={1} />}
      </div>
    </section>
  );
}

/** The words of a thread, as a way back to them. */
function QuotedPassage({ root }: { root: Annotation }) {
  const t = useTranslations('annotation');
  const { edition, section, start, end, exact, id } = root;
  const container = useReader((state) =>
    state.edition === edition ? state.containers.get(section) : undefined,
  );
  if (!exact) return <span className={styles.quote} />;
  if (!container || start === null || end === null)
    return (
      <span className={styles.quote} dir="auto">
        {exact}
      </span>
    );
  return (
    <a
      className={styles.quote}
      dir="auto"
      href={`#${blockAt(blocksOf(container), start)?.id ?? ''}`}
      title={t('toWords')}
      onClick={(event) => {
        event.preventDefault();
        scrollToPassage(container, { start, end });
        focusNoteLink(id);
      }}
    >
      {exact}
    </a>
  );
}

/** The further passages of a note: on this page a button that scrolls to each, elsewhere a link. */
function FurtherPassages({ root }: { root: Annotation }) {
  const t = useTranslations('annotation');
  const containers = useReader((state) => state.containers);
  const shown = useReader((state) => state.edition);
  const containerOf = ({ edition, section }: { edition: string; section: string }) =>
    edition === shown ? containers.get(section) : undefined;
  return (
    <ul className={styles.passages} aria-label={t('furtherPassages')}>
      {root.passages.slice(1).map((passage, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the passages of an annotation keep their order
        <li key={i}>
          <FurtherPassage root={root} passage={passage} container={containerOf(passage)} />
        </li>
      ))}
      {!containerOf(root) && (
        <li>
          <FurtherPassage root={root} passage={root.passages[0]!} container={undefined} />
        </li>
      )}
    </ul>
  );
}

function FurtherPassage({
  root: { group, id },
  passage: { edition, section, start, end, exact },
  container,
}: {
  root: Annotation;
  passage: Passage;
  container: HTMLElement | undefined;
}) {
  const words = <q dir="auto">{exact ?? '…'}</q>;
  if (!container) {
    const query = new URLSearchParams({ group, annotation: id });
    return <a href={`/editions/${edition}/${section}?${query}`}>{words}</a>;
  }
  if (start === null || end === null) return words;
  return (
    <button type="button" className={styles.order} onClick={() => scrollToPassage(container, { start, end })}>
      {words}
    </button>
  );
}

function Replies({ trees, depth }: { trees: ReplyTree[]; depth: number }) {
  const t = useTranslations('annotation');
  return (
    <ul className={styles.list} aria-label={t('repliesLabel')}>
      {trees.map((tree) => (
        <Reply key={tree.annotation.id} tree={tree} depth={depth} />
      ))}
    </ul>
  );
}

function Reply({ tree, depth, inReplyTo }: { tree: ReplyTree; depth: number; inReplyTo?: string }) {
  const t = useTranslations('annotation');
  const [isFolded, setFolded] = useState(false);
  const { annotation, replies } = tree;
  const isDeepest = depth >= DEEPEST;
  return (
    <>
      <li>
        <AnnotationArticle annotation={annotation} inReplyTo={inReplyTo} />
        {replies.length > 0 && (
          <button
            type="button"
            className={styles.order}
            aria-expanded={!isFolded}
            onClick={() => setFolded(!isFolded)}
          >
            {t(isFolded ? 'showReplies' : 'hideReplies', { count: countTrees(replies) })}
          </button>
        )}
        {replies.length > 0 && !isFolded && !isDeepest && <Replies trees={replies} depth={depth + 1} />}
      </li>
      {isDeepest &&
        !isFolded &&
        replies.map((reply) => (
          <Reply
            key={reply.annotation.id}
            tree={reply}
            depth={depth + 1}
            inReplyTo={annotation.author.name}
          />
        ))}
    </>
  );
}

function countTrees(trees: ReplyTree[]): number {
  return trees.reduce((sum, { replies }) => sum + 1 + countTrees(replies), 0);
}

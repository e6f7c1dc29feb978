'use client';
import { draftKey } from '../data/editor-draft';
import { LazyEditor } from '../editor/lazy-editor';
import { useReader } from '../state/context';
import { ThreadCard } from '../thread/thread-card';
import styles from './margin.module.css';

/**
 * What is open or written on a page image alone: it stands above the cards, in view wherever the text is. Where there
 * is no text, `withAdvisoryLock`, whatever is open stands here.
 */
export function ImageCard({ alone }: { alone: boolean }) {
  const { state, imaged, placed } = useReader();
  const { editor, active } = state;
  const purpose = editor?.purpose;
  const writes =
    purpose?.what === 'gloss' && purpose.drawn !== undefined && (alone || purpose.target.start === null);
  const thread =
    imaged.find(([root]) => root!.id === active) ??
    (alone ? placed.find(({ root }) => root.id === active)?.thread : undefined);
  if (!writes && !thread) return null;
  return (
    <div className={styles.held}>
      {writes && <LazyEditor key={draftKey(purpose)} purpose={purpose} kind={editor!.kind} />}
      {!writes && thread && <ThreadCard thread={thread} />}
    </div>
  );
}

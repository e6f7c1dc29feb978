'use client';
import { draftKey } from '../data/editor-draft';
import { LazyEditor } from '../editor/lazy-editor';
import { useReader } from '../state/use-reader';
import { ThreadCard } from '../thread/thread-card';
import styles from './margin.module.css';

/**
 * The open thread, or the editor, of a page image: it stays above the cards in view, wherever the text is scrolled. Above
 * a list (`isList`) any new note is written here, and the open thread is where it stands in the list.
 */
export function ImageCard({ isList }: { isList: boolean }) {
  const editor = useReader((state) => state.editor);
  const thread = useReader(({ active, threads: { onImageOnly, placed } }) => {
    if (isList && placed.some(({ root }) => root.id === active)) return undefined;
    return onImageOnly.find(([root]) => root!.id === active);
  });
  const purpose = editor?.purpose;
  const isOfWords = purpose?.what === 'gloss' && purpose.target.start !== null;
  const isOfRegion = purpose?.what === 'gloss' && purpose.drawn !== undefined;
  const isWriting = isList ? isOfWords || isOfRegion : isOfRegion && !isOfWords;

  if (!isWriting && !thread) return null;
  return (
    <div className={styles.held} data-held="">
      {isWriting && <LazyEditor key={draftKey(purpose!)} purpose={purpose!} kind={editor!.kind} />}
      {!isWriting && thread && <ThreadCard thread={thread} />}
    </div>
  );
}

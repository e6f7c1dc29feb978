'use client';
import { draftKey } from '../data/editor-draft';
import { LazyEditor } from '../editor/lazy-editor';
import { useReader } from '../state/use-reader';
import { ThreadCard } from '../thread/thread-card';
import styles from './margin.module.css';

/**
 * The open thread, or the editor, of a page image: it stays above the cards in view, wherever the text is scrolled.
 * Where the image is shown without its text (`isAlone`), any open thread stands here.
 */
export function ImageCard({ isAlone }: { isAlone: boolean }) {
  const editor = useReader((state) => state.editor);
  const thread = useReader(({ active, threads }) => {
    const onImage = threads.onImageOnly.find(([root]) => root!.id === active);
    return onImage ?? (isAlone ? threads.placed.find(({ root }) => root.id === active)?.thread : undefined);
  });
  const purpose = editor?.purpose;
  const isWriting =
    purpose?.what === 'gloss' && purpose.drawn !== undefined && (isAlone || purpose.target.start === null);

  if (!isWriting && !thread) return null;
  return (
    <div className={styles.held}>
      {isWriting && <LazyEditor key={draftKey(purpose)} purpose={purpose} kind={editor!.kind} />}
      {!isWriting && thread && <ThreadCard thread={thread} />}
    </div>
  );
}

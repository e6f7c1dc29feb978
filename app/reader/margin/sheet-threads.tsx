'use client';
import { draftKey } from '../data/editor-draft';
import { LazyEditor } from '../editor/lazy-editor';
import { openThreadOf } from '../state/thread-lists';
import { useReader } from '../state/use-reader';
import { ThreadCard } from '../thread/thread-card';
import { LazyOverlapPicker } from './lazy-overlap-picker';
import { ThreadList } from './thread-list';
import { UnanchoredThreads } from './unanchored-threads';

/** The threads of a narrow screen: what is written or open, else all, beginning at the paragraph that is read. */
export function SheetThreads() {
  const editor = useReader((state) => state.editor);
  const thread = useReader(openThreadOf);
  const isChoosing = useReader(({ overlapChoices }) => overlapChoices.length > 0);
  const sheet = useReader((state) => state.sheet);
  if (editor)
    return <LazyEditor key={draftKey(editor.purpose)} purpose={editor.purpose} kind={editor.kind} />;
  if (thread) return <ThreadCard thread={thread} />;
  if (isChoosing) return <LazyOverlapPicker />;
  if (!sheet) return null;
  return (
    <>
      <UnanchoredThreads />
      <ThreadList key={sheet.paragraph ?? ''} from={sheet.paragraph} />
    </>
  );
}

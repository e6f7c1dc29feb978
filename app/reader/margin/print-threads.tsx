'use client';
import { useMemo, useSyncExternalStore } from 'react';
import { lazy } from '@/app/_ui/lazy';
import { usePrinting } from '@/app/_ui/use-printing';
import { useReader } from '../state/use-reader';
import { useRequestThreads } from '../state/use-request-threads';
import { OpenThread } from '../thread/open-thread';

const PrintNotes = lazy(() => import('./print-notes'));

/** On paper: the notes where the reader wants them in *Display*, else the threads that staff has pinned. */
export function PrintThreads() {
  const choice = useSyncExternalStore(listen, readChoice, () => 'none');
  return choice === 'none' ? <PinnedThreads /> : <PrintNotes isAtEnd={choice === 'end'} />;
}

/** Where the notes are on paper, as `public/theme.js` keeps it. */
function readChoice(): string {
  return document.documentElement.dataset.print ?? 'none';
}

function listen(listener: () => void): () => void {
  // The window's listener sets the attribute first.
  window.addEventListener('change', listener);
  return () => window.removeEventListener('change', listener);
}

/** The threads that staff has pinned are printed after the text, as the open thread is. */
function PinnedThreads() {
  const placed = useReader(({ threads }) => threads.placed);
  const onSection = useReader(({ threads }) => threads.onSection);
  const active = useReader((state) => state.active);
  const isPrinting = usePrinting();
  const pinned = useMemo(() => {
    const onWords = placed.filter(({ root }) => root.pinned).map(({ thread }) => thread);
    return [...onSection.filter(([root]) => root?.pinned), ...onWords];
  }, [placed, onSection]);
  // Beforehand, because printing does not wait.
  useRequestThreads(useMemo(() => pinned.map((thread) => thread[0]!.id), [pinned]));
  if (!isPrinting) return null;
  const closed = pinned.filter(([root]) => root?.id !== active);
  return closed.map((thread) => <OpenThread key={thread[0]!.id} thread={thread} />);
}

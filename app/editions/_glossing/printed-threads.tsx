'use client';
import { useGlossing } from './context';
import { OpenThread } from './thread-card';
import { usePrinting } from './use-printing';

/** On paper, what staff has pinned goes whole after the text, as what is open does. */
export function PrintedThreads() {
  const { state, placed, whole } = useGlossing();
  const printing = usePrinting();
  if (!printing) return null;
  const threads = [...whole, ...placed.map(({ thread }) => thread)];
  const pinned = threads.filter(([root]) => root?.pinned && root.id !== state.active);
  return pinned.map((thread) => <OpenThread key={thread[0]!.id} thread={thread} />);
}

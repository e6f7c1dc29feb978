'use client';
import { useEffect, useMemo } from 'react';
import { usePrinting } from '../../_ui/use-printing';
import { useReader } from '../state/context';
import { OpenThread } from '../thread/thread-card';

/** On paper, what staff has pinned goes whole after the text, as what is open does. */
export function PrintThreads() {
  const { state, placed, whole, ask } = useReader();
  const printing = usePrinting();
  const pinned = useMemo(() => {
    const onWords = placed.filter(({ root }) => root.pinned);
    return [...whole.filter(([root]) => root?.pinned), ...onWords.map(({ thread }) => thread)];
  }, [placed, whole]);
  // The paper does not wait: what it may want is read beforehand.
  useEffect(() => ask(pinned.map((thread) => thread[0]!.id)), [ask, pinned]);
  if (!printing) return null;
  const closed = pinned.filter(([root]) => root?.id !== state.active);
  return closed.map((thread) => <OpenThread key={thread[0]!.id} thread={thread} />);
}

'use client';
import { useMemo } from 'react';
import { usePrinting } from '@/app/_ui/use-printing';
import { useReader } from '../state/use-reader';
import { useRequestThreads } from '../state/use-request-threads';
import { OpenThread } from '../thread/open-thread';

/** On paper the threads that staff has pinned are printed after the text, as the open thread is. */
export function PrintThreads() {
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

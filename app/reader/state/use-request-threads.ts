'use client';
import { useEffect } from 'react';
import { useReader, useReaderStore } from './use-reader';

/** Loads the texts of threads that are shown, and loads them again after a refresh. `roots` keeps its identity. */
export function useRequestThreads(roots: readonly string[]): void {
  const store = useReaderStore();
  const group = useReader((state) => state.group?.slug);
  const refreshCount = useReader((state) => state.refreshCount);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another group and each refresh need another request
  useEffect(() => store.requestThreads(roots), [store, roots, group, refreshCount]);
}

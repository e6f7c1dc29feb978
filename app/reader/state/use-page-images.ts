'use client';
import { useEffect, useMemo } from 'react';
import { loadCanvases } from '../data/canvases';
import type { ReaderStore } from './store';
import { useReader, useReaderStore } from './use-reader';
import { useViewMode } from './view-mode';

/** Loads the page images of the edition once an annotation is on one, or the reader looks at them. */
export function usePageImages(): void {
  const store = useReaderStore();
  const isIllustrated = useReader(({ illustrated }) => illustrated !== null);
  const summaries = useReader((state) => state.summaries);
  const { mode } = useViewMode();
  const isAnnotated = useMemo(() => {
    for (const { canvas } of summaries.values()) if (canvas !== null) return true;
    return false;
  }, [summaries]);
  const isWanted = isIllustrated && (isAnnotated || mode !== 'text');
  useEffect(() => (isWanted ? loadPageImages(store) : undefined), [isWanted, store]);
}

/** Loads the page images, or tries again. Returns a function that aborts it. */
export function loadPageImages(store: ReaderStore): () => void {
  const abort = new AbortController();
  store.set({ canvases: { status: 'loading', items: [] } });
  loadCanvases(store.getState().edition, abort.signal)
    .then((items) => store.set({ canvases: { status: 'ready', items } }))
    .catch(() => abort.signal.aborted || store.set({ canvases: { status: 'failed', items: [] } }));
  return () => abort.abort();
}

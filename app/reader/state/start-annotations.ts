import { observeViewport } from '../text/viewport';
import { followDeepLink } from './deep-link';
import { loadAnnotations } from './load-annotations';
import { stepThread } from './navigation';
import { planMargin } from './plan-margin';
import type { ReaderStore } from './store';
import { createThreadSelector } from './threads';
import { syncUrl } from './url-sync';

/** Loads the annotations of the reader's group, and keeps state, view and address in step. Returns what stops it. */
export function startAnnotations(store: ReaderStore, onMissing: () => void): () => void {
  store.selectThreads = createThreadSelector();
  store.planMargin = planMargin;
  store.stepThread = (forward, opener) => stepThread(store, forward, opener);
  const stops = [
    observeViewport(store.getState().containers, (viewport) => store.set({ viewport })),
    loadAnnotations(store),
    syncUrl(store),
    followDeepLink(store, onMissing),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}

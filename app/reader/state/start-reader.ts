import { findTextContainers } from '../text/text-containers';
import { observeViewport } from '../text/viewport';
import { followDeepLink, showCitedPassage } from './deep-link';
import { loadAnnotations } from './load-annotations';
import { startSession } from './session';
import type { ReaderStore } from './store';
import { syncUrl } from './url-sync';

/** Starts everything that keeps the state in step with the page, the address and the API. Returns what stops it. */
export function startReader(store: ReaderStore, onMissing: () => void): () => void {
  const containers = findTextContainers(store.getState().edition);
  store.set({ containers });
  showCitedPassage(containers);
  const stops = [
    ...(containers.size > 0 ? [observeViewport(containers, (viewport) => store.set({ viewport }))] : []),
    startSession(store),
    loadAnnotations(store),
    syncUrl(store),
    followDeepLink(store, onMissing),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}

import { findTextContainers } from '../text/text-containers';
import { startSession } from './session';
import type { ReaderStore } from './store';

/** Finds the texts of the page and who reads them, and shows the passage that the address cites. Returns what stops it. */
export function startReader(store: ReaderStore): () => void {
  const containers = findTextContainers(store.getState().edition);
  store.set({ containers });
  const citation = new URLSearchParams(window.location.search).get('c');
  // Without it the text is still there to read.
  if (citation)
    void import('./cited-passage').then(
      ({ showCitedPassage }) => showCitedPassage(containers, citation),
      () => {},
    );
  return startSession(store);
}

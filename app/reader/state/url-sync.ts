import { type ReaderStore, watch } from './store';

/** Keeps the open thread in the address, so that a reload or a copied address opens it again. */
export function syncUrl(store: ReaderStore): () => void {
  let before: string | null = null;
  return watch(
    store,
    ({ active }) => active,
    (active) => {
      // Until a thread was open, the address is the one that the reader came with.
      if (before === active) return;
      before = active;
      const url = new URL(window.location.href);
      const named = url.searchParams.get('annotation');
      // The address of a reply leads to it within its thread.
      if (active && named && (named === active || store.getState().summaries.get(named)?.root === active))
        return;
      if (active) url.searchParams.set('annotation', active);
      else url.searchParams.delete('annotation');
      window.history.replaceState(null, '', url);
    },
  );
}

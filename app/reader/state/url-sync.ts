import { readFilter, writeFilter } from '../data/filter-address';
import type { ThreadFilter } from '../data/thread-filter';
import { type ReaderStore, watch } from './store';

/**
 * Keeps the open thread and the filter in the address, so that a reload or a copied address shows them again. Each change
 * of the filter is a step of the history, which the browser's back button takes back.
 */
export function syncUrl(store: ReaderStore): () => void {
  const stops = [syncFilter(store), syncThread(store)];
  return () => {
    for (const stop of stops) stop();
  };
}

function syncThread(store: ReaderStore): () => void {
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

function syncFilter(store: ReaderStore): () => void {
  function readAddress(): void {
    const { searchParams } = new URL(window.location.href);
    store.dispatch({ type: 'filter', filter: readFilter(searchParams) });
    const named = searchParams.get('annotation');
    const root = named ? store.getState().summaries.get(named)?.root : undefined;
    if (root) store.dispatch({ type: 'open', root });
    else if (!named && store.getState().active) store.dispatch({ type: 'close' });
  }
  const search = new URLSearchParams(window.location.search);
  store.dispatch({ type: 'filter', filter: readFilter(search) });
  window.addEventListener('popstate', readAddress);
  let before: ThreadFilter = store.getState().filter;
  const stop = watch(
    store,
    ({ filter }) => filter,
    (filter) => {
      if (filter === before) return;
      const url = new URL(window.location.href);
      const isThere = isSameFilter(readFilter(url.searchParams), filter);
      writeFilter(url.searchParams, filter);
      // While words are typed there is one step for all of them.
      const isTyping = before.words !== '' && filter.words !== '' && before.words !== filter.words;
      before = filter;
      if (isThere) return;
      if (isTyping) window.history.replaceState(null, '', url);
      else window.history.pushState(null, '', url);
    },
  );
  return () => {
    window.removeEventListener('popstate', readAddress);
    stop();
  };
}

function isSameFilter(a: ThreadFilter, b: ThreadFilter): boolean {
  const [one, other] = [a, b].map((filter) => {
    const search = new URLSearchParams();
    writeFilter(search, filter);
    return search.toString();
  });
  return one === other;
}

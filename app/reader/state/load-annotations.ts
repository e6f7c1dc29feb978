import { watchForChanges } from '../data/live';
import { loadAllAnnotations, loadSummaries, type PageScope } from '../data/summaries';
import { createThreadLoader } from '../data/thread-loader';
import { middleOfView } from '../text/viewport';
import { type ReaderStore, type ReaderStoreState, watch } from './store';

/** Loads what a group wrote on every text of the page, and loads it again when it may have changed. */
export function loadAnnotations(store: ReaderStore): () => void {
  return watch(store, groupOfPage, (group) => {
    if (group === null) return;
    const { edition, section } = store.getState();
    return loadGroup(store, { group, edition, page: section });
  });
}

/** The group whose annotations are shown; null before the page and the group are known. */
function groupOfPage({ group, containers }: ReaderStoreState): string | null {
  return group && containers.size > 0 ? group.slug : null;
}

function loadGroup(store: ReaderStore, scope: PageScope): () => void {
  const abort = new AbortController();
  const { signal } = abort;
  function fail(): void {
    if (!signal.aborted) store.dispatch({ type: 'failed' });
  }
  async function load(): Promise<void> {
    const near = middleOfView(store.getState().containers);
    for await (const batch of loadSummaries(scope, near, signal))
      await store.dispatchInSteps({ type: 'loaded', ...batch }, signal);
  }
  const loader = createThreadLoader(
    scope.group,
    (root) => store.getState().preloaded.has(root),
    (annotations) => store.dispatch({ type: 'annotationsLoaded', annotations, edition: scope.edition }),
    fail,
  );
  store.dispatch({ type: 'loading' });
  store.requestThreads = loader.request;
  store.reload = () => void load().catch(() => {});
  load().catch(fail);
  const stops = [
    // What is shown stays where this fails; the next change tries again.
    watchForChanges(() => store.getState().isFollowing || store.reload()),
    watch(
      store,
      ({ refreshCount }) => refreshCount,
      () => {
        loader.reset();
      },
    ),
    watch(store, searchKey, (key) => (key === null ? undefined : loadForSearch(store, scope, fail))),
  ];
  return () => {
    abort.abort();
    loader.stop();
    store.requestThreads = () => {};
    store.reload = () => {};
    for (const stop of stops) stop();
  };
}

/** Changes when the reader begins to search, and with each refresh while they do; null while they do not. */
function searchKey({ filter, refreshCount }: ReaderStoreState): number | null {
  return filter.words.trim() === '' ? null : refreshCount;
}

/** Loads the texts of all annotations, so that words can be searched in them. */
function loadForSearch(store: ReaderStore, scope: PageScope, fail: () => void): () => void {
  const abort = new AbortController();
  async function load(): Promise<void> {
    for await (const annotations of loadAllAnnotations(scope, abort.signal))
      store.dispatch({ type: 'annotationsLoaded', annotations, edition: scope.edition });
  }
  store.set({ isSearching: true });
  load()
    .catch(() => abort.signal.aborted || fail())
    .finally(() => store.set({ isSearching: false }));
  return () => abort.abort();
}

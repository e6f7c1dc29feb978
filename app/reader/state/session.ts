import { fetchCurrentUser } from '@/app/_ui/current-user';
import { readSetting, writeSetting } from '@/app/_ui/stored-setting';
import { canInGroup } from '@/lib/policy';
import { writeFilter } from '../data/filter-address';
import { NO_FILTER } from '../data/thread-filter';
import type { ReaderGroup, ReaderStore } from './store';

const LAST_GROUP = 'scholion.group';

/** Finds out who reads, and in which of their groups: `?group=`, else the last one, else the first. */
export function startSession(store: ReaderStore): () => void {
  let stopped = false;
  const assignment = new URLSearchParams(window.location.search).get('assignment');
  store.set({ assignment });
  // Without an answer, or without a session, the text is still there to read.
  void fetchCurrentUser().then((me) => {
    if (stopped) return;
    store.set({ me });
    setGroup(store, pickGroup(me?.groups ?? []));
  });
  return () => {
    stopped = true;
  };
}

/** Whether this browser has shown a group before, or the address names one. */
export function mayHaveGroup(): boolean {
  const isNamed = new URLSearchParams(window.location.search).has('group');
  return isNamed || readSetting(LAST_GROUP) !== null;
}

/** Shows another of the reader's groups, and puts it into the address. */
export function chooseGroup(store: ReaderStore, slug: string): void {
  const chosen = store.getState().me?.groups.find((group) => group.slug === slug);
  if (!chosen) return;
  const url = new URL(window.location.href);
  url.searchParams.set('group', slug);
  url.searchParams.delete('annotation');
  // People and tags are those of the group that was shown before.
  writeFilter(url.searchParams, NO_FILTER);
  window.history.replaceState(null, '', url);
  store.dispatch({ type: 'filter', filter: NO_FILTER });
  // What is being written stays in the group in which it was begun, among its drafts.
  store.dispatch({ type: 'closeEditor' });
  setGroup(store, chosen);
}

function setGroup(store: ReaderStore, group: ReaderGroup | null): void {
  const { me, edition, section } = store.getState();
  const canWrite = me && group && canInGroup(group.role, 'write');
  if (group) writeSetting(LAST_GROUP, group.slug);
  store.set({ group, draftScope: canWrite ? { user: me.id, group: group.slug, edition, section } : null });
}

function pickGroup(groups: ReaderGroup[]): ReaderGroup | null {
  const requested = new URLSearchParams(window.location.search).get('group');
  if (requested) {
    // A group of which they are no member may still be open to read: the API decides that.
    const asReader = { slug: requested, role: 'reader', name: requested } as const;
    return groups.find(({ slug }) => slug === requested) ?? asReader;
  }
  const last = readSetting(LAST_GROUP);
  return groups.find(({ slug }) => slug === last) ?? groups[0] ?? null;
}

/** What others write while the page is open: told, and taken in once the reader wishes. */
import { api } from '@/app/_ui/api-client';
import type { Annotation } from '@/lib/annotation/schema';
import type { StreamEvent } from '@/lib/live/schema';
import { followEvents } from '../data/follow-events';
import { loadThreads, loadUnreadThreads } from '../data/summaries';
import { openThread } from './navigation';
import { type ReaderStore, type ReaderStoreState, watch } from './store';

/** Milliseconds in which events of a moment are read together, and one's own note comes by its own answer. */
const GATHER = 250;
/** Milliseconds after which an open thread counts as read. */
const READ_AFTER = 1_000;
/** Milliseconds for which a connection may be away before that is said. */
const LOST_AFTER = 3_000;

/** Follows the group whose notes are shown. Returns what stops it. */
export function followGroup(store: ReaderStore): () => void {
  return watch(store, groupOfPage, (group) => {
    if (group === null) return;
    const { edition, section } = store.getState();
    const abort = new AbortController();
    const waiting: StreamEvent[] = [];
    let gathering: ReturnType<typeof setTimeout> | undefined;
    let losing: ReturnType<typeof setTimeout> | undefined;
    store.set({ arrived: [], unread: new Set(), isStreamLost: false });
    void loadUnreadThreads({ group, edition, page: section }, abort.signal).then(
      (unread) => !abort.signal.aborted && store.set({ unread }),
      // Without it the page only does not say what is new.
      () => {},
    );

    function onEvent(event: StreamEvent): void {
      waiting.push(event);
      gathering ??= setTimeout(() => {
        gathering = undefined;
        void handle(store, group!, waiting.splice(0), abort.signal).catch(() => {});
      }, GATHER);
    }
    function onLost(isLost: boolean): void {
      if (!isLost) {
        clearTimeout(losing);
        losing = undefined;
        if (!store.getState().isFollowing || store.getState().isStreamLost)
          store.set({ isFollowing: true, isStreamLost: false });
      } else losing ??= setTimeout(() => store.set({ isFollowing: false, isStreamLost: true }), LOST_AFTER);
    }
    const stops = [
      followEvents({ group, edition, page: section }, { onEvent, onLost }),
      watch(store, activeThread, (active) => whileOpen(store, group, active, abort.signal)),
    ];
    return () => {
      abort.abort();
      clearTimeout(gathering);
      clearTimeout(losing);
      for (const stop of stops) stop();
      store.set({ arrived: [], unread: new Set(), isFollowing: false, isStreamLost: false });
    };
  });
}

/** Puts what has arrived in its place, and opens the first of it. `opener` gets the focus back. */
export async function takeIn(store: ReaderStore, opener: HTMLElement): Promise<void> {
  const { group, summaries } = store.getState();
  const arrived = store.getState().arrived.filter(({ id }) => !summaries.has(id));
  store.set({
    arrived: [],
    unread: new Set([...store.getState().unread, ...arrived.map(({ root }) => root)]),
  });
  const [first] = arrived;
  if (!group || !first) return;
  const { signal } = new AbortController();
  await readThreads(store, group.slug, [...new Set(arrived.map(({ root }) => root))], signal);
  if (store.getState().summaries.has(first.root)) openThread(store, first.root, opener, first.id);
}

/** The threads of the page that have something new to the reader, as far as its filter keeps them, in the order of the text. */
export function unreadThreads({ threads, unread }: Pick<ReaderStoreState, 'threads' | 'unread'>): string[] {
  if (unread.size === 0) return [];
  const { placed, onImageOnly, onSection, orphaned } = threads;
  const others = [...onImageOnly, ...onSection, ...orphaned].flatMap(([root]) => root?.id ?? []);
  return [...placed.map(({ root }) => root.id), ...others].filter((root) => unread.has(root));
}

/** Opens the next thread with something new: after the open one, else from the beginning. `opener` gets the focus back. */
export function openNextUnread(store: ReaderStore, opener: HTMLElement | null): void {
  const state = store.getState();
  const roots = unreadThreads(state);
  const at = state.threads.placed.findIndex(({ root }) => root.id === state.active);
  const after = state.threads.placed.slice(at + 1).find(({ root }) => roots.includes(root.id));
  const next = after?.root.id ?? roots.find((root) => root !== state.active);
  if (next !== undefined) openThread(store, next, opener, next);
}

function groupOfPage({ group, containers, status }: ReaderStoreState): string | null {
  return group && containers.size > 0 && status !== 'failed' ? group.slug : null;
}

function activeThread({ active, status }: ReaderStoreState): string | null {
  return status === 'ready' ? active : null;
}

/** Reads again what events say has changed; what is new waits, unless it belongs to the thread that is open. */
async function handle(
  store: ReaderStore,
  group: string,
  events: StreamEvent[],
  signal: AbortSignal,
): Promise<void> {
  const changed = new Set<string>();
  let { arrived } = store.getState();
  for (const { kind, annotation: id, root } of events) {
    if (kind === 'revealed') store.reload();
    if (id === null || root === null) continue;
    const { summaries, active } = store.getState();
    const isKnown = summaries.has(id);
    if (kind === 'gone') {
      arrived = arrived.filter((other) => other.id !== id && other.root !== id);
      if (isKnown) changed.add(root);
    } else if (isKnown || root === active) {
      if (!isKnown || kind !== 'annotation.created') changed.add(root);
    } else if (!arrived.some((other) => other.id === id)) arrived = [...arrived, { id, root }];
  }
  if (arrived !== store.getState().arrived) store.set({ arrived });
  if (changed.size === 0) return;
  await readThreads(store, group, [...changed], signal);
  const { active } = store.getState();
  if (active !== null && changed.has(active)) markRead(store, group, active);
}

/** Reads threads again, each as a whole: what is not in it any more is gone. */
async function readThreads(
  store: ReaderStore,
  group: string,
  roots: string[],
  signal: AbortSignal,
): Promise<void> {
  const threads = new Map<string, Annotation[]>(roots.map((root) => [root, []]));
  for await (const annotations of loadThreads(group, roots, signal))
    for (const annotation of annotations) threads.get(annotation.root)?.push(annotation);
  if (signal.aborted) return;
  for (const [root, annotations] of threads)
    store.dispatch({ type: 'threadRead', root, annotations, edition: store.getState().edition });
}

/** Takes in what has arrived in the open thread, and marks the thread as read after a moment. */
function whileOpen(
  store: ReaderStore,
  group: string,
  active: string | null,
  signal: AbortSignal,
): (() => void) | undefined {
  if (active === null) return undefined;
  const { arrived } = store.getState();
  if (arrived.some(({ root }) => root === active)) {
    store.set({ arrived: arrived.filter(({ root }) => root !== active) });
    void readThreads(store, group, [active], signal).catch(() => {});
  }
  const timer = setTimeout(() => markRead(store, group, active), READ_AFTER);
  return () => clearTimeout(timer);
}

/** Marks what others wrote in a thread as read. */
function markRead(store: ReaderStore, group: string, thread: string): void {
  const { me, summaries, unread } = store.getState();
  if (unread.has(thread)) store.set({ unread: new Set([...unread].filter((root) => root !== thread)) });
  const annotations = [...summaries.values()].flatMap(({ id, root, mine }) =>
    root === thread && !mine ? [id] : [],
  );
  if (!me || annotations.length === 0) return;
  const json = { annotations: annotations.slice(0, 500) };
  // What fails is marked when the thread is opened again.
  void api('PUT /groups/:group/read', { param: { group }, json }).catch(() => {});
}

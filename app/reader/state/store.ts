import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Assignment } from '@/lib/assignment/schema';
import type { CanvasView } from '@/lib/canvas/schema';
import type { Locale } from '@/lib/i18n/locales';
import type { Me } from '@/lib/identity/schema';
import type { DraftScope } from '../data/editor-draft';
import type { HighlightChoice } from '../data/highlight-choice';
import type { RequestThreads } from '../data/thread-loader';
import type { TextSelection } from '../text/selection';
import { NO_CONTAINERS, type TextContainers } from '../text/text-containers';
import { EMPTY_VIEWPORT, type ViewportRange } from '../text/viewport-range';
import { type MarginPlan, NO_PLAN, type PlanMargin } from './margin-plan';
import { INITIAL_STATE, type ReaderAction, type ReaderState, reduceReader } from './reducer';
import { NO_THREADS, type Threads } from './thread-lists';

export interface ReaderPage {
  edition: string;
  section: string;
  /** The revision of the edition that the page shows. */
  revision: number;
  locale: Locale;
  /** Where the edition has page images: the printed page on which the section begins. */
  illustrated: { firstPage: string | null } | null;
}

/** The page images of an edition, as far as they are loaded. */
export interface CanvasList {
  status: 'loading' | 'ready' | 'failed';
  items: readonly CanvasView[];
}

/** How many glosses are under the pointer, and where the pointer is in the window. */
export interface Hover {
  count: number;
  x: number;
  y: number;
}

export type ReaderGroup = Me['groups'][number];

/** Everything that the reader's parts share. Each part subscribes to what it shows of it. */
export interface ReaderStoreState extends ReaderPage, ReaderState {
  /** Undefined until it is known who reads; null for a stranger. */
  me: Me | null | undefined;
  group: ReaderGroup | null;
  /** Where drafts are kept; null for a reader who may not write here. */
  draftScope: DraftScope | null;
  /** The assignment that new glosses are handed in for. */
  assignment: string | null;
  /** The assignments that are on this section; empty until they are loaded. */
  assignments: readonly Assignment[];
  containers: TextContainers;
  canvases: CanvasList;
  /** The threads that the filter keeps. */
  threads: Threads;
  /** How the margin shows them. */
  plan: MarginPlan;
  /** Whose notes have their words marked in the text. */
  highlights: HighlightChoice;
  /** The list of a narrow screen, while it is open, and the paragraph that it begins at. */
  sheet: { paragraph: string | null } | null;
  /** What others have written since the notes were loaded, and that waits to be taken in. */
  arrived: readonly { id: string; root: string }[];
  /** The roots of threads that have something new to the reader; empty until it is known. */
  unread: ReadonlySet<string>;
  /** Whether the event stream is open; and whether it was, and is lost. */
  isFollowing: boolean;
  isStreamLost: boolean;
  /** Whether all texts are being loaded, to search them. */
  isSearching: boolean;
  /** Whether the shortcuts of one letter are on. */
  shortcuts: boolean;
  viewport: ViewportRange;
  hover: Hover | null;
  /** The words that are selected. */
  selection: TextSelection | null;
  /** Where selecting by keyboard begins, while it is on. */
  keyboardSelection: { from: HTMLElement | null } | null;
}

/** The store of one page, with what its parts need besides the state. */
export interface ReaderStore extends Pick<StoreApi<ReaderStoreState>, 'getState' | 'subscribe'> {
  getInitialState: () => ReaderStoreState;
  set: (change: Partial<ReaderStoreState>) => void;
  dispatch: (action: ReaderAction) => void;
  /** Dispatches in two tasks, of which one computes the threads and the other renders them; not where aborted. */
  dispatchInSteps: (action: ReaderAction, signal: AbortSignal) => Promise<void>;
  /** Computes the threads with every change; set once a group's annotations are loaded. */
  selectThreads: (state: ReaderStoreState) => Threads;
  /** Plans how the margin shows them; set then too. */
  planMargin: PlanMargin;
  /** Loads the texts of threads that are shown; set then too. */
  requestThreads: RequestThreads;
  /** Loads again what the group wrote here; set then too. */
  reload: () => void;
  /** Opens the next thread or the previous one; false where there is none. Set then too. */
  stepThread: (forward: boolean, opener?: HTMLElement) => boolean;
  /** The element that opened the thread, which gets the focus back. */
  opener: HTMLElement | null;
}

/** The parts of the state that an action changes, and those that the threads are computed from. */
const COMPUTED_FROM = [...Object.keys(INITIAL_STATE), 'containers', 'canvases'] as (keyof ReaderStoreState)[];

/** Makes the store of a page. */
export function createReaderStore(page: ReaderPage): ReaderStore {
  const { getState, getInitialState, setState, subscribe } = createStore<ReaderStoreState>(() => ({
    ...INITIAL_STATE,
    ...page,
    me: undefined,
    group: null,
    draftScope: null,
    assignment: null,
    assignments: [],
    containers: NO_CONTAINERS,
    canvases: { status: 'loading', items: [] },
    threads: NO_THREADS,
    plan: NO_PLAN,
    highlights: 'all',
    sheet: null,
    arrived: [],
    unread: new Set(),
    isFollowing: false,
    isStreamLost: false,
    isSearching: false,
    shortcuts: true,
    viewport: EMPTY_VIEWPORT,
    hover: null,
    selection: null,
    keyboardSelection: null,
  }));
  function nextState(change: Partial<ReaderStoreState>): ReaderStoreState {
    const next = { ...getState(), ...change };
    next.threads = store.selectThreads(next);
    return withPlan(next, getState(), store.planMargin);
  }
  function set(change: Partial<ReaderStoreState>): void {
    setState(nextState(change), true);
  }
  async function dispatchInSteps(action: ReaderAction, signal: AbortSignal): Promise<void> {
    const before = getState();
    const next = nextState(reduceReader(before, action));
    await new Promise((resolve) => setTimeout(resolve));
    if (signal.aborted) return;
    const now = getState();
    if (!COMPUTED_FROM.every((part) => Object.is(now[part], before[part]))) {
      store.dispatch(action);
      return;
    }
    // What else has changed meanwhile, such as the viewport, stays: nothing has to be computed again for it.
    const computed = Object.fromEntries(COMPUTED_FROM.map((part) => [part, next[part]]));
    setState(
      withPlan({ ...now, ...computed, threads: next.threads } as ReaderStoreState, now, store.planMargin),
      true,
    );
  }
  const store: ReaderStore = {
    getState,
    getInitialState,
    subscribe,
    set,
    dispatch: (action) => set(reduceReader(getState(), action)),
    dispatchInSteps,
    selectThreads: () => NO_THREADS,
    planMargin: () => NO_PLAN,
    requestThreads: () => {},
    reload: () => {},
    stepThread: () => false,
    opener: null,
  };
  return store;
}

/** The state with the plan for its threads on its layout, which is that of the state before where both are the same. */
function withPlan(next: ReaderStoreState, before: ReaderStoreState, plan: PlanMargin): ReaderStoreState {
  const { placedBySection } = next.threads;
  const { layout } = next.viewport;
  const isSame = placedBySection === before.threads.placedBySection && layout === before.viewport.layout;
  next.plan = isSame ? before.plan : plan(placedBySection, layout.sections);
  return next;
}

/** Calls `run` with a part of the state now and after each change; what `run` returns is called before the next. */
export function watch<T>(
  store: ReaderStore,
  select: (state: ReaderStoreState) => T,
  run: (value: T) => (() => void) | undefined,
): () => void {
  let value = select(store.getState());
  let cleanUp = run(value);
  const unsubscribe = store.subscribe(() => {
    // Not the state that is passed: it may be older, where another subscriber has changed the state meanwhile.
    const next = select(store.getState());
    if (Object.is(next, value)) return;
    value = next;
    cleanUp?.();
    cleanUp = run(next);
  });
  return () => {
    unsubscribe();
    cleanUp?.();
  };
}

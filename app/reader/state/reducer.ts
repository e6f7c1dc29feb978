/** What the reader knows of annotations and shows of them: one state, changed by plain actions. Pure. */
import type { Annotation, Kind } from '@/lib/annotation/schema';
import { type AnnotationSummary, summarizeOn } from '../data/annotation-summary';
import type { EditorTarget } from '../data/editor-draft';
import type { SummaryBatch } from '../data/summaries';
import { NO_FILTER, type ThreadFilter } from '../data/thread-filter';
import type { AnnotationsById } from '../data/threads';

/** A passage of an annotation that is being moved, by its number from 0; or a region that is drawn again. */
export interface MoveRequest {
  annotation: Annotation;
  position: number;
  isRegion?: boolean;
}

export interface ReaderState {
  summaries: ReadonlyMap<string, AnnotationSummary>;
  /** The annotations whose text is loaded. */
  annotations: AnnotationsById;
  /** The roots of threads whose text came with the summaries, so that it need not be requested. */
  preloaded: ReadonlySet<string>;
  /** The tags of all annotations. */
  tags: readonly string[];
  /** How many times the summaries were loaded again: texts that were loaded before may have changed. */
  refreshCount: number;
  status: 'loading' | 'ready' | 'failed';
  /** Root of the open thread. */
  active: string | null;
  /** The annotation that is to be scrolled to and focused once it is drawn. */
  focusRequest: string | null;
  /** Roots of several threads under one click, to choose from: the shortest passage first. */
  overlapChoices: readonly string[];
  /** What a new anchor is being chosen for. */
  move: MoveRequest | null;
  /** What is being written: one thing at a time, the rest is kept as drafts. */
  editor: { purpose: EditorTarget; kind: Kind } | null;
  filter: ThreadFilter;
  /** The folded paragraph that was opened in the margin, and how many of its threads are listed. */
  unfolded: { paragraph: string; limit: number } | null;
}

/** Threads of an opened paragraph that are listed at a time. */
export const UNFOLD_STEP = 10;

export type ReaderAction =
  | { type: 'loading' }
  | ({ type: 'loaded'; summaries: readonly AnnotationSummary[] } & Partial<SummaryBatch>)
  | { type: 'annotationsLoaded'; annotations: readonly Annotation[]; edition?: string }
  | { type: 'threadRead'; root: string; annotations: readonly Annotation[]; edition: string }
  | { type: 'failed' }
  | { type: 'upsert'; annotation: Annotation; edition?: string }
  | { type: 'open'; root: string; focus?: string }
  | { type: 'focused' }
  | { type: 'chooseAmong'; roots: readonly string[] }
  | { type: 'close' }
  | { type: 'openEditor'; purpose: EditorTarget; kind?: Kind }
  | { type: 'closeEditor' }
  | { type: 'startMove'; move: MoveRequest }
  | { type: 'cancelMove' }
  | { type: 'filter'; filter: Partial<ThreadFilter> }
  | { type: 'unfold'; paragraph: string; limit?: number }
  | { type: 'fold' };

// One array, so that an unchanged list stays identical.
const NONE: readonly string[] = [];

export const INITIAL_STATE: ReaderState = {
  summaries: new Map(),
  annotations: new Map(),
  preloaded: new Set(),
  tags: NONE,
  refreshCount: 0,
  status: 'loading',
  active: null,
  focusRequest: null,
  overlapChoices: NONE,
  move: null,
  editor: null,
  filter: NO_FILTER,
  unfolded: null,
};

/** The state after an action. */
export function reduceReader(state: ReaderState, action: ReaderAction): ReaderState {
  switch (action.type) {
    case 'loading':
      return { ...INITIAL_STATE, filter: state.filter };
    case 'loaded': {
      const { summaries, tags = NONE, annotations = [], more = false } = action;
      // While a ready page is loaded again it stays ready.
      const isRefresh = state.status === 'ready';
      return {
        ...state,
        status: more && !isRefresh ? 'loading' : 'ready',
        refreshCount: isRefresh && !more ? state.refreshCount + 1 : state.refreshCount,
        summaries: putNewer(state.summaries, summaries),
        annotations: putNewer(state.annotations, annotations),
        preloaded: new Set([...(isRefresh ? [] : state.preloaded), ...annotations.map(({ root }) => root)]),
        tags: addTags(state.tags, tags),
      };
    }
    case 'annotationsLoaded':
      return putAnnotations(state, action.annotations, action.edition);
    case 'threadRead':
      return replaceThread(state, action);
    case 'failed':
      return { ...state, status: 'failed' };
    case 'upsert':
      return {
        ...putAnnotations(state, [action.annotation]),
        summaries: putNewer(state.summaries, [
          summarizeOn(action.edition ?? action.annotation.edition, action.annotation),
        ]),
        tags: addTags(state.tags, action.annotation.tags),
      };
    case 'open':
      return {
        ...state,
        active: action.root,
        focusRequest: action.focus ?? null,
        overlapChoices: NONE,
        editor: null,
      };
    case 'focused':
      return { ...state, focusRequest: null };
    case 'chooseAmong':
      return { ...state, active: null, overlapChoices: action.roots, editor: null };
    case 'close':
      return { ...state, active: null, focusRequest: null, overlapChoices: NONE, move: null };
    case 'openEditor': {
      const { purpose, kind = 'gloss' } = action;
      const active = purpose.what === 'gloss' ? null : purpose.root;
      return { ...state, active, overlapChoices: NONE, move: null, editor: { purpose, kind } };
    }
    case 'closeEditor':
      return { ...state, editor: null };
    case 'startMove': {
      const { root } = action.move.annotation;
      return { ...state, active: root, overlapChoices: NONE, editor: null, move: action.move };
    }
    case 'cancelMove':
      return { ...state, move: null };
    case 'filter':
      return { ...state, filter: { ...state.filter, ...action.filter }, unfolded: null };
    case 'unfold': {
      const { paragraph, limit = UNFOLD_STEP } = action;
      return { ...state, active: null, overlapChoices: NONE, unfolded: { paragraph, limit } };
    }
    case 'fold':
      return { ...state, unfolded: null };
  }
}

/** `known` with `added` put in; an older version never replaces a newer one. */
function putNewer<T extends { id: string; version: number }>(
  known: ReadonlyMap<string, T>,
  added: readonly T[],
): ReadonlyMap<string, T> {
  const next = new Map(known);
  for (const item of added) {
    const before = next.get(item.id);
    if (!before || before.version <= item.version) next.set(item.id, item);
  }
  return next;
}

function addTags(tags: readonly string[], added: readonly string[]): readonly string[] {
  return added.length > 0 ? [...new Set([...tags, ...added])] : tags;
}

/** The state with loaded annotations, and the summaries of those that are new or newer. */
function putAnnotations(state: ReaderState, loaded: readonly Annotation[], edition?: string): ReaderState {
  const newer = loaded.filter(({ id, version }) => (state.summaries.get(id)?.version ?? 0) < version);
  const annotations = putNewer(state.annotations, loaded);
  if (newer.length === 0) return { ...state, annotations };
  const summaries = newer.map((annotation) => summarizeOn(edition ?? annotation.edition, annotation));
  return { ...state, annotations, summaries: putNewer(state.summaries, summaries) };
}

/** The state with a thread as it is now: what is not in it any more is gone, and an open thread without its root closes. */
function replaceThread(
  state: ReaderState,
  { root, annotations: thread, edition }: Extract<ReaderAction, { type: 'threadRead' }>,
): ReaderState {
  const ids = new Set(thread.map(({ id }) => id));
  const isGone = (item: { id: string; root: string }) => item.root === root && !ids.has(item.id);
  const without = <T extends { id: string; root: string }>(known: ReadonlyMap<string, T>) =>
    new Map([...known].filter(([, item]) => !isGone(item)));
  const { summaries, annotations, active, editor } = state;
  const isClosed = active === root && !ids.has(root) && editor === null;
  const kept = { ...state, summaries: without(summaries), annotations: without(annotations) };
  return { ...putAnnotations(kept, thread, edition), active: isClosed ? null : active };
}

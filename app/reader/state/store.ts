/** What the glossing layer knows and shows: one state, changed by plain actions. Pure. */
import type { Annotation, Kind } from '@/lib/annotation/schema';
import { type AnchorSummary, type AnnotationSummary, summarize } from '../data/annotation-summary';
import type { SummaryBatch } from '../data/api';
import type { EditorTarget } from '../data/editor-draft';
import {
  type AnnotationsById,
  groupThreads,
  hasContent,
  matchesFilter,
  type ThreadFilter,
} from '../data/threads';

/** A passage of a note that is to stand elsewhere, by its number from 0; or a region of it that is to be drawn anew. */
export interface MoveRequest {
  note: Annotation;
  passage: number;
  isDrawn?: boolean;
}

export interface ReaderState {
  notes: ReadonlyMap<string, AnnotationSummary>;
  /** What was read of them so far. */
  texts: AnnotationsById;
  /** Of those, the roots of threads that came along when the notes were last looked at: they need not be asked for. */
  along: ReadonlySet<string>;
  /** The tags of all notes. */
  tags: readonly string[];
  /** How many times the notes were looked at once more: what was read before may have changed. */
  looks: number;
  status: 'loading' | 'ready' | 'failed';
  /** Root of the opened thread. */
  active: string | null;
  /** A note that is to be scrolled to and focused once it is there. */
  seek: string | null;
  /** Several threads under one click, to choose from: the shortest passage first. */
  offered: readonly string[];
  /** A note for one of whose passages a place is being chosen. */
  moving: MoveRequest | null;
  /** What is being written: one thing at a time, the rest waits as drafts. */
  editor: { purpose: EditorTarget; kind: Kind } | null;
  filter: ThreadFilter;
}

export type ReaderAction =
  | { type: 'loading' }
  | ({ type: 'loaded'; notes: readonly AnnotationSummary[] } & Partial<SummaryBatch>)
  | { type: 'read'; notes: readonly Annotation[] }
  | { type: 'failed' }
  | { type: 'put'; note: Annotation }
  | { type: 'open'; root: string; seek?: string }
  | { type: 'sought' }
  | { type: 'offer'; roots: readonly string[] }
  | { type: 'close' }
  | { type: 'write'; purpose: EditorTarget; kind?: Kind }
  | { type: 'written' }
  | { type: 'move'; moved: MoveRequest }
  | { type: 'moved' }
  | { type: 'filter'; filter: Partial<ThreadFilter> };

// One array, so that nothing is reckoned anew when nothing is offered.
const NONE: readonly string[] = [];

export const INITIAL_STATE: ReaderState = {
  notes: new Map(),
  texts: new Map(),
  along: new Set(),
  tags: NONE,
  looks: 0,
  status: 'loading',
  active: null,
  seek: null,
  offered: NONE,
  moving: null,
  editor: null,
  filter: { scope: 'all', words: '' },
};

/** The state after an action. */
export function reduceReader(state: ReaderState, action: ReaderAction): ReaderState {
  switch (action.type) {
    case 'loading':
      return { ...INITIAL_STATE, filter: state.filter };
    case 'loaded': {
      const { notes, tags = NONE, texts = [], more = false } = action;
      // What came before is ready still where it is looked at once more.
      const again = state.status === 'ready';
      return {
        ...state,
        status: more && !again ? 'loading' : 'ready',
        looks: again && !more ? state.looks + 1 : state.looks,
        notes: putNewer(state.notes, notes),
        texts: putNewer(state.texts, texts),
        along: new Set([...(again ? [] : state.along), ...texts.map(({ root }) => root)]),
        tags: addTags(state.tags, tags),
      };
    }
    case 'read':
      return readTexts(state, action.notes);
    case 'failed':
      return { ...state, status: 'failed' };
    case 'put':
      return {
        ...readTexts(state, [action.note]),
        notes: putNewer(state.notes, [summarize(action.note)]),
        tags: addTags(state.tags, action.note.tags),
      };
    case 'open':
      return { ...state, active: action.root, seek: action.seek ?? null, offered: NONE, editor: null };
    case 'sought':
      return { ...state, seek: null };
    case 'offer':
      return { ...state, active: null, offered: action.roots, editor: null };
    case 'close':
      return { ...state, active: null, seek: null, offered: NONE, moving: null };
    case 'write': {
      const { purpose, kind = 'gloss' } = action;
      const active = purpose.what === 'gloss' ? null : purpose.root;
      return { ...state, active, offered: NONE, moving: null, editor: { purpose, kind } };
    }
    case 'written':
      return { ...state, editor: null };
    case 'move':
      return { ...state, active: action.moved.note.root, offered: NONE, editor: null, moving: action.moved };
    case 'moved':
      return { ...state, moving: null };
    case 'filter':
      return { ...state, filter: { ...state.filter, ...action.filter } };
  }
}

/** The notes with others put in; an older version never replaces a newer one. */
function putNewer<N extends { id: string; version: number }>(
  notes: ReadonlyMap<string, N>,
  more: readonly N[],
): ReadonlyMap<string, N> {
  const next = new Map(notes);
  for (const note of more) {
    const known = next.get(note.id);
    if (!known || known.version <= note.version) next.set(note.id, note);
  }
  return next;
}

function addTags(tags: readonly string[], more: readonly string[]): readonly string[] {
  return more.length > 0 ? [...new Set([...tags, ...more])] : tags;
}

/** The state with what some notes say, and with those of them that nothing newer was known of. */
function readTexts(state: ReaderState, notes: readonly Annotation[]): ReaderState {
  const newer = notes.filter(({ id, version }) => (state.notes.get(id)?.version ?? 0) < version);
  const texts = putNewer(state.texts, notes);
  if (newer.length === 0) return { ...state, texts };
  return { ...state, texts, notes: putNewer(state.notes, newer.map(summarize)) };
}

/**
 * The threads that have something to show, roots first in each. A thread that is as it was `before` is that very
 * list, so that its card is not drawn anew for what came elsewhere.
 */
export function visibleThreads(
  notes: ReaderState['notes'],
  before: ReadonlyMap<string, AnnotationSummary[]> = new Map(),
): Map<string, AnnotationSummary[]> {
  const threads = groupThreads(notes.values());
  // Not by entries: they would be thousands of arrays to throw away.
  threads.forEach((thread, id) => {
    const known = before.get(id);
    if (thread[0]!.id !== id || !hasContent(thread)) threads.delete(id);
    else if (known?.length === thread.length && known.every((note, i) => note === thread[i]))
      threads.set(id, known);
  });
  return threads;
}

/** The threads that the filter keeps; what is open always stays. */
export function filterThreads(
  threads: Map<string, AnnotationSummary[]>,
  { filter, active, offered, texts }: Pick<ReaderState, 'filter' | 'active' | 'offered' | 'texts'>,
): AnnotationSummary[][] {
  const all = [...threads.values()];
  if (!isFiltering(filter)) return all;
  const open = new Set([active, ...offered]);
  return all.filter((thread) => open.has(thread[0]!.id) || matchesFilter(thread, filter, texts));
}

/** Whether a filter may keep a thread back. */
export function isFiltering({ scope, words }: ThreadFilter): boolean {
  return scope !== 'all' || words.trim() !== '';
}

/** A root that stands on words of the text, in one of its places. */
export interface PlacedThread {
  root: AnnotationSummary;
  thread: AnnotationSummary[];
  section: string;
  start: number;
  end: number;
  /** Whether it is on the image of a page, and stands where that page begins. */
  onImage?: boolean;
}

/** The same by section, in the same order. */
export function groupBySection(placed: readonly PlacedThread[]): Map<string, PlacedThread[]> {
  const sections = new Map<string, PlacedThread[]>();
  for (const place of placed) {
    const here = sections.get(place.section);
    if (here) here.push(place);
    else sections.set(place.section, [place]);
  }
  return sections;
}

/**
 * Threads by where they stand: on words, in as many places as the page has of them; on the image of a page alone; on the
 * whole section; or nowhere any more; or in a text that is newer than `revision`, which the page shows, so that nothing can be said of their
 * places. `stands` looks at the text itself: a note is never shown on words that it was not written on.
 */
export function locateThreads(
  threads: readonly AnnotationSummary[][],
  stands: (passage: AnchorSummary) => boolean,
  revision = Number.POSITIVE_INFINITY,
): {
  places: PlacedThread[];
  imaged: AnnotationSummary[][];
  whole: AnnotationSummary[][];
  lost: AnnotationSummary[][];
  ahead: AnnotationSummary[][];
} {
  const places: PlacedThread[] = [];
  const imaged: AnnotationSummary[][] = [];
  const whole: AnnotationSummary[][] = [];
  const lost: AnnotationSummary[][] = [];
  const ahead: AnnotationSummary[][] = [];
  for (const thread of threads) {
    const root = thread[0]!;
    const before = places.length;
    for (const passage of root.passages) {
      const { section, start, end } = passage;
      if (start !== null && end !== null && stands(passage))
        places.push({ root, thread, section, start, end });
    }
    if (places.length > before) continue;
    if (root.canvas !== null) imaged.push(thread);
    else if (root.revision > revision) ahead.push(thread);
    else if (root.passages.length > 0) lost.push(thread);
    else whole.push(thread);
  }
  return { places, imaged, whole, lost, ahead };
}

/** Each thread once, where it stands first. */
export function firstLocations(places: readonly PlacedThread[]): PlacedThread[] {
  const seen = new Set<AnnotationSummary>();
  return places.filter(({ root }) => root.passages.length === 1 || (!seen.has(root) && seen.add(root)));
}

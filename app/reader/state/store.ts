/** What the glossing layer knows and shows: one state, changed by plain actions. Pure. */
import type { Annotation, Kind } from '@/lib/annotation/schema';
import { type Brief, briefOf, type Stand } from '../data/annotation-summary';
import type { Portion } from '../data/api';
import type { Purpose } from '../data/editor-draft';
import { type Filter, groupThreads, isAlive, keepsThread, type Texts } from '../data/threads';

/** A passage of a note that is to stand elsewhere, by its number from 0; or a region of it that is to be drawn anew. */
export interface Moved {
  note: Annotation;
  passage: number;
  isDrawn?: boolean;
}

export interface GlossState {
  notes: ReadonlyMap<string, Brief>;
  /** What was read of them so far. */
  texts: Texts;
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
  moving: Moved | null;
  /** What is being written: one thing at a time, the rest waits as drafts. */
  editor: { purpose: Purpose; kind: Kind } | null;
  filter: Filter;
}

export type GlossAction =
  | { type: 'loading' }
  | ({ type: 'loaded'; notes: readonly Brief[] } & Partial<Portion>)
  | { type: 'read'; notes: readonly Annotation[] }
  | { type: 'failed' }
  | { type: 'put'; note: Annotation }
  | { type: 'open'; root: string; seek?: string }
  | { type: 'sought' }
  | { type: 'offer'; roots: readonly string[] }
  | { type: 'close' }
  | { type: 'write'; purpose: Purpose; kind?: Kind }
  | { type: 'written' }
  | { type: 'move'; moved: Moved }
  | { type: 'moved' }
  | { type: 'filter'; filter: Partial<Filter> };

// One array, so that nothing is reckoned anew when nothing is offered.
const NONE: readonly string[] = [];

export const EMPTY: GlossState = {
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
export function reduceGloss(state: GlossState, action: GlossAction): GlossState {
  switch (action.type) {
    case 'loading':
      return { ...EMPTY, filter: state.filter };
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
        notes: putNewer(state.notes, [briefOf(action.note)]),
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
function readTexts(state: GlossState, notes: readonly Annotation[]): GlossState {
  const newer = notes.filter(({ id, version }) => (state.notes.get(id)?.version ?? 0) < version);
  const texts = putNewer(state.texts, notes);
  if (newer.length === 0) return { ...state, texts };
  return { ...state, texts, notes: putNewer(state.notes, newer.map(briefOf)) };
}

/**
 * The threads that have something to show, roots first in each. A thread that is as it was `before` is that very
 * list, so that its card is not drawn anew for what came elsewhere.
 */
export function liveThreads(
  notes: GlossState['notes'],
  before: ReadonlyMap<string, Brief[]> = new Map(),
): Map<string, Brief[]> {
  const threads = groupThreads(notes.values());
  // Not by entries: they would be thousands of arrays to throw away.
  threads.forEach((thread, id) => {
    const known = before.get(id);
    if (thread[0]!.id !== id || !isAlive(thread)) threads.delete(id);
    else if (known?.length === thread.length && known.every((note, i) => note === thread[i]))
      threads.set(id, known);
  });
  return threads;
}

/** The threads that the filter keeps; what is open always stays. */
export function keptThreads(
  threads: Map<string, Brief[]>,
  { filter, active, offered, texts }: Pick<GlossState, 'filter' | 'active' | 'offered' | 'texts'>,
): Brief[][] {
  const all = [...threads.values()];
  if (!narrows(filter)) return all;
  const open = new Set([active, ...offered]);
  return all.filter((thread) => open.has(thread[0]!.id) || keepsThread(thread, filter, texts));
}

/** Whether a filter may keep a thread back. */
export function narrows({ scope, words }: Filter): boolean {
  return scope !== 'all' || words.trim() !== '';
}

/** A root that stands on words of the text, in one of its places. */
export interface Placed {
  root: Brief;
  thread: Brief[];
  section: string;
  start: number;
  end: number;
  /** Whether it is on the image of a page, and stands where that page begins. */
  onImage?: boolean;
}

/** The same by section, in the same order. */
export function bySection(placed: readonly Placed[]): Map<string, Placed[]> {
  const sections = new Map<string, Placed[]>();
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
export function placeThreads(
  threads: readonly Brief[][],
  stands: (passage: Stand) => boolean,
  revision = Number.POSITIVE_INFINITY,
): { places: Placed[]; imaged: Brief[][]; whole: Brief[][]; lost: Brief[][]; ahead: Brief[][] } {
  const places: Placed[] = [];
  const imaged: Brief[][] = [];
  const whole: Brief[][] = [];
  const lost: Brief[][] = [];
  const ahead: Brief[][] = [];
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
export function firstPlaces(places: readonly Placed[]): Placed[] {
  const seen = new Set<Brief>();
  return places.filter(({ root }) => root.passages.length === 1 || (!seen.has(root) && seen.add(root)));
}

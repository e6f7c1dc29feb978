/** What the glossing layer knows and shows: one state, changed by plain actions. Pure. */
import type { Annotation, Kind, Passage } from '@/lib/annotation/schema';
import type { Purpose } from './draft';
import { type Filter, groupThreads, isAlive, keepsThread } from './thread';

/** A passage of a note that is to stand elsewhere, by its number from 0. */
export interface Moved {
  note: Annotation;
  passage: number;
}

export interface GlossState {
  notes: ReadonlyMap<string, Annotation>;
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
  | { type: 'loaded'; notes: readonly Annotation[]; more?: boolean }
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
      return { ...EMPTY, notes: new Map(), filter: state.filter };
    case 'loaded':
      // What came before is ready still where it is looked at once more.
      return {
        ...state,
        status: action.more && state.status !== 'ready' ? 'loading' : 'ready',
        notes: putNotes(state.notes, action.notes),
      };
    case 'failed':
      return { ...state, status: 'failed' };
    case 'put':
      return { ...state, notes: putNotes(state.notes, [action.note]) };
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
function putNotes(notes: GlossState['notes'], more: readonly Annotation[]): GlossState['notes'] {
  const next = new Map(notes);
  for (const note of more) {
    const known = next.get(note.id);
    if (!known || known.version <= note.version) next.set(note.id, note);
  }
  return next;
}

/**
 * The threads that have something to show, roots first in each. A thread that is as it was `before` is that very
 * list, so that its card is not drawn anew for what came elsewhere.
 */
export function liveThreads(
  notes: GlossState['notes'],
  before: ReadonlyMap<string, Annotation[]> = new Map(),
): Map<string, Annotation[]> {
  const threads = groupThreads(notes.values());
  for (const [id, thread] of threads) {
    const known = before.get(id);
    if (thread[0]?.parent !== null || !isAlive(thread)) threads.delete(id);
    else if (known?.length === thread.length && known.every((note, i) => note === thread[i]))
      threads.set(id, known);
  }
  return threads;
}

/** The threads that the filter keeps; what is open always stays. */
export function keptThreads(
  threads: Map<string, Annotation[]>,
  { filter, active, offered }: Pick<GlossState, 'filter' | 'active' | 'offered'>,
): Annotation[][] {
  const open = new Set([active, ...offered]);
  return [...threads.values()].filter((thread) => open.has(thread[0]!.id) || keepsThread(thread, filter));
}

/** A root that stands on words of the text, in one of its places. */
export interface Placed {
  root: Annotation;
  thread: Annotation[];
  section: string;
  start: number;
  end: number;
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
 * Threads by where they stand: on words, in as many places as the page has of them; on the whole section; or nowhere
 * any more; or in a text that is newer than `revision`, which the page shows, so that nothing can be said of their
 * places. `stands` looks at the text itself: a note is never shown on words that it was not written on.
 */
export function placeThreads(
  threads: readonly Annotation[][],
  stands: (passage: Passage) => boolean,
  revision = Number.POSITIVE_INFINITY,
): { places: Placed[]; whole: Annotation[][]; lost: Annotation[][]; ahead: Annotation[][] } {
  const places: Placed[] = [];
  const whole: Annotation[][] = [];
  const lost: Annotation[][] = [];
  const ahead: Annotation[][] = [];
  for (const thread of threads) {
    const root = thread[0]!;
    const before = places.length;
    for (const passage of root.passages) {
      const { section, start, end } = passage;
      if (start !== null && end !== null && stands(passage))
        places.push({ root, thread, section, start, end });
    }
    if (places.length > before) continue;
    const newest = Math.max(
      root.anchorRevision ?? 0,
      ...root.passages.map((passage) => passage.anchorRevision),
    );
    if (newest > revision) ahead.push(thread);
    else if (root.passages.length > 0) lost.push(thread);
    else whole.push(thread);
  }
  return { places, whole, lost, ahead };
}

/** Each thread once, where it stands first. */
export function firstPlaces(places: readonly Placed[]): Placed[] {
  const seen = new Set<Annotation>();
  return places.filter(({ root }) => !seen.has(root) && seen.add(root));
}

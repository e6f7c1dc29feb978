/** Which threads are shown, and where in the page each belongs. Pure. */
import type { AnchorSummary, AnnotationSummary } from '../data/annotation-summary';
import { matchesFilter } from '../data/filter-threads';
import { isFiltering } from '../data/thread-filter';
import { groupThreads, hasContent } from '../data/threads';
import type { ReaderState } from './reducer';

export type Thread = AnnotationSummary[];

/** A thread at one of the passages that its root is on. */
export interface PlacedThread {
  root: AnnotationSummary;
  thread: Thread;
  section: string;
  start: number;
  end: number;
  /** Whether it is on a page image, and stands where that page begins in the text. */
  onImage?: boolean;
}

/**
 * The threads that have something to show, the root first in each. A thread that is unchanged since `before` is that
 * very list, so that its card is not rendered again.
 */
export function visibleThreads(
  summaries: ReaderState['summaries'],
  before: ReadonlyMap<string, Thread> = new Map(),
): Map<string, Thread> {
  const threads = groupThreads(summaries.values());
  // Not `for … of`, which makes an array of each of thousands of entries.
  threads.forEach((thread, id) => {
    const known = before.get(id);
    if (thread[0]!.id !== id || !hasContent(thread)) threads.delete(id);
    else if (known?.length === thread.length && known.every((summary, i) => summary === thread[i]))
      threads.set(id, known);
  });
  return threads;
}

/** The threads that the filter keeps; an open one always stays. */
export function filterThreads(
  threads: ReadonlyMap<string, Thread>,
  {
    filter,
    active,
    overlapChoices,
    annotations,
  }: Pick<ReaderState, 'filter' | 'active' | 'overlapChoices' | 'annotations'>,
): Thread[] {
  const all = [...threads.values()];
  if (!isFiltering(filter)) return all;
  const open = new Set([active, ...overlapChoices]);
  return all.filter((thread) => open.has(thread[0]!.id) || matchesFilter(thread, filter, annotations));
}

/** Placed threads by section, in the same order. */
export function groupBySection(placed: readonly PlacedThread[]): Map<string, PlacedThread[]> {
  const sections = new Map<string, PlacedThread[]>();
  for (const place of placed) {
    const here = sections.get(place.section);
    if (here) here.push(place);
    else sections.set(place.section, [place]);
  }
  return sections;
}

/** Threads by the kind of their anchors. */
export interface LocatedThreads {
  /** At every passage of theirs that the page has. */
  passages: PlacedThread[];
  /** On a page image, and on no passage of this page. */
  onImageOnly: Thread[];
  /** On a whole section. */
  onSection: Thread[];
  /** On passages that are no longer in the text. */
  orphaned: Thread[];
  /** On a text newer than the page shows, whose passages the page cannot know. */
  newerRevision: Thread[];
}

/**
 * Sorts threads by where they belong on a page that shows `revision`. `isAt` looks at the text itself: an annotation is
 * never shown on words that it was not written on.
 */
export function locateThreads(
  threads: readonly Thread[],
  isAt: (passage: AnchorSummary) => boolean,
  revision = Number.POSITIVE_INFINITY,
): LocatedThreads {
  const passages: PlacedThread[] = [];
  const onImageOnly: Thread[] = [];
  const onSection: Thread[] = [];
  const orphaned: Thread[] = [];
  const newerRevision: Thread[] = [];
  for (const thread of threads) {
    const root = thread[0]!;
    const before = passages.length;
    for (const passage of root.passages) {
      const { section, start, end } = passage;
      if (start !== null && end !== null && isAt(passage))
        passages.push({ root, thread, section, start, end });
    }
    if (passages.length > before) continue;
    if (root.canvas !== null) onImageOnly.push(thread);
    else if (root.revision > revision) newerRevision.push(thread);
    else if (root.passages.length > 0) orphaned.push(thread);
    else onSection.push(thread);
  }
  return { passages, onImageOnly, onSection, orphaned, newerRevision };
}

/** Each thread once, at its first passage. */
export function firstLocations(passages: readonly PlacedThread[]): PlacedThread[] {
  const seen = new Set<AnnotationSummary>();
  return passages.filter(({ root }) => root.passages.length === 1 || (!seen.has(root) && seen.add(root)));
}

/** The threads of a page in lists, as state/threads.ts computes them. */
import { type FilterCounts, NO_COUNTS } from '../data/thread-filter';
import type { PlacedThread, Thread } from './thread-locations';

/** Threads by where they belong; those on words and images in the order of the page. */
export interface Threads {
  /** Each thread at its first passage. */
  placed: readonly PlacedThread[];
  /** The same by section. */
  placedBySection: ReadonlyMap<string, PlacedThread[]>;
  /** Every passage of every thread, by section. */
  passagesBySection: ReadonlyMap<string, PlacedThread[]>;
  /** Threads on page images. */
  onImages: readonly Thread[];
  /** Those of them that are on no passage of this page. */
  onImageOnly: readonly Thread[];
  onSection: readonly Thread[];
  orphaned: readonly Thread[];
  /** Threads on a newer revision than the page shows. */
  newerRevision: readonly Thread[];
  /** How many there are, and how many each condition of the filter would keep. */
  counts: FilterCounts;
}

export const NO_THREADS: Threads = {
  placed: [],
  placedBySection: new Map(),
  passagesBySection: new Map(),
  onImages: [],
  onImageOnly: [],
  onSection: [],
  orphaned: [],
  newerRevision: [],
  counts: NO_COUNTS,
};

/** The open thread, wherever it belongs. */
export function openThreadOf(state: { active: string | null; threads: Threads }): Thread | undefined {
  const { active, threads } = state;
  if (active === null) return undefined;
  const { placed, onImageOnly, onSection, orphaned } = threads;
  const onWords = placed.find(({ root }) => root.id === active)?.thread;
  return onWords ?? [...onImageOnly, ...onSection, ...orphaned].find(([root]) => root?.id === active);
}

/** Number of the threads that the filter keeps; an open one that it would not keep does not count. */
export function countThreads({ threads }: { threads: Threads }): number {
  return threads.counts.kept;
}

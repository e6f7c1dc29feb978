/** Which threads of a page are shown, as conditions that people combine. Pure. */
import type { Kind } from '@/lib/annotation/schema';

/** Every condition that is set must hold for a thread. */
export interface ThreadFilter {
  /** Words in the texts, the names, the quotes or the tags of its notes. */
  words: string;
  /** Whether the reader wrote in it. */
  mine: boolean;
  /** Whether it begins with a question that has no reply and is not resolved. */
  unanswered: boolean;
  /** Whether it begins with a question that nobody has marked as resolved. */
  unresolved: boolean;
  /** The kind of its first note. */
  kind: Kind | null;
  /** The id of a person who wrote in it. */
  author: string | null;
  /** All of these are tags of its notes. */
  tags: readonly string[];
  /** Whether something in it was written today, this week, or on a day (as 2026-01-31) or later. */
  since: string | null;
}

export const NO_FILTER: ThreadFilter = {
  words: '',
  mine: false,
  unanswered: false,
  unresolved: false,
  kind: null,
  author: null,
  tags: [],
  since: null,
};

/** The conditions that are on or off. */
export const FILTER_SWITCHES = ['mine', 'unanswered', 'unresolved'] as const;
export type FilterSwitch = (typeof FILTER_SWITCHES)[number];

export type FilterCondition = keyof ThreadFilter;

/** How many threads each condition would keep, together with the others that are set. */
export interface FilterCounts {
  /** All threads, and those that the filter keeps. */
  all: number;
  kept: number;
  mine: number;
  unanswered: number;
  unresolved: number;
  kinds: ReadonlyMap<Kind, number>;
  authors: ReadonlyMap<string, { name: string; count: number }>;
  tags: ReadonlyMap<string, number>;
}

export const NO_COUNTS: FilterCounts = {
  all: 0,
  kept: 0,
  mine: 0,
  unanswered: 0,
  unresolved: 0,
  kinds: new Map(),
  authors: new Map(),
  tags: new Map(),
};

/** Whether a filter may hide a thread. */
export function isFiltering(filter: ThreadFilter): boolean {
  return conditionsOf(filter).length > 0;
}

/** Number of the conditions that are set. */
export function countConditions(filter: ThreadFilter): number {
  return conditionsOf(filter).length + Math.max(0, filter.tags.length - 1);
}

/** The conditions that are set. */
export function conditionsOf(filter: ThreadFilter): FilterCondition[] {
  const { words, tags, ...others } = filter;
  const set = (Object.keys(others) as (keyof typeof others)[]).filter((name) => Boolean(others[name]));
  return [
    ...(words.trim() === '' ? [] : ['words' as const]),
    ...(tags.length > 0 ? ['tags' as const] : []),
    ...set,
  ];
}

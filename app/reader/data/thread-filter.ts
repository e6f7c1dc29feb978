/** Which threads of a page are shown, as a condition that people combine and an address carries; and counts for it. Pure. */
import { KINDS } from '@/lib/annotation/constants';
import type { Kind } from '@/lib/annotation/schema';
import type { AnnotationSummary } from './annotation-summary';
import { type AnnotationsById, countReplies } from './threads';

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

type Condition = keyof ThreadFilter;
type Summaries = readonly AnnotationSummary[];

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

function conditionsOf(filter: ThreadFilter): Condition[] {
  const { words, tags, ...others } = filter;
  const set = (Object.keys(others) as (keyof typeof others)[]).filter((name) => Boolean(others[name]));
  return [
    ...(words.trim() === '' ? [] : ['words' as const]),
    ...(tags.length > 0 ? ['tags' as const] : []),
    ...set,
  ];
}

/** Whether the filter keeps a thread, the root of which comes first. Words are looked for in the texts that are loaded. */
export function matchesFilter(
  thread: Summaries,
  filter: ThreadFilter,
  annotations: AnnotationsById,
  now: Date = new Date(),
): boolean {
  return conditionsOf(filter).every((condition) => holds(condition, thread, filter, annotations, now));
}

/**
 * Counts threads for every condition, each as if it were set besides the others. Whatever is open changes nothing, since
 * only the threads themselves are counted.
 */
export function countThreadsBy(
  threads: Iterable<Summaries>,
  filter: ThreadFilter,
  annotations: AnnotationsById,
  now: Date = new Date(),
): FilterCounts {
  const counts = { all: 0, kept: 0, mine: 0, unanswered: 0, unresolved: 0 };
  const kinds = new Map<Kind, number>();
  const authors = new Map<string, { name: string; count: number }>();
  const tags = new Map<string, number>();
  const conditions = conditionsOf(filter);
  for (const thread of threads) {
    counts.all++;
    const failed = conditions.filter((condition) => !holds(condition, thread, filter, annotations, now));
    if (failed.length > 1) continue;
    const [only] = failed;
    if (only === undefined) counts.kept++;
    // A thread counts for a condition where at most that very condition would leave it out.
    const isFor = (condition: Condition) => only === undefined || only === condition;
    const root = thread[0]!;
    for (const name of FILTER_SWITCHES) if (isFor(name) && SWITCHES[name](thread)) counts[name]++;
    if (isFor('kind')) kinds.set(root.kind, (kinds.get(root.kind) ?? 0) + 1);
    if (isFor('author')) {
      for (const [id, { name }] of authorsOf(thread)) {
        const known = authors.get(id);
        if (known) known.count++;
        else authors.set(id, { name, count: 1 });
      }
    }
    if (only === undefined) for (const tag of tagsOf(thread)) tags.set(tag, (tags.get(tag) ?? 0) + 1);
  }
  return { ...counts, kinds, authors, tags };
}

const SWITCHES: Record<FilterSwitch, (thread: Summaries) => boolean> = {
  mine: (thread) => thread.some(({ mine, isTombstone }) => mine && !isTombstone),
  unanswered: (thread) => isOpenQuestion(thread) && countReplies(thread) === 0,
  unresolved: isOpenQuestion,
};

function isOpenQuestion([root]: Summaries): boolean {
  return root!.kind === 'question' && !root!.resolved && !root!.isTombstone;
}

/** Whether a thread begins with a question that waits for an answer. */
export function isUnanswered(thread: Summaries): boolean {
  return SWITCHES.unanswered(thread);
}

function holds(
  condition: Condition,
  thread: Summaries,
  filter: ThreadFilter,
  annotations: AnnotationsById,
  now: Date,
): boolean {
  switch (condition) {
    case 'mine':
    case 'unanswered':
    case 'unresolved':
      return SWITCHES[condition](thread);
    case 'kind':
      return thread[0]!.kind === filter.kind;
    case 'author':
      return thread.some(({ author, isTombstone }) => author.id === filter.author && !isTombstone);
    case 'tags':
      return filter.tags.every((tag) => thread.some(({ tags }) => tags.includes(tag)));
    case 'since': {
      const since = sinceSeconds(filter.since ?? '', now);
      return thread.some(({ created, isTombstone }) => created >= since && !isTombstone);
    }
    case 'words':
      return holdsWords(thread, filter.words, annotations);
  }
}

/** The beginning of a span of time in the reader's zone, in seconds since 1970; of no span 0. */
export function sinceSeconds(since: string, now: Date): number {
  const day = new Date(now);
  day.setHours(0, 0, 0, 0);
  // A week begins on Monday (ISO 8601).
  if (since === 'week') day.setDate(day.getDate() - ((day.getDay() + 6) % 7));
  else if (since !== 'today') {
    const [, year, month, date] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(since) ?? [];
    if (!year) return 0;
    return new Date(Number(year), Number(month) - 1, Number(date)).getTime() / 1000;
  }
  return day.getTime() / 1000;
}

function authorsOf(thread: Summaries): Map<string, AnnotationSummary['author']> {
  const authors = new Map<string, AnnotationSummary['author']>();
  for (const { author, isTombstone } of thread) if (!isTombstone) authors.set(author.id, author);
  return authors;
}

function tagsOf(thread: Summaries): Set<string> {
  return new Set(thread.flatMap(({ tags }) => tags));
}

function holdsWords(thread: Summaries, words: string, annotations: AnnotationsById): boolean {
  const needle = foldCase(words.trim());
  return thread.some(({ id }) => {
    const annotation = annotations.get(id);
    if (!annotation) return false;
    const { body, author, exact, tags } = annotation;
    return foldCase([body, author.name, exact ?? '', ...tags].join('\n')).includes(needle);
  });
}

/** Text without case and accents, for searching; but й stays й, which is a letter of its own. */
function foldCase(text: string): string {
  return text
    .toLocaleLowerCase()
    .normalize('NFD')
    .replace(/(?<!и)\p{M}/gu, '')
    .normalize('NFC');
}

/** The names that an address gives to the conditions. */
const PARAMETERS = ['q', 'mine', 'unanswered', 'unresolved', 'kind', 'author', 'tag', 'since'] as const;

/** The filter of an address; what is no condition there is left out. */
export function readFilter(search: URLSearchParams): ThreadFilter {
  const since = search.get('since') ?? '';
  return {
    words: search.get('q') ?? '',
    mine: search.has('mine'),
    unanswered: search.has('unanswered'),
    unresolved: search.has('unresolved'),
    kind: KINDS.find((kind) => kind === search.get('kind')) ?? null,
    author: search.get('author') || null,
    tags: [...new Set(search.getAll('tag').filter(Boolean))],
    since: /^(today|week|\d{4}-\d\d-\d\d)$/.test(since) ? since : null,
  };
}

/** Puts a filter into an address, in place of the one there. */
export function writeFilter(search: URLSearchParams, filter: ThreadFilter): void {
  for (const name of PARAMETERS) search.delete(name);
  const { words, kind, author, tags, since } = filter;
  if (words.trim() !== '') search.set('q', words.trim());
  for (const name of FILTER_SWITCHES) if (filter[name]) search.set(name, '1');
  if (kind) search.set('kind', kind);
  if (author) search.set('author', author);
  for (const tag of tags) search.append('tag', tag);
  if (since) search.set('since', since);
}

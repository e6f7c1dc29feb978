/** Which threads a filter keeps, and how many each of its conditions would. Pure. */
import type { Kind } from '@/lib/annotation/schema';
import type { AnnotationSummary } from './annotation-summary';
import {
  conditionsOf,
  FILTER_SWITCHES,
  type FilterCondition,
  type FilterCounts,
  type FilterSwitch,
  type ThreadFilter,
} from './thread-filter';
import { type AnnotationsById, countReplies } from './threads';

type Summaries = readonly AnnotationSummary[];

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
    const isFor = (condition: FilterCondition) => only === undefined || only === condition;
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
  condition: FilterCondition,
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

/** Loads the summaries of a page's annotations, and the texts of many at once. */
import { api } from '@/app/_ui/api-client';
import type { Annotation } from '@/lib/annotation/schema';
import { type AnnotationSummary, readSummaries } from './annotation-summary';

/** Milliseconds until the first batch is given, and the factor by which each later wait is longer. */
const FIRST_WAIT = 1_000;
const WAIT_GROWTH = 4;
/** Threads in one call: an address has a limited length. */
const THREADS_PER_CALL = 50;

/** The annotations of a group on a page of an edition: its section, and the notes below it. */
export interface PageScope {
  group: string;
  edition: string;
  page: string;
}

/** Summaries, their tags, and the full annotations of those near the view. */
export interface SummaryBatch {
  summaries: readonly AnnotationSummary[];
  tags: readonly string[];
  annotations: readonly Annotation[];
  /** Whether another batch follows. */
  more: boolean;
}

/**
 * All summaries of a page, with the full annotations near `near` (`section:offset` in code points). Where loading takes
 * long, what has come is given while the rest comes; the waits grow, because the reader computes everything anew with
 * each batch.
 */
export async function* loadSummaries(
  { group, edition, page }: PageScope,
  near: string,
  signal: AbortSignal,
): AsyncGenerator<SummaryBatch> {
  let summaries: AnnotationSummary[] = [];
  let tags: string[] = [];
  let annotations: Annotation[] = [];
  let wait = FIRST_WAIT;
  let since = performance.now();
  for (let cursor: string | undefined | null; cursor !== null; ) {
    const query = { edition, page, near: near || undefined, cursor };
    const index = await api('GET /groups/:group/outline', { param: { group }, query, signal });
    const loaded = readSummaries(index);
    summaries = summaries.length === 0 ? loaded : summaries.concat(loaded);
    tags = tags.concat(index.tags);
    annotations = annotations.concat(index.texts);
    cursor = index.next;
    if (cursor !== null && performance.now() - since < wait) continue;
    yield { summaries, tags, annotations, more: cursor !== null };
    [summaries, tags, annotations] = [[], [], []];
    wait *= WAIT_GROWTH;
    since = performance.now();
  }
}

/** The full annotations of threads, by the ids of their roots. */
export async function* loadThreads(
  group: string,
  roots: readonly string[],
  signal: AbortSignal,
): AsyncGenerator<Annotation[]> {
  for (let from = 0; from < roots.length; from += THREADS_PER_CALL) {
    const thread = roots.slice(from, from + THREADS_PER_CALL).join();
    yield* loadList(group, { thread }, signal);
  }
}

/** The full annotations of a page. */
export function loadAllAnnotations(
  { group, edition, page }: PageScope,
  signal: AbortSignal,
): AsyncGenerator<Annotation[]> {
  return loadList(group, { edition, page }, signal);
}

/** The roots of the threads of a page that have something new to the reader, of the first five hundred such notes. */
export async function loadUnreadThreads(
  { group, edition, page }: PageScope,
  signal: AbortSignal,
): Promise<Set<string>> {
  const query = { edition, page, unread: '1' as const, limit: 500 };
  const { items } = await api('GET /groups/:group/annotations', { param: { group }, query, signal });
  return new Set(items.map(({ root }) => root));
}

async function* loadList(
  group: string,
  filter: { thread?: string; edition?: string; page?: string },
  signal: AbortSignal,
): AsyncGenerator<Annotation[]> {
  for (let cursor: string | undefined | null; cursor !== null; ) {
    const query = { ...filter, limit: 500, cursor };
    const page = await api('GET /groups/:group/annotations', { param: { group }, query, signal });
    yield page.items;
    cursor = page.next;
  }
}

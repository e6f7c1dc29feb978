/** The threads that the page shows, computed from the state. Each step runs again only when its own input changes. */
import type { CanvasView } from '@/lib/canvas/schema';
import { fingerprint } from '@/lib/kernel/code-points';
import type { AnchorSummary } from '../data/annotation-summary';
import { countThreadsBy } from '../data/filter-threads';
import { isFiltering } from '../data/thread-filter';
import { sortSpans } from '../text/intervals';
import type { TextContainers } from '../text/text-containers';
import { readerOf } from '../text/text-position';
import { INITIAL_STATE, type ReaderState } from './reducer';
import type { Threads } from './thread-lists';
import {
  filterThreads,
  firstLocations,
  groupBySection,
  locateThreads,
  type PlacedThread,
  type Thread,
  visibleThreads,
} from './thread-locations';

interface ThreadInput extends ReaderState {
  containers: TextContainers;
  revision: number;
  canvases: { items: readonly CanvasView[] };
}

/** Gives a function that computes the threads of a state and remembers its last steps. */
export function createThreadSelector(): (state: ThreadInput) => Threads {
  let known = new Map<string, Thread>();
  const group = memoizeLast((summaries: ReaderState['summaries']) => {
    known = visibleThreads(summaries, known);
    return known;
  });
  const filterKept = memoizeLast(
    (
      threads: Map<string, Thread>,
      filter: ReaderState['filter'],
      active: ReaderState['active'],
      overlapChoices: ReaderState['overlapChoices'],
      annotations: ReaderState['annotations'],
    ) => filterThreads(threads, { filter, active, overlapChoices, annotations }),
  );
  const count = memoizeLast(
    (threads: Map<string, Thread>, filter: ReaderState['filter'], annotations: ReaderState['annotations']) =>
      countThreadsBy(threads.values(), filter, annotations),
  );
  const place = memoizeLast(placeThreads);
  const withCounts = memoizeLast((lists: Omit<Threads, 'counts'>, counts: Threads['counts']): Threads => {
    return { ...lists, counts };
  });
  return ({ summaries, filter, active, overlapChoices, annotations, containers, revision, canvases }) => {
    const isFiltered = isFiltering(filter);
    const all = group(summaries);
    const searched = filter.words.trim() === '' ? INITIAL_STATE.annotations : annotations;
    const kept = filterKept(
      all,
      filter,
      // Without a filter these change nothing, so that opening a thread computes nothing again.
      isFiltered ? active : null,
      isFiltered ? overlapChoices : INITIAL_STATE.overlapChoices,
      searched,
    );
    const counts = count(all, filter, searched);
    return withCounts(place(kept, containers, revision, canvases.items), counts);
  };
}

function memoizeLast<A extends unknown[], R>(compute: (...input: A) => R): (...input: A) => R {
  let last: { input: A; result: R } | null = null;
  return (...input) => {
    if (!last?.input.every((value, i) => Object.is(value, input[i])))
      last = { input, result: compute(...input) };
    return last!.result;
  };
}

function placeThreads(
  kept: readonly Thread[],
  containers: TextContainers,
  revision: number,
  canvases: readonly CanvasView[],
): Omit<Threads, 'counts'> {
  const readers = new Map([...containers].map(([section, container]) => [section, readerOf(container)]));
  const isAt = (passage: AnchorSummary): boolean => {
    const { section, start, end } = passage;
    const read = readers.get(section);
    if (!read || start === null || end === null) return false;
    // The server has found the passage in the very text that the page shows.
    if (passage.revision === revision) return true;
    const words = read(start, end);
    // A fuzzy anchor has other words by definition; any other must have just those that were quoted.
    return passage.fuzzy ? words !== '' : fingerprint(words) === passage.fingerprint;
  };
  const { passages, ...others } = locateThreads(kept, isAt, revision);
  const { onImageOnly, onSection, orphaned, newerRevision } = others;
  const imagesBySection = groupBySection(placeOnPages(onImageOnly, canvases));
  const passagesBySection = groupBySection(passages);
  const lists: PlacedThread[][] = [];
  for (const section of containers.keys()) {
    const here = sortSpans(passagesBySection.get(section) ?? []);
    if (here.length > 0) passagesBySection.set(section, here);
    const images = imagesBySection.get(section);
    lists.push(images ? sortSpans([...here, ...images]) : here);
  }
  const all = lists.length === 1 ? lists[0]! : lists.flat();
  // Mostly each thread has one passage, and none is on an image: then the lists are the same.
  const anchored =
    kept.length - onImageOnly.length - onSection.length - orphaned.length - newerRevision.length;
  const placed = passages.length > anchored ? firstLocations(all) : all;
  const isSame = placed === all && imagesBySection.size === 0;
  return {
    placed,
    placedBySection: isSame ? passagesBySection : groupBySection(placed),
    passagesBySection,
    onImages: kept.filter((thread) => thread[0]!.canvas !== null),
    ...others,
  };
}

/** Threads on page images only, each where its page begins in the text. */
function placeOnPages(threads: readonly Thread[], canvases: readonly CanvasView[]): PlacedThread[] {
  const byId = new Map(canvases.map((canvas) => [canvas.id, canvas]));
  return threads.flatMap((thread) => {
    const root = thread[0]!;
    const canvas = byId.get(root.canvas!);
    if (!canvas) return [];
    const start = canvas.offset ?? 0;
    return [{ root, thread, section: canvas.section, start, end: start + 1, onImage: true }];
  });
}

'use client';
import { useMemo } from 'react';
import type { CanvasView } from '@/lib/canvas/schema';
import { fingerprint } from '@/lib/kernel/code-points';
import type { AnchorSummary, AnnotationSummary } from '../data/annotation-summary';
import { sortSpans } from '../text/intervals';
import { readerOf } from '../text/text-position';
import {
  filterThreads,
  firstLocations,
  groupBySection,
  INITIAL_STATE,
  isFiltering,
  locateThreads,
  type PlacedThread,
  type ReaderState,
  visibleThreads,
} from './store';

/** Threads by where they stand; those on words and on images in the order of the page. */
export interface Threads {
  /** Each where it stands first. */
  placed: readonly PlacedThread[];
  /** The same by section. */
  firsts: ReadonlyMap<string, PlacedThread[]>;
  /** Every place on words by section. */
  sections: ReadonlyMap<string, PlacedThread[]>;
  /** Those on page images: of every kind, and of those the ones that stand on no words beside. */
  drawn: readonly AnnotationSummary[][];
  imaged: readonly AnnotationSummary[][];
  whole: readonly AnnotationSummary[][];
  lost: readonly AnnotationSummary[][];
  /** Of a newer text than the page shows. */
  ahead: readonly AnnotationSummary[][];
}

/** The threads that the filter keeps, by where they stand on a page that shows `revision` and has `canvases`. */
export function useThreads(
  { notes, texts, filter, active, offered }: ReaderState,
  roots: ReadonlyMap<string, HTMLElement>,
  revision: number,
  canvases: readonly CanvasView[],
): Threads {
  const grown = useMemo(() => ({ before: new Map<string, AnnotationSummary[]>() }), []);
  const threads = useMemo(() => {
    grown.before = visibleThreads(notes, grown.before);
    return grown.before;
  }, [notes, grown]);
  // Without a filter what is open changes nothing, and nothing is painted anew for it.
  const filtered = isFiltering(filter);
  const open = filtered ? active : null;
  const choice = filtered ? offered : INITIAL_STATE.offered;
  const said = filter.words.trim() === '' ? INITIAL_STATE.texts : texts;
  const kept = useMemo(
    () => filterThreads(threads, { filter, active: open, offered: choice, texts: said }),
    [threads, filter, open, choice, said],
  );
  return useMemo(() => {
    const readers = new Map([...roots].map(([section, root]) => [section, readerOf(root)]));
    const stands = ({ section, start, end, revision: counted, words, fuzzy }: AnchorSummary): boolean => {
      const read = readers.get(section);
      if (!read || start === null || end === null) return false;
      // The server saw to it that they are there, in the very text that the page shows.
      if (counted === revision) return true;
      const here = read(start, end);
      // A passage found again with other words says so; any other must be just what was quoted.
      return fuzzy ? here !== '' : fingerprint(here) === words;
    };
    const { places, imaged, ...others } = locateThreads(kept, stands, revision);
    const { whole, lost, ahead } = others;
    const beside = groupBySection(placeImages(imaged, canvases));
    const sections = groupBySection(places);
    const lists: PlacedThread[][] = [];
    for (const section of roots.keys()) {
      const here = sortSpans(sections.get(section) ?? []);
      if (here.length > 0) sections.set(section, here);
      const images = beside.get(section);
      lists.push(images ? sortSpans([...here, ...images]) : here);
    }
    const all = lists.length === 1 ? lists[0]! : lists.flat();
    // Mostly each stands in one place, and none beside: then nothing is to be sifted.
    const rooted = kept.length - imaged.length - whole.length - lost.length - ahead.length;
    const placed = places.length > rooted ? firstLocations(all) : all;
    const firsts = placed === all && beside.size === 0 ? sections : groupBySection(placed);
    const drawn = kept.filter((thread) => thread[0]!.canvas !== null);
    return { placed, firsts, sections, drawn, imaged, ...others };
  }, [kept, roots, revision, canvases]);
}

/** Threads on page images alone, each where its page begins in the text. */
function placeImages(
  imaged: readonly AnnotationSummary[][],
  canvases: readonly CanvasView[],
): PlacedThread[] {
  const byId = new Map(canvases.map((canvas) => [canvas.id, canvas]));
  return imaged.flatMap((thread) => {
    const root = thread[0]!;
    const canvas = byId.get(root.canvas!);
    if (!canvas) return [];
    const start = canvas.offset ?? 0;
    return [{ root, thread, section: canvas.section, start, end: start + 1, onImage: true }];
  });
}

'use client';
import { useMemo } from 'react';
import type { Annotation, Passage } from '@/lib/annotation/schema';
import { sliceOf } from './position';
import {
  bySection,
  EMPTY,
  firstPlaces,
  type GlossState,
  keptThreads,
  liveThreads,
  type Placed,
  placeThreads,
} from './store';

/** Threads by where they stand; those on words in the order of the page. */
export interface Threads {
  /** Each where it stands first. */
  placed: readonly Placed[];
  /** Every place, and the same by section. */
  places: readonly Placed[];
  sections: ReadonlyMap<string, Placed[]>;
  whole: readonly Annotation[][];
  lost: readonly Annotation[][];
  /** Of a newer text than the page shows. */
  ahead: readonly Annotation[][];
}

/** The threads that the filter keeps, by where they stand on a page that shows `revision`. */
export function useThreads(
  { notes, filter, active, offered }: GlossState,
  roots: ReadonlyMap<string, HTMLElement>,
  revision: number,
): Threads {
  const threads = useMemo(() => liveThreads(notes), [notes]);
  // Without a filter what is open changes nothing, and nothing is painted anew for it.
  const filtered = filter.scope !== 'all' || filter.words.trim() !== '';
  const open = filtered ? active : null;
  const choice = filtered ? offered : EMPTY.offered;
  const kept = useMemo(
    () => keptThreads(threads, { filter, active: open, offered: choice }),
    [threads, filter, open, choice],
  );
  // The text of a root never changes: each passage is looked up in it once.
  // biome-ignore lint/correctness/useExhaustiveDependencies: other roots are other texts
  const looked = useMemo(() => new WeakMap<Passage, boolean>(), [roots]);
  return useMemo(() => {
    const order = new Map([...roots.keys()].map((section, i) => [section, i]));
    const stands = (passage: Passage): boolean => {
      const known = looked.get(passage);
      if (known !== undefined) return known;
      const { section, start, end, exact, anchor } = passage;
      const root = roots.get(section);
      if (!root || start === null || end === null) return false;
      const words = sliceOf(root, start, end);
      // A passage found again with other words says so; any other must be just what was quoted.
      const found = words === exact || (anchor === 'fuzzy' && words !== '');
      looked.set(passage, found);
      return found;
    };
    const { places, ...others } = placeThreads(kept, stands, revision);
    places.sort(
      (a, b) =>
        (order.get(a.section) ?? 0) - (order.get(b.section) ?? 0) || a.start - b.start || a.end - b.end,
    );
    return { placed: firstPlaces(places), places, sections: bySection(places), ...others };
  }, [kept, roots, revision, looked]);
}

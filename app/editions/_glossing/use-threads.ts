'use client';
import { useMemo } from 'react';
import type { Annotation, Passage } from '@/lib/annotation/schema';
import { readerOf } from './position';
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
  const grown = useMemo(() => ({ before: new Map<string, Annotation[]>() }), []);
  const threads = useMemo(() => {
    grown.before = liveThreads(notes, grown.before);
    return grown.before;
  }, [notes, grown]);
  // Without a filter what is open changes nothing, and nothing is painted anew for it.
  const filtered = filter.scope !== 'all' || filter.words.trim() !== '';
  const open = filtered ? active : null;
  const choice = filtered ? offered : EMPTY.offered;
  const kept = useMemo(
    () => keptThreads(threads, { filter, active: open, offered: choice }),
    [threads, filter, open, choice],
  );
  return useMemo(() => {
    const readers = new Map([...roots].map(([section, root]) => [section, readerOf(root)]));
    const stands = ({ section, start, end, exact, anchor }: Passage): boolean => {
      const read = readers.get(section);
      if (!read || start === null || end === null) return false;
      const words = read(start, end);
      // A passage found again with other words says so; any other must be just what was quoted.
      return words === exact || (anchor === 'fuzzy' && words !== '');
    };
    const { places: found, ...others } = placeThreads(kept, stands, revision);
    const sections = bySection(found);
    const places: Placed[] = [];
    for (const section of roots.keys()) {
      const here = sections.get(section)?.sort((a, b) => a.start - b.start || a.end - b.end) ?? [];
      for (const place of here) places.push(place);
    }
    return { placed: firstPlaces(places), places, sections, ...others };
  }, [kept, roots, revision]);
}

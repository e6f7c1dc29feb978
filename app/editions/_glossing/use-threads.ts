'use client';
import { useMemo } from 'react';
import type { Annotation } from '@/lib/annotation/schema';
import { sliceOf } from './position';
import { EMPTY, type GlossState, keptThreads, liveThreads, type Placed, placeThreads } from './store';

/** The threads that the filter keeps, by where they stand; on words in the order of the page. */
export function useThreads(
  { notes, filter, active, offered }: GlossState,
  roots: ReadonlyMap<string, HTMLElement>,
): { placed: readonly Placed[]; whole: readonly Annotation[][]; lost: readonly Annotation[][] } {
  const threads = useMemo(() => liveThreads(notes), [notes]);
  // Without a filter what is open changes nothing, and nothing is painted anew for it.
  const filtered = filter.scope !== 'all' || filter.words.trim() !== '';
  const open = filtered ? active : null;
  const choice = filtered ? offered : EMPTY.offered;
  const kept = useMemo(
    () => keptThreads(threads, { filter, active: open, offered: choice }),
    [threads, filter, open, choice],
  );
  return useMemo(() => {
    const order = [...roots.keys()];
    const stands = ({ section, start, end, exact, anchor }: Annotation): boolean => {
      const root = roots.get(section);
      if (!root || start === null || end === null) return false;
      const words = sliceOf(root, start, end);
      // A passage found again with other words says so; any other must be just what was quoted.
      return words === exact || (anchor === 'fuzzy' && words !== '');
    };
    const { placed, whole, lost } = placeThreads(kept, stands);
    placed.sort(
      (a, b) => order.indexOf(a.section) - order.indexOf(b.section) || a.start - b.start || a.end - b.end,
    );
    return { placed, whole, lost };
  }, [kept, roots]);
}

'use client';
import { useMemo } from 'react';
import { isDrawn, listedRoots } from '../state/drawn-passages';
import type { PlacedThread } from '../state/thread-locations';
import { useReader } from '../state/use-reader';

/** The passages that have a line under their words, by section and in the order of the text. */
export function useDrawnPassages(): ReadonlyMap<string, PlacedThread[]> {
  const passagesBySection = useReader(({ threads }) => threads.passagesBySection);
  const highlights = useReader((state) => state.highlights);
  const plan = useReader((state) => state.plan);
  const unfolded = useReader((state) => state.unfolded);
  return useMemo(() => {
    const listed = listedRoots(plan, unfolded);
    return new Map(
      [...passagesBySection].map(([section, passages]) => [
        section,
        passages.filter((place) => isDrawn(place, highlights, plan, listed)),
      ]),
    );
  }, [passagesBySection, highlights, plan, unfolded]);
}

'use client';
import { useEffect, useState } from 'react';
import { loadThreads } from '../data/summaries';
import { useReader } from '../state/use-reader';
import { paintAccent } from '../text/highlights';
import type { TextSpan } from '../text/text-position';

/** Threads whose words are asked for, at most, of those that have come meanwhile. */
const MOST = 50;

type Place = TextSpan & { root: string; section: string };

/**
 * Marks the words that what is new stands on: of the threads that have something unread, and of what others have written
 * meanwhile, which is in the text before it is taken in. Nothing moves by it.
 */
export function useNewMarks(): void {
  const containers = useReader((state) => state.containers);
  const passagesBySection = useReader(({ threads }) => threads.passagesBySection);
  const unread = useReader((state) => state.unread);
  const places = useArrivedPlaces();

  useEffect(() => {
    for (const [section, container] of containers) {
      const known = (passagesBySection.get(section) ?? []).filter(
        ({ root }) => unread.has(root.id) || places.some((place) => place.root === root.id),
      );
      paintAccent('new', container, [...known, ...places.filter((place) => place.section === section)]);
    }
  }, [containers, passagesBySection, unread, places]);

  useEffect(
    () => () => {
      for (const container of containers.values()) paintAccent('new', container, []);
    },
    [containers],
  );
}

/** Where the threads stand that have something new which is not taken in yet. */
function useArrivedPlaces(): readonly Place[] {
  const group = useReader((state) => state.group?.slug);
  const edition = useReader((state) => state.edition);
  const roots = useReader(({ arrived, summaries }) =>
    [...new Set(arrived.flatMap(({ id, root }) => (summaries.has(id) ? [] : [root])))].slice(0, MOST).join(),
  );
  const [places, setPlaces] = useState<readonly Place[]>([]);
  useEffect(() => {
    if (roots === '' || group === undefined) {
      setPlaces([]);
      return;
    }
    const abort = new AbortController();
    async function load(slug: string): Promise<void> {
      const found: Place[] = [];
      for await (const annotations of loadThreads(slug, roots.split(','), abort.signal))
        for (const { id, parent, passages } of annotations) {
          if (parent !== null) continue;
          for (const { section, start, end, ...passage } of passages)
            if (passage.edition === edition && start !== null && end !== null)
              found.push({ root: id, section, start, end });
        }
      if (!abort.signal.aborted) setPlaces(found);
    }
    // Without them the margin says how much is new all the same.
    void load(group).catch(() => {});
    return () => abort.abort();
  }, [roots, group, edition]);
  return places;
}

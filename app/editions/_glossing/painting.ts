'use client';
import { useEffect, useMemo } from 'react';
import { targetsOf } from './draft';
import { drawPassages, erase, type Picture, paintAccent, paintPassages } from './highlights';
import { spanBetween } from './place';
import type { Span } from './position';
import type { GlossState, Placed } from './store';
import { usePrinting } from './use-printing';
import { useWindowBand } from './use-window-band';

/** Up to so many passages are painted wherever they are; of more, those near the view. */
const FEW = 200;
const EVERYWHERE: Span = { start: 0, end: Number.POSITIVE_INFINITY };

/** Keep what is painted in step with what is known and with what the reader sees. Draws nothing itself. */
export function Painting({
  roots,
  placed,
  sections,
  state,
}: {
  roots: ReadonlyMap<string, HTMLElement>;
  placed: readonly Placed[];
  sections: ReadonlyMap<string, Placed[]>;
  state: GlossState;
}): null {
  const { active, offered, editor } = state;
  const band = useWindowBand(roots);
  const printing = usePrinting();
  const nearOnly = placed.length > FEW && !printing;

  const pictures = useMemo(() => {
    const drawn = new Map<HTMLElement, Picture>();
    for (const [section, root] of roots) drawn.set(root, drawPassages(sections.get(section) ?? []));
    return drawn;
  }, [roots, sections]);

  useEffect(() => {
    if (nearOnly) return;
    for (const [root, picture] of pictures) paintPassages(root, picture, EVERYWHERE);
  }, [pictures, nearOnly]);

  useEffect(() => {
    if (!nearOnly) return;
    const { top, bottom } = band;
    // The band reaches half a screen past what is seen, so a pause will do. No further: whatever changes on the page
    // afterwards, the browser paints all words with a ground under them once more.
    return whenIdle(() => {
      for (const [root, picture] of pictures) paintPassages(root, picture, spanBetween(root, top, bottom));
    });
  }, [pictures, nearOnly, band]);

  useEffect(() => {
    const open = new Set(active === null ? offered : [active, ...offered]);
    for (const [section, root] of roots) {
      const here = open.size === 0 ? undefined : sections.get(section);
      const spans = here?.filter((place) => open.has(place.root.id)) ?? [];
      paintAccent('active', root, spans);
    }
  }, [roots, sections, active, offered]);

  const purpose = editor?.purpose;
  useEffect(() => {
    for (const [section, root] of roots) {
      const targets = purpose?.what === 'gloss' ? targetsOf(purpose) : [];
      const spans: Span[] = targets.flatMap(({ section: at, start, end }) =>
        at === section && start !== null && end !== null ? { start, end } : [],
      );
      paintAccent('draft', root, spans);
    }
  }, [roots, purpose]);

  useEffect(() => () => roots.forEach(erase), [roots]);
  return null;
}

/** In the browser's next pause, at the latest in a tenth of a second; gives what calls it off. */
export function whenIdle(task: () => void): () => void {
  // Safari has no idle callbacks.
  if (typeof requestIdleCallback === 'undefined') {
    const timer = setTimeout(task, 16);
    return () => clearTimeout(timer);
  }
  const handle = requestIdleCallback(task, { timeout: 100 });
  return () => cancelIdleCallback(handle);
}

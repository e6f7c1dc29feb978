'use client';
import { useEffect, useLayoutEffect, useRef } from 'react';
import { usePrinting } from '../../_ui/use-printing';
import { textTargetsOf } from '../data/editor-draft';
import type { PlacedThread, ReaderState } from '../state/store';
import { clearHighlights, paintAccent, paintPassages } from '../text/highlights';
import { spansWithin } from '../text/intervals';
import { spanBetween } from '../text/layout';
import type { TextSpan } from '../text/text-position';
import { useViewport } from '../text/viewport-context';

/** Up to so many passages are painted wherever they are; of more, those near the view. */
const FEW = 200;
/** Milliseconds until others are painted as the reader goes on. */
const PAUSE = 30;

/** Keep what is painted in step with what is known and with what the reader sees. Draws nothing itself. */
export function HighlightEffects({
  roots,
  placed,
  sections,
  state,
}: {
  roots: ReadonlyMap<string, HTMLElement>;
  placed: readonly PlacedThread[];
  sections: ReadonlyMap<string, PlacedThread[]>;
  state: ReaderState;
}): null {
  const { active, offered, editor } = state;
  const band = useViewport();
  const printing = usePrinting();
  const near = placed.length > FEW && !printing ? band : null;

  // What has come is painted together with the cards beside it: the browser then paints the words once.
  const painted = useRef<typeof sections>(null);
  useLayoutEffect(() => {
    function paint(): void {
      painted.current = sections;
      for (const [section, root] of roots) {
        const here = sections.get(section) ?? [];
        const ground = near?.lie.grounds.get(section);
        const seen = ground
          ? spansWithin(here, spanBetween(ground, near!.top, near!.bottom))
          : near
            ? []
            : here;
        paintPassages(root, seen);
      }
    }
    if (near === null || painted.current !== sections) {
      paint();
      return;
    }
    // The band reaches half a screen past what is seen, so a pause will do. No further: whatever changes on the page
    // afterwards, the browser paints all words with a ground under them once more.
    const timer = setTimeout(paint, PAUSE);
    return () => clearTimeout(timer);
  }, [sections, roots, near]);

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
      const targets = purpose?.what === 'gloss' ? textTargetsOf(purpose) : [];
      const spans: TextSpan[] = targets.flatMap(({ section: at, start, end }) =>
        at === section && start !== null && end !== null ? { start, end } : [],
      );
      paintAccent('draft', root, spans);
    }
  }, [roots, purpose]);

  useEffect(() => () => roots.forEach(clearHighlights), [roots]);
  return null;
}

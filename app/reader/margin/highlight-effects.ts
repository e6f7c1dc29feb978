'use client';
import { useEffect, useLayoutEffect, useRef } from 'react';
import { usePrinting } from '@/app/_ui/use-printing';
import { textTargetsOf } from '../data/editor-draft';
import { useReader } from '../state/use-reader';
import { clearHighlights, paintAccent, paintPassages } from '../text/highlights';
import { spansWithin } from '../text/intervals';
import { spanBetween } from '../text/layout';

/** Up to so many passages are painted wherever they are; of more, those near the view. */
const FEW = 200;
/** Milliseconds until passages that come into view are painted. */
const PAUSE = 30;

/** Keeps the highlights in step with the threads and with what the reader sees. Renders nothing itself. */
export function HighlightEffects(): null {
  const containers = useReader((state) => state.containers);
  const passagesBySection = useReader(({ threads }) => threads.passagesBySection);
  const isMany = useReader(({ threads }) => threads.placed.length > FEW);
  const viewport = useReader((state) => (state.threads.placed.length > FEW ? state.viewport : null));
  const active = useReader((state) => state.active);
  const overlapChoices = useReader((state) => state.overlapChoices);
  const purpose = useReader(({ editor }) => editor?.purpose);
  const isPrinting = usePrinting();
  const near = isMany && !isPrinting ? viewport : null;
  // Passages that have just been loaded are painted together with the cards beside them, so that the browser paints the
  // words once.
  const painted = useRef<typeof passagesBySection>(null);

  useLayoutEffect(() => {
    function paint(): void {
      painted.current = passagesBySection;
      for (const [section, container] of containers) {
        const here = passagesBySection.get(section) ?? [];
        const blocks = near?.layout.sections.get(section);
        const seen = blocks
          ? spansWithin(here, spanBetween(blocks, near!.top, near!.bottom))
          : near
            ? []
            : here;
        paintPassages(container, seen);
      }
    }
    if (near === null || painted.current !== passagesBySection) {
      paint();
      return;
    }
    // The range reaches half a screen past the view, so a pause does no harm. No further, because the browser paints all
    // highlighted words again with every later change of the page.
    const timer = setTimeout(paint, PAUSE);
    return () => clearTimeout(timer);
  }, [passagesBySection, containers, near]);

  useEffect(() => {
    const open = new Set(active === null ? overlapChoices : [active, ...overlapChoices]);
    for (const [section, container] of containers) {
      const here = open.size === 0 ? undefined : passagesBySection.get(section);
      paintAccent('active', container, here?.filter(({ root }) => open.has(root.id)) ?? []);
    }
  }, [containers, passagesBySection, active, overlapChoices]);

  useEffect(() => {
    const targets = purpose?.what === 'gloss' ? textTargetsOf(purpose) : [];
    for (const [section, container] of containers) {
      const spans = targets.flatMap(({ section: target, start, end }) =>
        target === section && start !== null && end !== null ? { start, end } : [],
      );
      paintAccent('draft', container, spans);
    }
  }, [containers, purpose]);

  useEffect(() => () => containers.forEach(clearHighlights), [containers]);
  return null;
}

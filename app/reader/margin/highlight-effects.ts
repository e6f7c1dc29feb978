'use client';
import { useEffect, useLayoutEffect, useMemo, useRef } from 'react';
import { usePrinting } from '@/app/_ui/use-printing';
import { textTargetsOf } from '../data/editor-draft';
import type { PlacedThread } from '../state/thread-locations';
import { useReader } from '../state/use-reader';
import { clearHighlights, paintAccent, paintPassages } from '../text/highlights';
import { mergeSpans, spansWithin } from '../text/intervals';
import { spanBetween } from '../text/layout';
import type { MarkedPassage } from '../text/pencil-lines';
import type { TextSpan } from '../text/text-position';
import { useDrawnPassages } from './use-drawn-passages';

/** Up to so many passages are painted wherever they are; of more, those near the view. */
const FEW = 200;
/** Milliseconds until passages that come into view are painted. */
const PAUSE = 30;

/** Keeps the highlights in step with the threads and with what the reader sees. Renders nothing itself. */
export function HighlightEffects(): null {
  const containers = useReader((state) => state.containers);
  const passagesBySection = useReader(({ threads }) => threads.passagesBySection);
  const drawn = useDrawnPassages();
  const isMany = useReader(({ threads }) => threads.placed.length > FEW);
  const viewport = useReader((state) => (state.threads.placed.length > FEW ? state.viewport : null));
  const active = useReader((state) => state.active);
  const purpose = useReader(({ editor }) => editor?.purpose);
  const isPrinting = usePrinting();
  const near = isMany && !isPrinting ? viewport : null;
  // Passages that have just been loaded are painted together with the cards beside them, so that the browser paints the
  // words once.
  const painted = useRef<typeof drawn>(null);
  const lit = useMemo(() => {
    const spans = new Map<string, TextSpan[]>();
    if (active === null) return spans;
    for (const [section, passages] of passagesBySection) {
      const open = passages.filter(({ root }) => root.id === active);
      if (open.length > 0) spans.set(section, mergeSpans(open));
    }
    return spans;
  }, [passagesBySection, active]);

  useLayoutEffect(() => {
    function paint(): void {
      painted.current = drawn;
      for (const [section, container] of containers) {
        const here = drawn.get(section) ?? [];
        const blocks = near?.layout.sections.get(section);
        const seen = blocks
          ? spansWithin(here, spanBetween(blocks, near!.top, near!.bottom))
          : near
            ? []
            : here;
        paintPassages(container, seen.map(toMarked), lit.get(section) ?? []);
      }
    }
    if (near === null || painted.current !== drawn) {
      paint();
      return;
    }
    // The range reaches half a screen past the view, so a pause does no harm. No further, because the browser paints all
    // highlighted words again with every later change of the page.
    const timer = setTimeout(paint, PAUSE);
    return () => clearTimeout(timer);
  }, [drawn, containers, near, lit]);

  useEffect(() => {
    for (const [section, container] of containers) paintAccent('active', container, lit.get(section) ?? []);
  }, [containers, lit]);

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

function toMarked({ start, end, root }: PlacedThread): MarkedPassage {
  return { start, end, isOwn: root.mine, isQuestion: root.kind === 'question' };
}

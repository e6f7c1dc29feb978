'use client';
import { useEffect } from 'react';
import { erase, paintAccent, paintPassages } from './highlights';
import type { Span } from './position';
import type { GlossState, Placed } from './store';

/** Keep what is painted in step with what is known. */
export function usePainting(
  roots: ReadonlyMap<string, HTMLElement>,
  placed: readonly Placed[],
  { active, offered, editor }: GlossState,
): void {
  useEffect(() => {
    for (const [section, root] of roots) {
      const here = placed.filter((place) => place.section === section);
      paintPassages(
        root,
        here.map(({ start, end, root: note }) => ({ start, end, own: note.mine })),
      );
    }
  }, [roots, placed]);

  useEffect(() => {
    const open = new Set([active, ...offered]);
    for (const [section, root] of roots) {
      const spans = placed.filter((place) => place.section === section && open.has(place.root.id));
      paintAccent('active', root, spans);
    }
  }, [roots, placed, active, offered]);

  const target = editor?.purpose.what === 'gloss' ? editor.purpose.target : null;
  useEffect(() => {
    for (const [section, root] of roots) {
      const spans: Span[] = [];
      if (target?.section === section && target.start !== null && target.end !== null) {
        spans.push({ start: target.start, end: target.end });
      }
      paintAccent('draft', root, spans);
    }
  }, [roots, target]);

  useEffect(() => () => roots.forEach(erase), [roots]);
}

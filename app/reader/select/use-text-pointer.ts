'use client';
import { useEffect, useRef } from 'react';
import type { PlacedThread } from '../state/store';
import { type Hit, hitTest } from '../text/hit-test';
import { spansAt } from '../text/intervals';

/** What the pointer is over: how many glosses, and where to say so. */
export interface Hover {
  count: number;
  x: number;
  y: number;
}

/** Open the threads under a click, and say what is under the pointer. */
export function useTextPointer(
  roots: ReadonlyMap<string, HTMLElement>,
  sections: ReadonlyMap<string, PlacedThread[]>,
  onPick: (found: PlacedThread[]) => void,
  onHover: (hover: Hover | null) => void,
): void {
  const latest = useRef({ sections, onPick, onHover });
  useEffect(() => {
    latest.current = { sections, onPick, onHover };
  });

  useEffect(() => {
    let frame = 0;

    function under(x: number, y: number): { hit: Hit | null; found: PlacedThread[] } {
      const hit = hitTest(x, y);
      const here = hit && latest.current.sections.get(hit.root.dataset.section ?? '');
      return { hit, found: here ? spansAt(here, hit.offset) : [] };
    }

    function onClick(event: MouseEvent): void {
      const target = event.target as Element;
      // Links and buttons in the text have their own click, and a selection is no click.
      if (event.button !== 0 || target.closest('a, button, summary, input')) return;
      if (!document.getSelection()?.isCollapsed) return;
      const { found } = under(event.clientX, event.clientY);
      if (found.length > 0) latest.current.onPick(found);
    }

    function onMove(event: PointerEvent): void {
      if (event.pointerType !== 'mouse' || event.buttons !== 0) return;
      const { clientX: x, clientY: y, currentTarget } = event;
      const root = currentTarget as HTMLElement;
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(() => {
        const { found } = under(x, y);
        root.style.cursor = found.length > 0 ? 'pointer' : '';
        latest.current.onHover(found.length > 0 ? { count: found.length, x, y } : null);
      });
    }

    function onLeave(): void {
      cancelAnimationFrame(frame);
      latest.current.onHover(null);
    }

    for (const root of roots.values()) {
      root.addEventListener('click', onClick);
      root.addEventListener('pointermove', onMove);
      root.addEventListener('pointerleave', onLeave);
    }
    return () => {
      cancelAnimationFrame(frame);
      for (const root of roots.values()) {
        root.removeEventListener('click', onClick);
        root.removeEventListener('pointermove', onMove);
        root.removeEventListener('pointerleave', onLeave);
      }
    };
  }, [roots]);
}

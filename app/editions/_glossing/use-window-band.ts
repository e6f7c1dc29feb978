'use client';
import { useEffect, useState } from 'react';

/** A stretch of the document around what is seen; changes only when the reader has gone half a screen on. */
export interface Band {
  top: number;
  bottom: number;
  /** Counts up when the text may have been laid out anew. */
  layout: number;
}

/** Follows the reader through the document. */
export function useWindowBand(roots: ReadonlyMap<string, HTMLElement>): Band {
  const [band, setBand] = useState<Band>({ top: 0, bottom: 0, layout: 0 });

  useEffect(() => {
    let frame = 0;
    function look(laidOut: boolean): void {
      const half = Math.max(200, window.innerHeight / 2);
      const at = Math.floor(window.scrollY / half) * half;
      setBand((before) => {
        const next = { top: at - half, bottom: at + 4 * half, layout: before.layout + (laidOut ? 1 : 0) };
        return before.top === next.top && before.bottom === next.bottom && !laidOut ? before : next;
      });
    }
    function onScroll(): void {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(() => look(false));
    }
    const observer = new ResizeObserver(() => look(true));
    for (const root of roots.values()) observer.observe(root);
    window.addEventListener('scroll', onScroll, { passive: true });
    window.addEventListener('resize', onScroll);
    look(true);
    return () => {
      cancelAnimationFrame(frame);
      observer.disconnect();
      window.removeEventListener('scroll', onScroll);
      window.removeEventListener('resize', onScroll);
    };
  }, [roots]);

  return band;
}

'use client';
import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';
import { type BlockLayout, measureBlocks } from './layout';

/** A stretch of the document around what is seen, and how the page lies; all in pixels. */
export interface ViewportRange {
  top: number;
  bottom: number;
  lie: PageLayout;
}

/** How the page lies: read in one go when it may have changed, so that nobody asks the browser while it is drawn. */
export interface PageLayout {
  /** By section. */
  grounds: ReadonlyMap<string, BlockLayout>;
  /** Width and height of the view, and the height of the whole document. */
  width: number;
  height: number;
  extent: number;
}

const NOWHERE: ViewportRange = {
  top: 0,
  bottom: 0,
  lie: { grounds: new Map(), width: 0, height: 0, extent: 0 },
};

const BandContext = createContext(NOWHERE);

/** The stretch around what is seen: another only when the reader has gone half a screen on, or the page lies anew. */
export function useViewport(): ViewportRange {
  return useContext(BandContext);
}

/** The stretch of the document around what is seen now. */
export function currentRange(): { top: number; bottom: number } {
  const half = Math.max(200, window.innerHeight / 2);
  const at = Math.floor(window.scrollY / half) * half;
  return { top: at - half, bottom: at + 4 * half };
}

/** Follows the reader through the document, for all that is in it. */
export function ViewportProvider({
  roots,
  children,
}: {
  roots: ReadonlyMap<string, HTMLElement>;
  children: ReactNode;
}) {
  const [band, setBand] = useState(NOWHERE);

  useEffect(() => {
    if (roots.size === 0) return;
    let frame = 0;
    function look(mayLieAnew: boolean): void {
      const now = currentRange();
      const lie = mayLieAnew ? readLayout(roots) : null;
      setBand((before) => (before.top === now.top && !lie ? before : { ...now, lie: lie ?? before.lie }));
    }
    function onScroll(): void {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(() => look(false));
    }
    function onResize(): void {
      look(true);
    }
    // It calls at once, and then whenever a text or what is above it has changed.
    const observer = new ResizeObserver(onResize);
    for (const root of [document.documentElement, ...roots.values()]) observer.observe(root);
    window.addEventListener('scroll', onScroll, { passive: true });
    window.addEventListener('resize', onResize);
    return () => {
      cancelAnimationFrame(frame);
      observer.disconnect();
      window.removeEventListener('scroll', onScroll);
      window.removeEventListener('resize', onResize);
    };
  }, [roots]);

  return <BandContext value={band}>{children}</BandContext>;
}

function readLayout(roots: ReadonlyMap<string, HTMLElement>): PageLayout {
  const { clientWidth: width, clientHeight: height, scrollHeight: extent } = document.documentElement;
  const grounds = new Map([...roots].map(([section, root]) => [section, measureBlocks(root)]));
  return { grounds, width, height, extent };
}

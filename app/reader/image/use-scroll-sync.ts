'use client';
import { useEffect, useRef } from 'react';
import { pageAtLine } from '../data/canvas-lookup';

/** Height of the line that is being read, as a fraction of the window from its top. */
const READING_LINE = 0.4;

/**
 * Calls `onPage` whenever another printed page is being read. `before` is the page on which the text begins. While the
 * image is held, because a region is drawn again on it, the text scrolls without it.
 */
export function useScrollSync(
  { follows, isHeld }: { follows: boolean; isHeld: boolean },
  before: string | null,
  onPage: (page: string | null) => void,
): void {
  const latest = useRef<string | null | undefined>(undefined);
  const held = useRef(isHeld);
  held.current = isHeld;
  useEffect(() => {
    if (!follows) return;
    let frame = 0;
    function look(): void {
      frame = 0;
      const page = pageAtLine(markersOnPage(), window.innerHeight * READING_LINE, before);
      const known = latest.current;
      latest.current = page;
      // The address decides which page is shown first.
      if (known !== undefined && page !== known && !held.current) onPage(page);
    }
    function onScroll(): void {
      frame ||= requestAnimationFrame(look);
    }
    look();
    window.addEventListener('scroll', onScroll, { passive: true });
    window.addEventListener('resize', onScroll);
    return () => {
      cancelAnimationFrame(frame);
      window.removeEventListener('scroll', onScroll);
      window.removeEventListener('resize', onScroll);
    };
  }, [follows, before, onPage]);
}

/** Scrolls to the beginning of a printed page. False where the page does not begin in this text. */
export function scrollToPage(page: string): boolean {
  const marker = markers().find((element) => element.dataset.page === page);
  if (!marker) return false;
  const top = marker.getBoundingClientRect().top + window.scrollY - window.innerHeight * READING_LINE * 0.5;
  window.scrollTo({ top, behavior: 'instant' });
  return true;
}

/** The page that is being read now. */
export function currentPage(before: string | null): string | null {
  return pageAtLine(markersOnPage(), window.innerHeight * READING_LINE, before);
}

function markersOnPage(): { page: string; top: number }[] {
  return markers().map((element) => ({
    page: element.dataset.page ?? '',
    top: element.getBoundingClientRect().top,
  }));
}

function markers(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>('main [role="doc-pagebreak"]')];
}

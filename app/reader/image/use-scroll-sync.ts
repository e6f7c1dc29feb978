'use client';
import { useEffect, useRef } from 'react';
import { pageAtLine } from '../data/canvas-lookup';

/** Where in the window the line is read, from its top. */
const READING_LINE = 0.4;

/** Tells which printed page is being read, whenever it is another. `before` is the one on which the text begins. */
export function useScrollSync(
  follows: boolean,
  before: string | null,
  onPage: (page: string | null) => void,
): void {
  const latest = useRef<string | null | undefined>(undefined);
  useEffect(() => {
    if (!follows) return;
    let frame = 0;
    function look(): void {
      frame = 0;
      const page = pageAtLine(markersOnPage(), window.innerHeight * READING_LINE, before);
      const known = latest.current;
      latest.current = page;
      // What it is at first was settled by the address.
      if (known !== undefined && page !== known) onPage(page);
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

/** Bring the beginning of a printed page to where it is read. False where it does not begin in this text. */
export function scrollToPage(page: string): boolean {
  const marker = markers().find((element) => element.id === `page${page}`);
  if (!marker) return false;
  const top = marker.getBoundingClientRect().top + window.scrollY - window.innerHeight * READING_LINE * 0.5;
  window.scrollTo({ top, behavior: 'instant' });
  return true;
}

/** The page that is read now. */
export function currentPage(before: string | null): string | null {
  return pageAtLine(markersOnPage(), window.innerHeight * READING_LINE, before);
}

function markersOnPage(): { page: string; top: number }[] {
  return markers().map((element) => ({
    page: element.id.slice('page'.length),
    top: element.getBoundingClientRect().top,
  }));
}

function markers(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>('main [role="doc-pagebreak"]')];
}

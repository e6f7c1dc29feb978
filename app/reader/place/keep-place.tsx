'use client';
import { useEffect } from 'react';
import { writePlace } from './last-place';
import { topParagraph } from './top-paragraph';

/** Milliseconds without scrolling after which a reader rests. */
const REST = 2000;

/** Keeps where one reads, once the reader rests and when they leave, for *Continue reading*. Renders nothing itself. */
export function KeepPlace({ edition, section }: { edition: string; section: string }): null {
  useEffect(() => {
    let timer = 0;
    function keep(): void {
      const group = new URLSearchParams(window.location.search).get('group');
      writePlace({ edition, section, paragraph: topParagraph(section), group });
    }
    function rest(): void {
      clearTimeout(timer);
      // Where the browser has no time of its own to give (Safari), at once.
      timer = window.setTimeout(() => (window.requestIdleCallback ?? setTimeout)(keep), REST);
    }
    rest();
    window.addEventListener('scroll', rest, { passive: true });
    window.addEventListener('pagehide', keep);
    return () => {
      clearTimeout(timer);
      window.removeEventListener('scroll', rest);
      window.removeEventListener('pagehide', keep);
    };
  }, [edition, section]);
  return null;
}

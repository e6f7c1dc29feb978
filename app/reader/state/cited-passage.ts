import { findCitedSpan } from '../text/citation-link';
import { paintAccent } from '../text/highlights';
import { scrollToPassage } from '../text/layout';
import type { TextContainers } from '../text/text-containers';
import { blocksOf } from '../text/text-position';

/** Milliseconds after which the words are looked at again: a page that is still arriving may move them, or its scroll. */
const LOOKS = [100, 400, 1_000, 2_000];
const READERS_OWN = ['wheel', 'touchstart', 'keydown', 'pointerdown'] as const;

/** Highlights the words that a citation names, and scrolls to them. */
export function showCitedPassage(containers: TextContainers, citation: string): void {
  for (const container of containers.values()) {
    const span = findCitedSpan(blocksOf(container), citation);
    if (!span) continue;
    paintAccent('cited', container, [span]);
    scrollToPassage(container, span);
    keepInView(() => scrollToPassage(container, span));
  }
}

/** Scrolls again where the words went out of view while the page settled; not once its reader does anything. */
function keepInView(scroll: () => void): void {
  const timers = LOOKS.map((wait) => setTimeout(scroll, wait));
  function stop(): void {
    for (const timer of timers) clearTimeout(timer);
  }
  for (const kind of READERS_OWN) window.addEventListener(kind, stop, { once: true, passive: true });
}

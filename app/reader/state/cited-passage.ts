import { findCitedSpan } from '../text/citation-link';
import { paintAccent } from '../text/highlights';
import { scrollToPassage } from '../text/layout';
import type { TextContainers } from '../text/text-containers';
import { blocksOf } from '../text/text-position';

/** Highlights the words that a citation names, and scrolls to them. */
export function showCitedPassage(containers: TextContainers, citation: string): void {
  for (const container of containers.values()) {
    const span = findCitedSpan(blocksOf(container), citation);
    if (!span) continue;
    paintAccent('cited', container, [span]);
    scrollToPassage(container, span);
  }
}

/**
 * Paints passages with the CSS Custom Highlight API, which adds no elements to the text. What each layer looks like is in
 * highlights.css; this decides which passages belong to which layer.
 */

import { type MarkedPassage, PENCIL_LINES, pencilLines } from './pencil-lines';
import { paintRangesOf, type TextSpan } from './text-position';

/** Highlight layers, the lowest first. */
const LAYERS = [
  ...['gloss-own', 'gloss-several', 'gloss-question', 'gloss-note'],
  ...['gloss-new', 'gloss-cited', 'gloss-draft', 'gloss-active', 'gloss-caret'],
] as const;
type LayerName = (typeof LAYERS)[number];

/** The layer of passages that stand out for a while. */
export type Accent = 'new' | 'cited' | 'draft' | 'active' | 'caret';

/** Whether this browser supports highlights; without them the annotations are still in the margin. */
export function supportsHighlights(): boolean {
  return typeof CSS !== 'undefined' && 'highlights' in CSS;
}

// Ranges by layer and container, because a layer is one for the whole page, which may show several texts.
const painted = new Map<LayerName, Map<Element, AbstractRange[]>>();

function setLayer(name: LayerName, container: Element, ranges: AbstractRange[]): void {
  const byContainer = painted.get(name) ?? new Map<Element, AbstractRange[]>();
  painted.set(name, byContainer);
  if (ranges.length > 0) byContainer.set(container, ranges);
  else if (!byContainer.delete(container)) return;
  const highlight = new Highlight();
  for (const list of byContainer.values()) for (const range of list) highlight.add(range);
  highlight.priority = LAYERS.indexOf(name);
  CSS.highlights.set(name, highlight);
}

function rangesOf(container: Element, spans: readonly TextSpan[]): StaticRange[] {
  return spans.flatMap(({ start, end }) => paintRangesOf(container, start, end));
}

/** Draws the lines of passages in place of the earlier ones; words of `lit` get none. */
export function paintPassages(
  container: Element,
  passages: readonly MarkedPassage[],
  lit: readonly TextSpan[],
): void {
  if (!supportsHighlights()) return;
  const lines = pencilLines(passages, lit);
  for (const line of PENCIL_LINES) {
    const spans = lines.filter((span) => span.line === line);
    setLayer(`gloss-${line}`, container, rangesOf(container, spans));
  }
}

/** Paints passages that stand out, in place of the earlier ones; an empty list removes them. */
export function paintAccent(accent: Accent, container: Element, spans: readonly TextSpan[]): void {
  if (supportsHighlights()) setLayer(`gloss-${accent}`, container, rangesOf(container, spans));
}

/** Removes all highlights of a container. */
export function clearHighlights(container: Element): void {
  if (!supportsHighlights()) return;
  for (const name of LAYERS) setLayer(name, container, []);
}

/**
 * Painting with the CSS Custom Highlight API: nothing is wrapped around the text. How each layer looks is in
 * highlights.css; here it is only said what belongs to which layer.
 */

import { mergeSpans, overlapDepths } from './intervals';
import { paintRangesOf, type TextSpan } from './text-position';

/** Layers from the lowest up. */
const LAYERS = [
  ...['gloss-depth-1', 'gloss-depth-2', 'gloss-depth-3'],
  ...['gloss-others', 'gloss-own', 'gloss-cited', 'gloss-draft', 'gloss-active', 'gloss-caret'],
] as const;
type LayerName = (typeof LAYERS)[number];

/** A passage to paint, and whether its annotation is the reader's own. */
export interface HighlightSpan extends TextSpan {
  root: { mine: boolean };
}

/** One of the passages that stand out for a while. */
export type Accent = 'cited' | 'draft' | 'active' | 'caret';

/** Whether this browser can paint so; without it the notes are still in the margin. */
export function supportsHighlights(): boolean {
  return typeof CSS !== 'undefined' && 'highlights' in CSS;
}

// Ranges by layer and container: a page may show several texts, and a layer is one for the whole page.
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

/**
 * Paint passages, given in order of their starts, in place of those before: a ground by depth of overlap, a line by
 * whose they are.
 */
export function paintPassages(container: Element, passages: readonly HighlightSpan[]): void {
  if (!supportsHighlights()) return;
  const depths: [TextSpan[], TextSpan[], TextSpan[]] = [[], [], []];
  for (const layer of overlapDepths(passages, 3)) depths[layer.depth - 1]!.push(layer);
  const [one, two, three] = depths;
  const layers: [LayerName, TextSpan[]][] = [
    ['gloss-depth-1', one],
    ['gloss-depth-2', two],
    ['gloss-depth-3', three],
    ['gloss-own', mergeSpans(passages.filter(({ root }) => root.mine))],
    ['gloss-others', mergeSpans(passages.filter(({ root }) => !root.mine))],
  ];
  for (const [name, spans] of layers) setLayer(name, container, rangesOf(container, spans));
}

/** Paint the passages that stand out, in place of those before; none to take them away. */
export function paintAccent(accent: Accent, container: Element, spans: readonly TextSpan[]): void {
  if (supportsHighlights()) setLayer(`gloss-${accent}`, container, rangesOf(container, spans));
}

/** Take away all that was painted in a container. */
export function clearHighlights(container: Element): void {
  if (!supportsHighlights()) return;
  for (const name of LAYERS) setLayer(name, container, []);
}

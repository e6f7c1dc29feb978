/**
 * Converts positions in a section's text, in code points, to DOM positions and back. Nothing else does.
 *
 * A text container (`[data-section]`) holds blocks (`[data-start][data-end]`); a block's text is canonical once its
 * `[data-apparatus]` subtrees are left out; blocks join with one "\n". A mirror (`[data-mirror]`) shows the text of a
 * container once more, elsewhere on the page. Nothing here reads layout.
 */
import { codePointLength, sliceCodePoints, toCodePoint, toUtf16 } from '@/lib/kernel/code-points';
import { isOfNoteLinks } from './note-link-changes';

/** A half-open range of a section's canonical text, in code points. */
export interface TextSpan {
  start: number;
  end: number;
}

export interface TextBlock extends TextSpan {
  id: string;
  /** What it is cited by. */
  reference: string | null;
  element: HTMLElement;
}

/** A text node and its span. `plain`: its code points are its UTF-16 units. */
interface Run extends TextSpan {
  node: Text;
  plain: boolean;
}

/** The element of a corrected reading, with the span of the printed one; in text order. */
interface Correction extends TextSpan {
  element: Element;
}

interface TextMap {
  runs: Run[];
  byNode: Map<Node, Run>;
  blocks: TextBlock[];
  corrections: Correction[];
  text: string;
  plain: boolean;
}

/** Half of a code point outside the basic plane, which is two UTF-16 units. */
const SURROGATE = /[\ud800-\udfff]/;

const maps = new WeakMap<Element, { map: TextMap; observer: MutationObserver }>();

/** The text nodes of a container; read once, and again after its nodes have changed. */
function mapOf(container: Element): TextMap {
  const known = maps.get(container);
  if (known?.observer.takeRecords().every(isOfNoteLinks)) return known.map;
  known?.observer.disconnect();
  const map = readMap(container);
  const observer = new MutationObserver((records) => {
    if (records.every(isOfNoteLinks)) return;
    observer.disconnect();
    maps.delete(container);
  });
  observer.observe(container, { childList: true, characterData: true, subtree: true });
  maps.set(container, { map, observer });
  return map;
}

function readMap(container: Element): TextMap {
  const map: TextMap = { runs: [], byNode: new Map(), blocks: [], corrections: [], text: '', plain: true };
  const parts: string[] = [];
  for (const element of container.querySelectorAll<HTMLElement>('[data-start][data-end]')) {
    if (element.closest('[data-section], [data-mirror]') !== container) continue;
    const block = {
      id: element.id,
      reference: element.dataset.reference ?? null,
      element,
      start: Number(element.dataset.start),
      end: Number(element.dataset.end),
    };
    if (map.blocks.length > 0) parts.push('\n');
    map.blocks.push(block);
    readBlock(map, block, parts);
  }
  map.text = parts.join('');
  map.plain = map.runs.every((run) => run.plain);
  return map;
}

function readBlock(map: TextMap, block: TextBlock, parts: string[]): void {
  let offset = block.start;
  const before = map.runs.length;
  const walker = document.createTreeWalker(
    block.element,
    NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT,
    (node) =>
      node instanceof Element && node.hasAttribute('data-apparatus')
        ? NodeFilter.FILTER_REJECT
        : NodeFilter.FILTER_ACCEPT,
  );
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (!(node instanceof Text) || node.data === '') continue;
    // A regular expression is much faster than counting, and hardly any text has surrogates.
    const plain = !SURROGATE.test(node.data);
    const end = offset + (plain ? node.data.length : codePointLength(node.data));
    const run = { node, start: offset, end, plain };
    map.runs.push(run);
    map.byNode.set(node, run);
    parts.push(node.data);
    offset = end;
  }
  for (const element of block.element.querySelectorAll('.corr')) {
    const sic = sicOf(element);
    const runs = sic ? map.runs.slice(before).filter((run) => sic.contains(run.node)) : [];
    if (runs.length > 0) map.corrections.push({ element, start: runs[0]!.start, end: runs.at(-1)!.end });
  }
}

/** The printed reading beside a correction. */
function sicOf(corr: Element): Element | null {
  return corr.parentElement?.querySelector(':scope > .sic') ?? null;
}

/** The canonical text that a container shows. */
export function textOf(container: Element): string {
  return mapOf(container).text;
}

/** `text[start, end)` of a container. */
export function sliceOf(container: Element, start: number, end: number): string {
  return readerOf(container)(start, end);
}

/** A faster `sliceOf` for many passages, valid until the container's nodes change. */
export function readerOf(container: Element): (start: number, end: number) => string {
  const { text, plain } = mapOf(container);
  return (start, end) => (plain ? text.slice(start, end) : sliceCodePoints(text, start, end));
}

/** The blocks of a container, in order. */
export function blocksOf(container: Element): readonly TextBlock[] {
  return mapOf(container).blocks;
}

/** The block that holds `offset`. */
export function blockAt(blocks: readonly TextBlock[], offset: number): TextBlock | undefined {
  return blocks[firstIndex(blocks.length, (i) => blocks[i]!.end >= offset)];
}

/** The DOM range of `[start, end)`; null where the container has no such text. */
export function rangeOf(container: Element, start: number, end: number): Range | null {
  const bounds = boundsOf(mapOf(container), start, end);
  if (!bounds) return null;
  const range = document.createRange();
  range.setStart(bounds.startContainer, bounds.startOffset);
  range.setEnd(bounds.endContainer, bounds.endOffset);
  return range;
}

/**
 * The ranges to paint for `[start, end)`: static, because live ranges slow every later change of the DOM. Where the
 * passage begins or ends in a misprint, the correction that may be shown in its place is painted too.
 */
export function paintRangesOf(container: Element, start: number, end: number): StaticRange[] {
  const map = mapOf(container);
  const bounds = boundsOf(map, start, end);
  if (!bounds) return [];
  const ranges = [new StaticRange(bounds)];
  const { corrections } = map;
  const first = corrections[firstIndex(corrections.length, (i) => corrections[i]!.end > start)];
  const last = corrections[firstIndex(corrections.length, (i) => corrections[i]!.end >= end)];
  const beginsInside = first !== undefined && start >= first.start;
  if (beginsInside && first.element.firstChild) ranges.push(wholeOf(first.element));
  const endsInside = last !== undefined && end > last.start && !(beginsInside && first === last);
  if (endsInside && last.element.firstChild) ranges.push(wholeOf(last.element));
  return ranges;
}

function wholeOf(element: Element): StaticRange {
  const endOffset = element.childNodes.length;
  return new StaticRange({ startContainer: element, startOffset: 0, endContainer: element, endOffset });
}

function boundsOf({ runs }: TextMap, start: number, end: number): StaticRangeInit | null {
  const first = runs[firstIndex(runs.length, (i) => runs[i]!.end > start)];
  const last = runs[firstIndex(runs.length, (i) => runs[i]!.end >= end)] ?? runs.at(-1);
  if (!first || !last || end <= start) return null;
  return {
    startContainer: first.node,
    startOffset: unitOf(first, start),
    endContainer: last.node,
    endOffset: unitOf(last, end),
  };
}

/** The UTF-16 index in a run's node of a section offset, kept inside the node. */
function unitOf(run: Run, offset: number): number {
  const local = Math.min(Math.max(offset, run.start), run.end) - run.start;
  return run.plain ? local : toUtf16(run.node.data, local);
}

/**
 * The passage that a DOM range covers, white space trimmed at both ends; null where it covers none of the container's
 * text. A boundary in apparatus moves inwards; one in a correction moves to the edge of what was printed.
 */
export function spanOf(container: Element, range: AbstractRange): TextSpan | null {
  const map = mapOf(container);
  const start = offsetAt(map, range.startContainer, range.startOffset, 'start');
  const end = offsetAt(map, range.endContainer, range.endOffset, 'end');
  return start === null || end === null || end <= start ? null : trim(container, start, end);
}

/** The offset at a DOM point; null past the last text. */
export function offsetOf(container: Element, node: Node, offset: number): number | null {
  return offsetAt(mapOf(container), node, offset, 'start');
}

function offsetAt(map: TextMap, node: Node, offset: number, side: 'start' | 'end'): number | null {
  const run = map.byNode.get(node);
  if (run) return run.start + (run.plain ? offset : toCodePoint(run.node.data, offset));
  const corr = (node instanceof Element ? node : node.parentElement)?.closest('.corr');
  const correction = corr && map.corrections.find(({ element }) => element === corr);
  if (correction) return correction[side];
  const point = document.createRange();
  point.setStart(node, offset);
  const next = firstIndex(map.runs.length, (i) => point.comparePoint(map.runs[i]!.node, 0) >= 0);
  return (side === 'start' ? map.runs[next]?.start : map.runs[next - 1]?.end) ?? null;
}

function trim(container: Element, start: number, end: number): TextSpan | null {
  const text = sliceOf(container, start, end);
  const inner = text.trim();
  if (inner === '') return null;
  // White space is in the basic plane, so its units are its code points.
  const before = text.length - text.trimStart().length;
  const after = text.length - text.trimEnd().length;
  return { start: start + before, end: end - after };
}

/** Binary search: the smallest index in `[0, length)` for which a monotonic condition holds; else `length`. */
export function firstIndex(length: number, holds: (index: number) => boolean): number {
  let low = 0;
  for (let high = length; low < high; ) {
    const middle = (low + high) >> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

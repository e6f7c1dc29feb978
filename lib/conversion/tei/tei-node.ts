import type { Element, ElementContent, Text } from 'xast';

/** An element of TEI (xast). Attributes without a value are left away. */
export function tei(
  name: string,
  attributes: Record<string, string | undefined> = {},
  children: (ElementContent | string)[] = [],
): Element {
  return {
    type: 'element',
    name,
    attributes: Object.fromEntries(
      Object.entries(attributes).filter(([, value]) => value !== undefined && value !== ''),
    ),
    children: children.map((child) => (typeof child === 'string' ? teiText(child) : child)),
  };
}

export function teiText(value: string): Text {
  return { type: 'text', value };
}

/** Elements that stand inside a word without ending it. All others separate words. */
const INLINE = new Set('abbr anchor code emph foreign hi q rb ref ruby seg title'.split(' '));

/** Whether words on both sides of an element are apart. */
export function separatesWords(node: Element): boolean {
  return !INLINE.has(node.name) || node.attributes.type === 'noteref';
}

/** Elements that may stand at any place in a division (TEI's model.global), and have no words. */
export const POINTS = new Set(['anchor', 'lb', 'milestone', 'pb']);

export function isPoint(node: ElementContent): node is Element {
  return node.type === 'element' && POINTS.has(node.name);
}

/** The points inside content, at any depth, in order: what is left of an element without words. */
export function pointsIn(content: ElementContent[]): Element[] {
  return content.flatMap((node) => {
    if (node.type !== 'element') return [];
    if (POINTS.has(node.name)) return node.name === 'lb' ? [] : [node];
    return pointsIn(node.children);
  });
}

export function teiTextOf(node: ElementContent): string {
  if (node.type === 'text') return node.value;
  return node.type === 'element' ? node.children.map(teiTextOf).join('') : '';
}

function isLineBreak(node: ElementContent | undefined): boolean {
  return node?.type === 'element' && node.name === 'lb';
}

/** White space as XML and HTML have it; a no-break space is none of it. */
const SPACE = /[ \t\n\r\f]+/g;

export function collapseSpace(value: string): string {
  return value.replace(SPACE, ' ');
}

/** Inline content without white space and line breaks at its ends, and without empty text. */
export function trimContent(content: ElementContent[]): ElementContent[] {
  const kept = content.filter((node) => node.type !== 'text' || node.value !== '');
  while (isLineBreak(kept[0])) kept.shift();
  while (isLineBreak(kept.at(-1))) kept.pop();
  const first = kept[0];
  if (first?.type === 'text') kept[0] = teiText(first.value.replace(/^[ \t\n\r\f]+/, ''));
  const last = kept.at(-1);
  if (last?.type === 'text') kept[kept.length - 1] = teiText(last.value.replace(/[ \t\n\r\f]+$/, ''));
  const trimmed = kept.filter((node) => node.type !== 'text' || node.value !== '');
  return trimmed.length === content.length || trimmed.length === 0 ? trimmed : trimContent(trimmed);
}

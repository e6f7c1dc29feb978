import type { Element, ElementContent, ElementData, Properties, Root, RootContent, Text } from 'hast';

/**
 * Every kind of file is first read as a tree of HTML (hast), the one kind of markup that each of them can be told in;
 * `lib/conversion/tei` makes TEI of it. `leftOut` is the reason why the words of an element are left out.
 */
declare module 'hast' {
  interface ElementData {
    leftOut?: string;
    /** This anchor calls the note whose body is `note`; the body stands elsewhere and has `isNote`. */
    note?: { body: Element; label: string | null };
    isNote?: boolean;
    /** This anchor calls a note that is placed at another one: a link, whose number is no part of the word before it. */
    isFurtherCall?: boolean;
    /** A page of the printed work begins here: attributes of `pb`. The words inside, its number, are left out. */
    page?: { n?: string; facs?: string };
    /** Of a section: the part of the book that it is in, and the level of its division where no heading says it. */
    part?: 'front' | 'back';
    level?: number;
    /** The file of an archive that its content comes from. */
    file?: string;
    /** Where it stands in the source, if its position in a file does not say it. */
    place?: string;
  }
}

export type SourceNode = RootContent | ElementContent;

/** An element of the tree; strings are its text. */
export function element(
  tagName: string,
  properties: Properties = {},
  children: (ElementContent | string)[] = [],
): Element {
  return {
    type: 'element',
    tagName,
    properties,
    children: children.map((child) => (typeof child === 'string' ? text(child) : child)),
  };
}

export function text(value: string): Text {
  return { type: 'text', value };
}

/** An element whose words are left out, for the reason given. */
export function leftOut(reason: string, children: (ElementContent | string)[], tagName = 'span'): Element {
  const node = element(tagName, {}, children);
  leaveOut(node, reason);
  return node;
}

/** Marks an element: its words are left out, for the reason given. */
export function leaveOut(node: Element, reason: string): void {
  mark(node, { leftOut: reason });
}

/** Adds marks to an element. */
export function mark(node: Element, marks: Partial<ElementData>): void {
  node.data = { ...node.data, ...marks } as ElementData;
}

export function isElement(node: SourceNode | Root | undefined): node is Element {
  return node?.type === 'element';
}

/** The value of a property as one string, or undefined where it is not there. Lists are joined by spaces. */
export function propertyOf(node: Element, name: string): string | undefined {
  const value = node.properties[name];
  if (value === undefined || value === null || value === false) return undefined;
  return Array.isArray(value) ? value.join(' ') : value === true ? '' : String(value);
}

/** What an element says of itself: its classes, `epub:type`s and ARIA role, in lower case. */
export function semanticsOf(node: Element): string[] {
  return [propertyOf(node, 'className'), propertyOf(node, 'epub:type'), propertyOf(node, 'role')]
    .join(' ')
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
}

/** All elements below a node, in document order. */
export function* elementsOf(node: Root | Element): Generator<Element> {
  // A stack and not `yield*`, which passes each element through every level above it.
  const open: Element[][] = [(node.children as ElementContent[]).filter(isElement).reverse()];
  for (let level = open.at(-1); level; level = open.at(-1)) {
    const next = level.pop();
    if (next === undefined) {
      open.pop();
      continue;
    }
    yield next;
    if (next.children.length > 0) open.push(next.children.filter(isElement).reverse());
  }
}

/** The text below a node as it stands, with nothing between elements. */
export function textOf(node: SourceNode | Root): string {
  if (node.type === 'text') return node.value;
  return 'children' in node ? node.children.map(textOf).join('') : '';
}

const BLOCKS = new Set(
  `address article aside blockquote body caption center col colgroup dd details dialog dir div dl dt fieldset
   figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol optgroup option p
   pre section select summary table tbody td textarea tfoot th thead tr ul`.split(/\s+/),
);

export function isBlock(node: SourceNode): boolean {
  return isElement(node) && BLOCKS.has(node.tagName);
}

const withBlocks = new WeakMap<Element, boolean>();

/** Whether a block stands somewhere inside an element. */
export function hasBlocks(node: Element): boolean {
  const known = withBlocks.get(node);
  if (known !== undefined) return known;
  const result = node.children.some((child) => isBlock(child) || (isElement(child) && hasBlocks(child)));
  withBlocks.set(node, result);
  return result;
}

/** An inline element around blocks (`<i>a<p>b</p>c</i>`) is continued before and after each: HTML lets it. */
function splitAroundBlocks(node: SourceNode): SourceNode[] {
  if (!isElement(node) || node.data !== undefined || isBlock(node) || !hasBlocks(node)) return [node];
  const { id, lang, dir, xmlLang } = node.properties;
  const isPlain = [id, lang, dir, xmlLang].every((value) => value === undefined);
  const parts: Element[] = [];
  for (const child of node.children.flatMap(splitAroundBlocks) as ElementContent[]) {
    const last = parts.at(-1);
    if (isBlock(child) && isElement(child))
      parts.push(isPlain ? child : element('div', { lang, dir, xmlLang }, [child]));
    else if (last && !isBlock(last)) last.children.push(child);
    else parts.push({ ...node, properties: { ...node.properties, id: undefined }, children: [child] });
  }
  if (parts[0] && id !== undefined) parts[0].properties.id = id;
  return parts;
}

/** Nodes with each stretch of text and inline elements as one group; a stretch of white space is left away. */
export function groupRuns(nodes: SourceNode[]): (Element | SourceNode[])[] {
  const groups: (Element | SourceNode[])[] = [];
  let run: SourceNode[] | null = null;
  for (const node of nodes.flatMap(splitAroundBlocks)) {
    if (node.type !== 'text' && !isElement(node)) continue;
    if (isElement(node) && !node.data?.note && (isBlock(node) || hasBlocks(node) || node.data?.isNote)) {
      groups.push(node);
      run = null;
    } else if (run) run.push(node);
    else {
      run = [node];
      groups.push(run);
    }
  }
  return groups.filter(
    (group) => !Array.isArray(group) || group.some((node) => isElement(node) || textOf(node).trim() !== ''),
  );
}

/** How deep the elements of a tree stand inside one another. It does not recurse, so that any depth can be measured. */
export function depthOf(root: Root): number {
  let deepest = 0;
  const open: [Root | Element, number][] = [[root, 0]];
  for (let next = open.pop(); next; next = open.pop()) {
    const [node, depth] = next;
    deepest = Math.max(deepest, depth);
    for (const child of node.children) if (isElement(child)) open.push([child, depth + 1]);
  }
  return deepest;
}

/** Where a node stands: its line and column in the file that `file` names. */
export function placeOf(node: SourceNode, file = ''): string {
  if (isElement(node) && node.data?.place) return node.data.place;
  const start = node.position?.start;
  return [file, start && `${start.line}:${start.column}`].filter(Boolean).join(':');
}

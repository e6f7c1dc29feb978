import type { ElementContent as HtmlContent, Element as HtmlElement } from 'hast';
import type { Element, ElementContent } from 'xast';
import { element, elementsOf, text } from '../source-tree';
import { child, childElements, xmlText } from '../xml-tree';
import type { OdfStyles } from './odf-styles';

type Context = {
  styles: OdfStyles;
  /** The file name of an image, or null where it is left out. */
  imageOf: (path: string) => string | null;
  /** The bodies of notes, which follow the text. */
  notes: HtmlElement[];
  /** The lists around, outermost first: their styles. */
  lists: (string | undefined)[];
};

/** The text of an OpenDocument file as HTML (ODF 1.3 §4, §5). Elements that are not known keep their words. */
export function convertOdf(
  body: Element,
  styles: OdfStyles,
  imageOf: (path: string) => string | null,
): HtmlContent[] {
  const context: Context = { styles, imageOf, notes: [], lists: [] };
  return [...convertAll(body.children, context), ...context.notes];
}

function convertAll(nodes: ElementContent[], context: Context): HtmlContent[] {
  return nodes.flatMap((node) => {
    if (node.type === 'text') return [text(node.value)];
    return node.type === 'element' ? convert(node, context) : [];
  });
}

/** What is no text in its order of reading (count-words.ts has the same). */
const UNREAD =
  /^(?:text:tracked-changes|office:annotation(?:-end)?|office:forms|text:(?:sequence|variable|user-field)-decls|svg:(?:title|desc)|office:event-listeners)$/;

const SIMPLE: Record<string, string> = {
  'text:line-break': 'br',
  'text:tab': ' ',
  'text:list-item': 'li',
  'text:list-header': 'li',
  'table:table-row': 'tr',
  'text:ruby': 'ruby',
  'text:ruby-text': 'rt',
};

/** Elements around blocks that say nothing which TEI needs. */
const CONTAINERS =
  /^(?:text:(?:section|numbered-paragraph|index-body|index-title|table-of-content|illustration-index|table-index|object-index|user-index|alphabetical-index|bibliography)|table:table-rows|draw:text-box|draw:g|draw:custom-shape|draw:rect)$/;

function convert(node: Element, context: Context): HtmlContent[] {
  const { name, attributes } = node;
  const inside = () => convertAll(node.children, context);
  if (UNREAD.test(name)) return [];
  if (name === 'text:h') return [heading(node, context)];
  if (name === 'text:p') return [paragraph(node, context)];
  if (name === 'text:span')
    return wrap(context.styles.emphasisOf(attributes['text:style-name'] ?? undefined), inside());
  if (name === 'text:a') return [element('a', { href: attributes['xlink:href'] ?? undefined }, inside())];
  if (name === 'text:s') return [text(' ')];
  if (name === 'text:bookmark' || name === 'text:bookmark-start')
    return [element('a', { id: attributes['text:name'] ?? undefined })];
  if (name === 'text:note') return [note(node, context)];
  if (name === 'text:list') return [list(node, context)];
  if (name === 'table:table-header-rows') return [headRows(inside())];
  if (name === 'table:table') return [element('table', {}, inside())];
  if (name === 'table:table-cell' || name === 'table:covered-table-cell') return cell(node, context);
  if (name === 'draw:frame') return frame(node, context);
  if (name === 'draw:image') return image(node, undefined, context);
  const simple = SIMPLE[name];
  if (simple === ' ') return [text('\t')];
  if (simple !== undefined) return [element(simple, {}, inside())];
  if (CONTAINERS.test(name)) return [element('div', {}, inside())];
  return inside();
}

function wrap(tags: string[], content: HtmlContent[]): HtmlContent[] {
  return tags.reduceRight<HtmlContent[]>(
    (inner, tag) =>
      tag === 'small-caps'
        ? [element('span', { className: ['smallcaps'] }, inner)]
        : [element(tag, {}, inner)],
    content,
  );
}

function heading(node: Element, context: Context): HtmlElement {
  const level = Math.min(6, Math.max(1, Number(node.attributes['text:outline-level'] ?? 1) || 1));
  return element(`h${level}`, {}, convertAll(node.children, context));
}

const VERSE = /^(?:verse|poem|poetry|versuri|poezie|стих)/i;

function paragraph(node: Element, context: Context): HtmlElement {
  const style = node.attributes['text:style-name'] ?? undefined;
  const names = context.styles.namesOf(style);
  const is = (pattern: RegExp) => names.some((name) => pattern.test(name));
  const direction = context.styles.isRightToLeft(style) ? { dir: 'rtl' } : {};
  const content = convertAll(node.children, context);
  if (is(/^title$/i)) return element('h1', direction, content);
  if (is(VERSE)) return element('p', { ...direction, className: ['verse'] }, content);
  // The look of a paragraph's own automatic style is that of its words.
  const isAutomatic = /^P\d+$/.test(style ?? '');
  const looked = isAutomatic ? wrap(context.styles.emphasisOf(style), content) : content;
  const made = element('p', direction, looked);
  return is(/^quot(?:e|ations?)$|^citat|^цитата/i) ? element('blockquote', {}, [made]) : made;
}

function note(node: Element, context: Context): HtmlElement {
  const kind = node.attributes['text:note-class'] === 'endnote' ? 'endnote' : 'footnote';
  const id = `${kind}-${context.notes.length + 1}`;
  const citation = xmlText(child(node, 'text:note-citation')).trim();
  // The place of the body is taken first, so that notes inside of notes follow it.
  const body = element('aside', { id, className: [kind] });
  context.notes.push(body);
  body.children = convertAll(child(node, 'text:note-body')?.children ?? [], { ...context, lists: [] });
  return element('a', { className: ['noteref'], href: `#${id}` }, [citation]);
}

function list(node: Element, context: Context): HtmlElement {
  // A list inside of another has that one's style unless it says its own (ODF 1.3 §5.3.1).
  const style = node.attributes['text:style-name'] ?? context.lists.at(-1);
  const lists = [...context.lists, style];
  const isNumbered = context.styles.isNumbered(style ?? undefined, lists.length);
  const items = convertAll(node.children, { ...context, lists: lists as (string | undefined)[] });
  return element(isNumbered ? 'ol' : 'ul', {}, items.map(withoutLoneParagraph));
}

/** An item with one paragraph is that paragraph's text. */
function withoutLoneParagraph(item: HtmlContent): HtmlContent {
  if (item.type !== 'element' || item.tagName !== 'li') return item;
  const blocks = item.children.filter((part) => part.type !== 'text' || part.value.trim() !== '');
  const [first, ...rest] = blocks;
  const isLone =
    first?.type === 'element' && first.tagName === 'p' && Object.keys(first.properties).length === 0;
  const areLists = rest.every((part) => part.type === 'element' && ['ul', 'ol'].includes(part.tagName));
  return isLone && areLists ? { ...item, children: [...first.children, ...rest] } : item;
}

function cell(node: Element, context: Context): HtmlContent[] {
  const content = convertAll(node.children, context);
  const isCovered = node.name === 'table:covered-table-cell';
  if (isCovered && xmlText(node).trim() === '') return [];
  const made = element(
    'td',
    {
      colSpan: Number(node.attributes['table:number-columns-spanned'] ?? 1),
      rowSpan: Number(node.attributes['table:number-rows-spanned'] ?? 1),
    },
    content,
  );
  return [made];
}

function headRows(rows: HtmlContent[]): HtmlElement {
  const head = element('thead', {}, rows);
  for (const node of elementsOf(head)) if (node.tagName === 'td') node.tagName = 'th';
  return head;
}

function frame(node: Element, context: Context): HtmlContent[] {
  const alternative = xmlText(child(node, 'svg:desc')) || xmlText(child(node, 'svg:title'));
  // The renditions of one frame are alternatives: the first is the best (ODF 1.3 §10.4.2).
  const [first] = childElements(node).filter(({ name }) => name === 'draw:image');
  const others = childElements(node).filter(({ name }) => name !== 'draw:image');
  return [
    ...(first ? image(first, alternative, context) : []),
    ...others.flatMap((other) => convert(other, context)),
  ];
}

function image(node: Element, alternative: string | undefined, { imageOf }: Context): HtmlContent[] {
  const href = node.attributes['xlink:href'] ?? '';
  if (href === '' || /^[a-z]+:/i.test(href)) return [];
  const source = imageOf(href);
  return source === null && !alternative
    ? []
    : [element('img', { src: source ?? undefined, alt: alternative })];
}

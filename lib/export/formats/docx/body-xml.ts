import type { Element, ElementContent, Root, RootContent } from 'hast';
import rehypeParse from 'rehype-parse';
import { unified } from 'unified';
import { link, paragraph, type RunLook, run } from './word-xml';

const parser = unified().use(rehypeParse, { fragment: true });

/** Elements that change the look of the words in them. */
const LOOKS: Record<string, RunLook> = {
  em: { italic: true },
  i: { italic: true },
  strong: { bold: true },
  b: { bold: true },
  del: { struck: true },
  s: { struck: true },
  code: { code: true },
  sup: { raised: 'superscript' },
  sub: { raised: 'subscript' },
};
/** Elements that stand by themselves; all others are in a line of words. */
const BLOCKS = new Set([
  ...[
    'p',
    'h1',
    'h2',
    'h3',
    'h4',
    'h5',
    'h6',
    'pre',
    'blockquote',
    'ul',
    'ol',
    'li',
    'table',
    'thead',
    'tbody',
  ],
  ...['tr', 'hr', 'div', 'section', 'details', 'summary', 'dl', 'dt', 'dd'],
]);
/** Blocks in blocks that are read; what is deeper is given as words alone. */
const DEEPEST = 40;

type Node = RootContent | ElementContent;

/** The body of a note as paragraphs of a Word document: `html` is what lib/markdown makes of it. */
export function bodyXml(html: string, depth: number): string {
  const root: Root = parser.parse(html);
  return blocksXml(root.children, { depth, before: '', nesting: 0 });
}

type Place = {
  /** How far it is set in. */
  depth: number;
  /** What the next paragraph begins with: the sign of an item of a list. */
  before: string;
  nesting: number;
};

function blocksXml(nodes: Node[], place: Place): string {
  let xml = '';
  let inline: Node[] = [];
  let { before } = place;
  const flush = () => {
    const runs = runsXml(inline, {});
    inline = [];
    if (runs === '') return;
    xml += paragraph('Note', run(before) + runs, place);
    before = '';
  };
  for (const node of nodes) {
    if (node.type !== 'element' || !BLOCKS.has(node.tagName)) {
      inline.push(node);
      continue;
    }
    flush();
    xml += blockXml(node, { ...place, before });
    before = '';
  }
  flush();
  return xml;
}

function blockXml(element: Element, place: Place): string {
  const { tagName, children } = element;
  const inner = { ...place, nesting: place.nesting + 1 };
  if (place.nesting > DEEPEST) return paragraph('Note', run(wordsOf(element)), place);
  if (tagName === 'hr') return paragraph('Note', run('* * *'), place);
  if (tagName === 'tr') {
    const cells = children.filter((child): child is Element => child.type === 'element');
    return paragraph('Note', cells.map((cell) => runsXml(cell.children, {})).join(run(' | ')), place);
  }
  if (tagName === 'pre') return paragraph('Note', run(wordsOf(element), { code: true }), place);
  if (/^h\d$/.test(tagName)) return paragraph('Note', runsXml(children, { bold: true }), place);
  if (tagName === 'blockquote') return blocksXml(children, { ...inner, depth: place.depth + 1 });
  if (tagName === 'ul' || tagName === 'ol') {
    const items = children.filter((child): child is Element => child.type === 'element');
    const first = Number(element.properties.start ?? 1);
    return items
      .map((item, i) => {
        const sign = tagName === 'ul' ? '• ' : `${first + i}. `;
        return blocksXml(item.children, { ...inner, depth: place.depth + 1, before: sign });
      })
      .join('');
  }
  return blocksXml(children, inner);
}

function runsXml(nodes: Node[], look: RunLook): string {
  return nodes
    .map((node) => {
      if (node.type === 'text') return run(node.value.replace(/\s+/g, ' '), look).replace(EMPTY, '');
      if (node.type !== 'element') return '';
      const { tagName, properties, children } = node;
      if (tagName === 'br') return run('\n', look);
      if (tagName === 'img') return run(`[${properties.alt || properties.src || '…'}]`, look);
      if (tagName === 'input') return run(properties.checked ? '☑ ' : '☐ ', look);
      const inside = runsXml(children as Node[], { ...look, ...LOOKS[tagName] });
      const { href } = properties;
      return tagName === 'a' && typeof href === 'string' && inside !== '' ? link(href, inside) : inside;
    })
    .join('');
}

/** A run of one space alone between blocks is a line end of the HTML. */
const EMPTY = /^<w:r><w:t xml:space="preserve"> <\/w:t><\/w:r>$/;

function wordsOf(node: Node): string {
  if (node.type === 'text') return node.value;
  return node.type === 'element' ? node.children.map(wordsOf).join('') : '';
}

import type { Element, ElementContent, Nodes, Root } from 'hast';
import { raw } from 'hast-util-raw';
import type {
  FootnoteDefinition,
  FootnoteReference,
  Heading,
  Root as MarkdownRoot,
  Paragraph,
  PhrasingContent,
  RootContent,
} from 'mdast';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import remarkRehype from 'remark-rehype';
import { unified } from 'unified';
import { parse as parseYaml } from 'yaml';
import { AppError } from '@/lib/kernel/errors';
import { requireBoundedMarkup, tooDeep } from './read-html';
import { BOUNDS, type ConversionMetadata } from './schema';
import { depthOf, element } from './source-tree';

/** Marks and addresses in one block, at most: a parser compares each with those before it. */
const MOST_MARKS = 4_000;
/** Bars in one block: those of a table of some thousand rows. */
const MOST_BARS = 100_000;

/**
 * A Markdown text as a tree of HTML: CommonMark with GFM (tables, task lists, footnotes), the title of a YAML or Pandoc
 * front matter, line blocks (`| `) as verse, and HTML inside as HTML.
 *
 * @throws AppError `too_large` where a block has more marks or nesting than anybody writes.
 */
export function readMarkdown(source: string): { root: Root; metadata: Partial<ConversionMetadata> } {
  const { body, metadata } = splitFrontMatter(source.replace(/\r\n?/g, '\n'));
  requireBoundedMarkdown(body);
  const tree = parser.parse(body);
  const hasHtml = markVerse(tree);
  const converted = toTree(tree);
  const root = hasHtml ? (raw(converted as Nodes) as Root) : converted;
  if (depthOf(root) > BOUNDS.nesting) throw tooDeep();
  return { root, metadata };
}

const parser = unified().use(remarkParse).use(remarkGfm).freeze();

const processor = unified()
  .use(remarkRehype, {
    allowDangerousHtml: true,
    clobberPrefix: '',
    handlers: { footnoteReference: callOfNote, footnoteDefinition: bodyOfNote },
  })
  .freeze();

function toTree(tree: MarkdownRoot): Root {
  try {
    return processor.runSync(tree) as Root;
  } catch (error) {
    if (error instanceof RangeError) throw tooDeep();
    throw error;
  }
}

/** The anchor of a note, with its label as Markdown has it. */
function callOfNote(_state: unknown, { identifier, label, position }: FootnoteReference): Element {
  const anchor = element(
    'a',
    {
      className: ['noteref'],
      href: `#fn-${encodeURIComponent(identifier)}`,
    },
    [label ?? identifier],
  );
  return { ...anchor, position };
}

/** Notes stay in their place, so that those which nothing calls are not lost. */
function bodyOfNote(
  state: { all(node: FootnoteDefinition): ElementContent[] },
  node: FootnoteDefinition,
): Element {
  const body = element('aside', { id: `fn-${node.identifier}`, className: ['footnote'] }, state.all(node));
  return { ...body, position: node.position };
}

/** Marks line blocks as verse, and says whether there is HTML in the text. */
function markVerse(tree: MarkdownRoot): boolean {
  let hasHtml = false;
  const visit = (nodes: RootContent[]): void => {
    for (const node of nodes) {
      if (node.type === 'html') hasHtml = true;
      if (node.type === 'paragraph') markLineBlock(node);
      if (node.type === 'heading') takeHeadingId(node);
      if ('children' in node) visit(node.children as RootContent[]);
    }
  };
  visit(tree.children);
  return hasHtml;
}

/** An id after a heading (`{#id}`, as Pandoc has it) is no word of it. */
function takeHeadingId(heading: Heading): void {
  const last = heading.children.at(-1);
  const match = last?.type === 'text' ? /\s*\{#([^\s{}]+)[^{}]*\}\s*$/.exec(last.value) : null;
  if (!match || last?.type !== 'text') return;
  last.value = last.value.slice(0, match.index);
  heading.data = { ...heading.data, hProperties: { id: match[1] } };
}

/** A paragraph whose lines all begin with a bar (Pandoc's line block): its lines end with breaks. */
function markLineBlock(paragraph: Paragraph): void {
  const [first] = paragraph.children;
  if (first?.type !== 'text' || !/^\|(?:[ \t]|$)/m.test(first.value.split('\n')[0] ?? '')) return;
  const lines = paragraph.children.flatMap((child) =>
    child.type === 'text' ? child.value.split('\n').slice(1) : [],
  );
  if (lines.some((line) => !/^\|(?:[ \t]|$)/.test(line))) return;
  first.value = first.value.replace(/^\|[ \t]?/, '');
  paragraph.children = paragraph.children.flatMap((child): PhrasingContent[] =>
    child.type !== 'text'
      ? [child]
      : child.value
          .split('\n')
          .flatMap((line, i): PhrasingContent[] =>
            i === 0
              ? [{ type: 'text', value: line }]
              : [{ type: 'break' }, { type: 'text', value: line.replace(/^\|[ \t]?/, '') }],
          ),
  );
  paragraph.data = { ...paragraph.data, hProperties: { className: ['line-block'] } };
}

function splitFrontMatter(source: string): { body: string; metadata: Partial<ConversionMetadata> } {
  const yaml = /^---[ \t]*\n([\s\S]*?)\n(?:---|\.\.\.)[ \t]*(?:\n|$)/.exec(source);
  if (yaml) {
    const metadata = yamlMetadata(yaml[1] ?? '');
    // Empty lines in its place keep the numbers of the lines after it.
    if (metadata)
      return { body: '\n'.repeat(yaml[0].split('\n').length - 1) + source.slice(yaml[0].length), metadata };
  }
  const pandoc = /^%[ \t]*(.*)\n(?:%[ \t]*(.*)\n)?(?:%[ \t]*(.*)\n)?/.exec(source);
  if (!pandoc) return { body: source, metadata: {} };
  const [whole, title, authors, date] = pandoc;
  return {
    body: '\n'.repeat(whole.split('\n').length - 1) + source.slice(whole.length),
    metadata: {
      ...(title && { title: title.trim() }),
      ...(authors && { authors: authors.split(';').map((name) => name.trim()) }),
      ...(date && { date: date.trim() }),
    },
  };
}

/** The bibliographic fields of a front matter; null where it is no YAML mapping, and so part of the text. */
function yamlMetadata(yaml: string): Partial<ConversionMetadata> | null {
  let data: unknown;
  try {
    data = parseYaml(yaml, { logLevel: 'silent', schema: 'failsafe' });
  } catch {
    return null;
  }
  if (typeof data !== 'object' || data === null || Array.isArray(data)) return null;
  const fields = new Map(Object.entries(data).map(([key, value]) => [key.toLowerCase(), value as unknown]));
  const wordsIn = (value: unknown): string[] => {
    if (typeof value === 'string') return value.trim() === '' ? [] : [value.trim()];
    if (Array.isArray(value)) return value.flatMap(wordsIn);
    if (typeof value === 'object' && value !== null && 'name' in value) return wordsIn(value.name);
    return [];
  };
  const first = (...names: string[]) => names.flatMap((name) => wordsIn(fields.get(name)))[0];
  const title = first('title');
  const language = first('lang', 'language', 'locale');
  const licence = first('license', 'licence', 'rights', 'copyright');
  const date = first('date', 'year');
  return {
    ...(title && { title }),
    authors: ['author', 'authors', 'creator'].flatMap((name) => wordsIn(fields.get(name))),
    ...(language && { language }),
    ...(licence && { licence }),
    ...(date && { date }),
  };
}

/** What a line begins with: quotation and list marks (CommonMark §5). */
const CONTAINERS = /^(?:[ \t]*(?:>|[-+*](?=[ \t])|\d{1,9}[.)](?=[ \t])))*/;

/** Refuses what would take a parser the square of its length: nesting, and marks in one block. */
function requireBoundedMarkdown(body: string): void {
  let marks = 0;
  let bars = 0;
  for (const line of body.split('\n')) {
    if (line.trim() === '') {
      marks = 0;
      bars = 0;
      continue;
    }
    const containers = CONTAINERS.exec(line)?.[0].match(/>|[-+*]|\d+[.)]/g)?.length ?? 0;
    const indentation = /^[ \t]*/.exec(line)?.[0].replaceAll('\t', '    ').length ?? 0;
    if (containers > BOUNDS.nesting || indentation > BOUNDS.nesting * 8) throw tooDeep();
    marks += line.match(/[[\]<`@]|[*_~]+|www\.|:\/\//g)?.length ?? 0;
    bars += line.match(/\|/g)?.length ?? 0;
    if (marks > MOST_MARKS || bars > MOST_BARS) {
      throw new AppError('too_large', 'One paragraph of this file has more than {most} marks of Markdown.', {
        values: { most: marks > MOST_MARKS ? MOST_MARKS : MOST_BARS },
      });
    }
  }
  requireBoundedMarkup(body);
}

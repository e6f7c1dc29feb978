import { createHash } from 'node:crypto';
import { runInThisContext } from 'node:vm';
import type { Element, Root, Text } from 'hast';
import type { Html } from 'mdast';
import type { Handler } from 'mdast-util-to-hast';
import rehypeSanitize, { defaultSchema } from 'rehype-sanitize';
import rehypeStringify from 'rehype-stringify';
import remarkBreaks from 'remark-breaks';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import remarkRehype from 'remark-rehype';
import { unified } from 'unified';
import { isId } from '@/lib/kernel/ids';

/**
 * What a note may hold: GitHub's list without pictures, which would tell their host who reads, and without form controls.
 * Nobody writes an id by hand, since HTML is shown as it was typed: those of footnotes are ours.
 */
const allowed = {
  ...defaultSchema,
  tagNames: (defaultSchema.tagNames ?? []).filter(
    (name) => !['img', 'picture', 'source', 'input'].includes(name),
  ),
  attributes: { ...defaultSchema.attributes, p: [['className', 'visually-hidden']] },
  clobber: [],
} as typeof defaultSchema;

/** Links out of a note vouch for nothing (HTML §4.6.7 nofollow, ugc) and tell nothing (noreferrer). */
function guardLinks() {
  return function visit(node: Root | Element): void {
    if (node.type === 'element' && node.tagName === 'a')
      node.properties.rel = ['nofollow', 'noreferrer', 'ugc'];
    for (const child of node.children) if (child.type === 'element') visit(child);
  };
}

/**
 * A mention, `@[Name](id of a person)`, is no link: the name with its sign, marked with the person's id. It is made after
 * the sanitising, so that nobody writes the mark by hand (`mentionsIn` trusts it).
 */
function markMentions() {
  return function visit(node: Root | Element): void {
    for (const [i, child] of node.children.entries()) {
      if (child.type !== 'element') continue;
      const before = node.children[i - 1];
      const person = String(child.properties.href ?? '');
      if (child.tagName === 'a' && before?.type === 'text' && before.value.endsWith('@') && isId(person)) {
        before.value = before.value.slice(0, -1);
        child.tagName = 'span';
        child.properties = { className: ['mention'], dataPerson: person };
        child.children.unshift({ type: 'text', value: '@' });
      } else visit(child);
    }
  };
}

/** HTML is shown letter for letter: `<et>` in a transcription is text. */
const showHtml: Handler = (_state, { value }: Html, parent) => {
  const text: Text = { type: 'text', value };
  if (parent === undefined || !BLOCKS.has(parent.type)) return text;
  return { type: 'element', tagName: 'p', properties: {}, children: [text] };
};
/** What holds blocks and no words (CommonMark §4, §5). */
const BLOCKS = new Set(['root', 'blockquote', 'listItem', 'footnoteDefinition']);

/** A picture becomes a link to it, in the words that stand for it; a box to tick becomes a sign, since nobody ticks it here. */
function replaceUnseen() {
  return (tree: Root): void => replaceIn(tree, false);
}

function replaceIn(node: Root | Element, isLinked: boolean): void {
  for (const [i, child] of node.children.entries()) {
    if (child.type !== 'element') continue;
    const { src, alt, checked } = child.properties;
    const words: Text = { type: 'text', value: String(alt || src || '') };
    if (child.tagName === 'input') node.children[i] = { type: 'text', value: checked ? '☑' : '☐' };
    else if (child.tagName === 'img' && isLinked) node.children[i] = words;
    else if (child.tagName === 'img')
      node.children[i] = { type: 'element', tagName: 'a', properties: { href: src }, children: [words] };
    else replaceIn(child, isLinked || child.tagName === 'a');
  }
}

/** Names the label of the footnotes by the body, as remark-rehype does with the footnotes themselves. */
function nameFootnoteLabel(prefix: string) {
  return function visit(node: Root | Element): void {
    for (const child of node.children) {
      if (child.type !== 'element') continue;
      const { properties } = child;
      if (properties.id === LABEL) properties.id = prefix + LABEL;
      if (properties.ariaDescribedBy) properties.ariaDescribedBy = [prefix + LABEL];
      visit(child);
    }
  };
}
const LABEL = 'footnote-label';

/** The processor for one body. Footnotes have ids of that body, since a page shows many. */
function processorOf(body: string) {
  const prefix = `note-${createHash('sha256').update(body).digest('hex').slice(0, 10)}-`;
  return unified()
    .use(remarkParse)
    .use(remarkGfm)
    .use(remarkBreaks)
    .use(remarkRehype, {
      handlers: { html: showHtml },
      clobberPrefix: prefix,
      // Signs in place of English words: the same HTML is for readers of every language.
      footnoteLabel: '†',
      footnoteLabelTagName: 'p',
      footnoteLabelProperties: { className: ['visually-hidden'] },
      footnoteBackLabel: (reference: number) => `↩ ${reference + 1}`,
    })
    .use(replaceUnseen)
    .use(rehypeSanitize, allowed)
    .use(nameFootnoteLabel, prefix)
    .use(rehypeSanitize, allowed)
    .use(markMentions)
    .use(guardLinks)
    .use(rehypeStringify);
}

/**
 * Renders Markdown (CommonMark with GFM) to sanitised HTML. HTML in it is shown as it was typed, a line end is a line break. It
 * may take seconds.
 */
export function renderMarkdown(body: string): string {
  return String(processorOf(body).processSync(body));
}

const shared = globalThis as typeof globalThis & { scholionBounded?: () => string };

/**
 * `renderMarkdown` for at most `milliseconds`; null where it takes longer, or the stack does not suffice. The parser
 * gives no control back, so V8 ends it (`timeout` of node:vm).
 */
export function renderWithin(body: string, milliseconds: number): string | null {
  shared.scholionBounded = () => renderMarkdown(body);
  try {
    return runInThisContext('scholionBounded()', { timeout: milliseconds });
  } catch (error) {
    const isOver =
      error instanceof RangeError || (error as { code?: string }).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT';
    if (isOver) return null;
    throw error;
  }
}

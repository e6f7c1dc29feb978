import type { ElementContent, Root } from 'hast';
import { LRUCache } from 'lru-cache';
import type { PhrasingContent } from 'mdast';
import rehypeParse from 'rehype-parse';
import rehypeRemark from 'rehype-remark';
import rehypeSanitize, { defaultSchema } from 'rehype-sanitize';
import remarkGfm from 'remark-gfm';
import remarkStringify from 'remark-stringify';
import { unified } from 'unified';

const converter = unified()
  .use(rehypeParse, { fragment: true })
  .use(rehypeSanitize, { ...defaultSchema, strip: ['script', 'style'] })
  .use(flatten)
  .use(rehypeRemark, {
    handlers: {
      // A link whose address was sanitised away becomes its text.
      a: (state, node) => {
        const url = node.properties.href;
        const children = state.all(node) as PhrasingContent[];
        return typeof url === 'string' ? { type: 'link', url, children } : children;
      },
    },
  })
  .use(remarkGfm)
  .use(remarkStringify, { bullet: '-', emphasis: '_' })
  .freeze();

/** Elements of the same meaning, of which a nested one adds nothing. */
const EQUIVALENT: Record<string, string> = {
  i: 'em',
  em: 'em',
  cite: 'em',
  dfn: 'em',
  var: 'em',
  b: 'strong',
  strong: 'strong',
  s: 'del',
  del: 'del',
  strike: 'del',
  code: 'code',
  tt: 'code',
  kbd: 'code',
  samp: 'code',
  a: 'a',
  q: 'q',
  table: 'table',
};
const MAX_DEPTH = 16;

/** Unwraps redundant nested elements, because the time of the conversion doubles with each nested emphasis. */
function flatten() {
  return function visit(tree: Root): void {
    tree.children = flat(tree.children as ElementContent[], []);
  };
}

function flat(nodes: ElementContent[], open: string[]): ElementContent[] {
  return nodes.flatMap((node) => {
    if (node.type !== 'element') return [node];
    const name = EQUIVALENT[node.tagName] ?? node.tagName;
    if ((name in EQUIVALENT && open.includes(name)) || open.length === MAX_DEPTH)
      return flat(node.children, open);
    return [{ ...node, children: flat(node.children, [...open, name]) }];
  });
}

/**
 * An HTML parser reopens unclosed formatting elements in each following paragraph, but at most three equal ones (HTML
 * §13.2.4.3, "Noah's Ark clause"). Without attributes they are equal, so that a small text cannot become a large one.
 */
const WITH_ATTRIBUTES = /<(b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u)(?=[\s/])[^>]*>/gi;

/** Number of HTML tags that may still be converted, over all bodies of an annotation. */
export type TagBudget = { tags: number };
/** More tags could take the parsers over a second, or overflow the stack. */
export const MAX_HTML_TAGS = 400;
/** Characters of HTML that are converted: ten times the Markdown that is kept of it. */
const MOST_CHARACTERS = 500_000;

/** Each list converts the same bodies again, so the results are kept: more than a page of a container has. */
const cache = new LRUCache<string, string>({
  maxSize: 64_000_000,
  sizeCalculation: (markdown, html) => markdown.length + html.length + 1,
});

/** The Markdown of an HTML body: by the parsers, which take some tens of milliseconds, or of what is known. */
export type HtmlConverter = (html: string) => string;

/**
 * Converts sanitised HTML to Markdown by `convert`, and subtracts its tags from `budget`. Over the budget, the tags are
 * removed instead.
 */
export function htmlToMarkdown(html: string, budget: TagBudget, convert: HtmlConverter): string {
  budget.tags -= html.match(/<[a-z/!?]/gi)?.length ?? 0;
  if (budget.tags < 0 || html.length > MOST_CHARACTERS) return withoutTags(html);
  return convert(html);
}

/** The text of HTML whose tags are removed unread. */
export function withoutTags(html: string): string {
  return html.replace(/<[^<>]*>/g, ' ').trim();
}

/** Converts by the parsers, whatever that takes. */
export function parseHtml(html: string): string {
  return String(converter.processSync(html.replace(WITH_ATTRIBUTES, '<$1>'))).trim();
}

/** What is known of a body, else the parsers' result. */
export function knownMarkdown(html: string): string {
  const known = cache.get(html) ?? parseHtml(html);
  cache.set(html, known);
  return known;
}

/** Whether the Markdown of a body is known. */
export function isKnown(html: string): boolean {
  return cache.has(html);
}

/** Keeps the Markdown of a body, as a thread made it. */
export function keepMarkdown(html: string, markdown: string): void {
  cache.set(html, markdown);
}

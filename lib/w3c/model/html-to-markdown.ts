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

/** Number of HTML tags that may still be cache, over all bodies of an annotation. */
export type TagBudget = { tags: number };
/** More tags could take the parsers over a second, or overflow the stack. */
export const MAX_HTML_TAGS = 400;

/** Each list converts the same bodies again, so the results are kept. */
const cache = new LRUCache<string, string>({
  maxSize: 10_000_000,
  sizeCalculation: (markdown, html) => markdown.length + html.length + 1,
});

/**
 * Converts sanitised HTML to Markdown, and subtracts its tags from `budget`. Over the budget, the tags are removed
 * instead.
 */
export function htmlToMarkdown(html: string, budget: TagBudget): string {
  budget.tags -= html.match(/<[a-z/!?]/gi)?.length ?? 0;
  if (budget.tags < 0) return html.replace(/<[^<>]*>/g, ' ').trim();
  const known = cache.get(html);
  if (known !== undefined) return known;
  const markdown = String(converter.processSync(html.replace(WITH_ATTRIBUTES, '<$1>'))).trim();
  cache.set(html, markdown);
  return markdown;
}

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
      // A link that the list of what is allowed left without an address is its text.
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

/** Elements that say the same, so that one inside another says nothing more. */
const ALIKE: Record<string, string> = {
  ...{ i: 'em', em: 'em', cite: 'em', dfn: 'em', var: 'em', b: 'strong', strong: 'strong' },
  ...{ s: 'del', del: 'del', strike: 'del', code: 'code', tt: 'code', kbd: 'code', samp: 'code', a: 'a' },
  ...{ q: 'q', table: 'table' },
};
const DEEPEST = 16;

/** Markdown takes time that doubles with each emphasis inside another, so what says nothing more is unwrapped. */
function flatten() {
  return function visit(tree: Root): void {
    tree.children = flat(tree.children as ElementContent[], []);
  };
}

function flat(nodes: ElementContent[], open: string[]): ElementContent[] {
  return nodes.flatMap((node) => {
    if (node.type !== 'element') return [node];
    const name = ALIKE[node.tagName] ?? node.tagName;
    if ((name in ALIKE && open.includes(name)) || open.length === DEEPEST) return flat(node.children, open);
    return [{ ...node, children: flat(node.children, [...open, name]) }];
  });
}

/**
 * HTML repeats what was left open in each paragraph after it, but at most three that are alike (HTML §13.2.4.3,
 * "Noah's Ark clause"): without their attributes they are alike, and no small text becomes a large one.
 */
const WITH_ATTRIBUTES = /<(b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u)(?=[\s/])[^>]*>/gi;

/** The tags of HTML that are still converted, over all the bodies of an annotation. */
export type TagBudget = { tags: number };
/** More would take the parsers a second and more, or the stack, where somebody means it ill. */
export const MAX_HTML_TAGS = 400;

/** Every list of notes says again what each of them says. */
const converted = new LRUCache<string, string>({
  maxSize: 10_000_000,
  sizeCalculation: (markdown, html) => markdown.length + html.length + 1,
});

/**
 * HTML as Markdown, without scripts and whatever else is not text. Where it has more tags than `budget`, it loses
 * them instead; what it has is taken off the budget.
 */
export function htmlToMarkdown(html: string, budget: TagBudget): string {
  budget.tags -= html.match(/<[a-z/!?]/gi)?.length ?? 0;
  if (budget.tags < 0) return html.replace(/<[^<>]*>/g, ' ').trim();
  const known = converted.get(html);
  if (known !== undefined) return known;
  const markdown = String(converter.processSync(html.replace(WITH_ATTRIBUTES, '<$1>'))).trim();
  converted.set(html, markdown);
  return markdown;
}

import type { Element, Root } from 'hast';
import { LRUCache } from 'lru-cache';
import rehypeSanitize, { defaultSchema } from 'rehype-sanitize';
import rehypeStringify from 'rehype-stringify';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import remarkRehype from 'remark-rehype';
import { unified } from 'unified';

/**
 * What a note may hold: GitHub's list without images (a picture from elsewhere would tell its host who reads)
 * and without form controls. Ids get a prefix, so that a note cannot take the place of an element of the page.
 */
const allowed = {
  ...defaultSchema,
  tagNames: (defaultSchema.tagNames ?? []).filter(
    (name) => !['img', 'picture', 'source', 'input'].includes(name),
  ),
};

/** Links out of a note vouch for nothing (HTML §4.6.7 nofollow, ugc) and tell nothing (noreferrer). */
function guardLinks() {
  return function visit(node: Root | Element): void {
    if (node.type === 'element' && node.tagName === 'a')
      node.properties.rel = ['nofollow', 'noreferrer', 'ugc'];
    for (const child of node.children) if (child.type === 'element') visit(child);
  };
}

const processor = unified()
  .use(remarkParse)
  .use(remarkGfm)
  .use(remarkRehype)
  .use(rehypeSanitize, allowed)
  .use(guardLinks)
  .use(rehypeStringify)
  .freeze();

const rendered = new LRUCache<string, string>({
  maxSize: 20_000_000,
  sizeCalculation: (html) => html.length + 1,
});

/** Renders Markdown (CommonMark with GFM) to sanitised HTML. Raw HTML in it is dropped. */
export function renderMarkdown(body: string): string {
  if (!body) return '';
  const known = rendered.get(body);
  if (known !== undefined) return known;
  const html = String(processor.processSync(body));
  rendered.set(body, html);
  return html;
}

import { runInThisContext } from 'node:vm';
import type { Element, Root } from 'hast';
import rehypeSanitize, { defaultSchema } from 'rehype-sanitize';
import rehypeStringify from 'rehype-stringify';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import remarkRehype from 'remark-rehype';
import { unified } from 'unified';
import { isId } from '@/lib/kernel/ids';

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

const processor = unified()
  .use(remarkParse)
  .use(remarkGfm)
  .use(remarkRehype)
  .use(rehypeSanitize, allowed)
  .use(markMentions)
  .use(guardLinks)
  .use(rehypeStringify)
  .freeze();

/** Renders Markdown (CommonMark with GFM) to sanitised HTML. Raw HTML in it is dropped. It may take seconds. */
export function renderMarkdown(body: string): string {
  return String(processor.processSync(body));
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

/**
 * XPath and CSS selectors that lead to an element of our page by its id. Nothing else of the page's markup is promised
 * (design.md, Public surface: a paragraph's element has its `id`), so nothing else of a path is read.
 */

/**
 * What a path selects: the `whole` element with this id, or a part of it whose bounds depend on the markup.
 * Null for a path that leads to no element by its id.
 */
export type SelectedElement = { id: string; whole: boolean } | null;

const XPATH_ID =
  /^(.*)(?:\[\s*@(?:xml:)?id\s*=\s*("[^"]*"|'[^']*')\s*\]|\bid\(\s*("[^"]*"|'[^']*')\s*\))(?:\[1\])?(.*)$/s;

/** Parses an XPath (W3C Annotation Model §4.2.3): `//p[@id="doc1.p3"]`, `id("doc1.p3")`, with steps before or after. */
export function parseXPath(path: string): SelectedElement {
  const [, before, predicate, call, after] = XPATH_ID.exec(path.trim()) ?? [];
  const quoted = predicate ?? call;
  if (quoted === undefined || /[|]/.test(`${before}${after}`)) return null;
  const id = quoted.slice(1, -1);
  // A paragraph's text begins with its first text node.
  if (/^\/?$|^\/text\(\)(?:\[1\])?$/.test(after ?? '')) return { id, whole: true };
  return after?.startsWith('/') && !/\.\.|::/.test(after) ? { id, whole: false } : null;
}

const IDENTIFIER = String.raw`(?:\\[0-9a-fA-F]{1,6}\s?|\\[^\n]|[\w-]|[^\x00-\x7f])+`;
const CSS_ID = new RegExp(
  String.raw`(?:^|[\s>+~])(?:[\w-]+|\*)?(?:#(${IDENTIFIER})|\[\s*id\s*=\s*("[^"]*"|'[^']*'|${IDENTIFIER})\s*\])((?:\.${IDENTIFIER})*)([\s>+~].*)?$`,
  's',
);

/** Parses a CSS selector (W3C Annotation Model §4.2.2): `#doc1\.p3`, `p#doc1\.p3`, `[id="doc1.p3"]`, or a part of one. */
export function parseCssSelector(selector: string): SelectedElement {
  const [, hash, attribute, classes = '', after = ''] = CSS_ID.exec(selector.trim()) ?? [];
  const named = hash ?? attribute;
  if (named === undefined || selector.includes(',')) return null;
  const id = unescapeCss(/^["']/.test(named) ? named.slice(1, -1) : named);
  const rest = after.trim();
  // Siblings of an element are not inside it.
  if (/^[+~]/.test(rest) || /[+~#]/.test(rest)) return null;
  // Without its escape, the dot of an id looks like a class, and our pages have no classes there.
  return { id: `${id}${hash !== undefined ? unescapeCss(classes) : ''}`, whole: rest === '' };
}

/** CSS Syntax §4.3.7: a backslash before a code in hexadecimal, or before the character itself. */
function unescapeCss(text: string): string {
  return text.replace(/\\(?:([0-9a-fA-F]{1,6})\s?|([^\n]))/g, (_, code?: string, character?: string) =>
    code ? String.fromCodePoint(Math.min(Number.parseInt(code, 16), 0x10ffff)) : (character ?? ''),
  );
}

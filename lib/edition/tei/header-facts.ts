import { canonicalLanguage } from '../language';
import type { Rendition } from '../schema';
import { elements, findElement, type HeaderNode, readTeiHeader } from './header';
import { renditionOfCss } from './rendition';
import type { TeiTag } from './tei-tag';

/** The rules that the first edition declares (docs/decisions/0023). */
const CANON_1 = 'canon/1';

/** Whether the file declares the rules of canon/1 in its editorial declaration, as the first edition does. */
export function isFirstCanon(header: HeaderNode | null): boolean {
  const declaration = header && findElement(header, 'editorialDecl');
  return declaration !== null && wordsOf(declaration).includes(CANON_1);
}

function wordsOf(node: HeaderNode | null): string {
  if (!node) return '';
  return node.children.map((child) => (typeof child === 'string' ? child : wordsOf(child))).join(' ');
}

/** The language that the file says it is in: of its root or text, else the one that the header names. */
export function languageOf(header: HeaderNode | null, ...tags: (TeiTag | null)[]): string | null {
  for (const tag of tags) {
    const declared = canonicalLanguage(tag?.attributes.get('xml:lang') ?? '');
    if (declared) return declared;
  }
  const usage = header && findElement(header, 'langUsage');
  const languages = elements(usage ?? undefined).filter(({ name }) => name === 'language');
  const byUse = (node: HeaderNode) => -Number(node.attributes.get('usage') ?? 0);
  const [first] = languages.sort((a, b) => byUse(a) - byUse(b));
  const { attributes } = first ?? { attributes: new Map<string, string>() };
  const used = canonicalLanguage(attributes.get('ident') ?? attributes.get('xml:id') ?? '');
  if (used) return used;
  // A description of a manuscript or an inscription says what that is written in (TEI P5 §10.6.6).
  const written = header && findElement(header, 'textLang');
  return canonicalLanguage(written?.attributes.get('mainLang') ?? '');
}

/** What the header's rendition elements say in CSS, by their ids (TEI P5 §2.3.4). */
export function renditionsOf(header: HeaderNode | null): ReadonlyMap<string, Rendition[]> {
  const declared = new Map<string, Rendition[]>();
  const tags = header && findElement(header, 'tagsDecl');
  for (const node of elements(tags ?? undefined)) {
    const id = node.attributes.get('xml:id');
    if (node.name === 'rendition' && id !== undefined) declared.set(id, renditionOfCss(wordsOf(node)));
  }
  return declared;
}

/** The title of a header that stands inside the text: of one text of several. */
export function titleIn(header: HeaderNode): string {
  return readTeiHeader(header, '').title;
}

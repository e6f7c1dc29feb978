import { elementNames, isKnownElement } from './element-roles';
import type { TeiTag } from './tei-tag';

/**
 * What a source is written in: TEI P5; P4 (`id`, `lang` and bare pointers instead of `xml:id`, `xml:lang` and `#`);
 * capitals, as files made of SGML have them; or another vocabulary, whose common elements are read as TEI's.
 */
export type MarkupVocabulary = 'p5' | 'p4' | 'capitals' | 'other';

/** Turns tags into TEI P5, in document order; `close` ends the innermost. */
export type TagTranslator = {
  open: (tag: TeiTag) => TeiTag;
  close: () => void;
  vocabulary: MarkupVocabulary | null;
};

type Alias = { name: string; attributes?: Record<string, string> };

const ALIASES = new Map<string, Alias>();

function alias(names: string, name: string, attributes?: Record<string, string>): void {
  for (const other of names.trim().split(/\s+/))
    ALIASES.set(other, { name, ...(attributes && { attributes }) });
}

// Divisions and paragraphs of JATS (ANSI/NISO Z39.96), DocBook 5 and XHTML.
alias(
  `sec section chapter part preface appendix sect1 sect2 sect3 sect4 sect5 simplesect refsection abstract ack ref-list
   app bibliography glossary dedication colophon app-group acknowledgements`,
  'div',
);
alias('para simpara simplepara', 'p');
alias('h1 h2 h3 h4 h5 h6 subtitle', 'head');
alias('blockquote disp-quote', 'quote');
alias('attrib attribution', 'bibl');
alias('programlisting screen literallayout pre preformat', 'eg');
alias('warning tip caution important sidebar boxed-text', 'set');
alias('article-meta title-group article-categories contrib-group', 'group');
alias('journal-meta custom-meta-group permissions', 'xenoData');
alias('article-title', 'head');
// Ranges.
alias('italic i em', 'hi', { rend: 'italic' });
alias('emphasis', 'emph');
alias('bold b strong', 'hi', { rend: 'bold' });
alias('sup superscript', 'hi', { rend: 'superscript' });
alias('sub subscript', 'hi', { rend: 'subscript' });
alias('sc', 'hi', { rend: 'smallcaps' });
alias('underline u', 'hi', { rend: 'underline' });
alias('monospace literal command filename varname function tt', 'code');
alias('citetitle source', 'title');
alias('mixed-citation element-citation citation biblioentry bibliomixed', 'bibl');
alias('xref ext-link ulink link a uri', 'ref');
alias('string-name personname', 'persName');
alias('indexterm', 'index');
alias('break br', 'lb');
// Lists, tables, figures, notes.
alias('itemizedlist simplelist variablelist def-list segmentedlist ul ol dl', 'list');
alias('orderedlist', 'list', { type: 'ordered' });
alias('list-item listitem member li def dd varlistentry def-item', 'item');
alias('term dt', 'label');
alias('tr', 'row');
alias('td', 'cell');
alias('th', 'cell', { role: 'label' });
alias('fig informalfigure', 'figure');
alias('imagedata imageobject img inline-graphic', 'graphic');
alias('fn footnote endnote', 'note');
// Verse and drama.
alias('verse-group stanza', 'lg');
alias('verse-line verse line', 'l');
alias('speech', 'sp');

/** Attributes that point to an element of the same file by its bare id. */
const POINTERS = ['target', 'targets', 'corresp', 'wit', 'rid', 'linkend', 'loc', 'from', 'to'];
/** Those of P5 in which another vocabulary says where a link leads, and where a picture is. */
const LINKS = ['target', 'rid', 'linkend', 'href', 'url'];
const PICTURES = ['url', 'fileref', 'href', 'src', 'entityref'];

/** Creates a translator; the root decides what the source is written in. */
export function createTagTranslator(): TagTranslator {
  const stack: string[] = [];
  const translator: TagTranslator = {
    vocabulary: null,
    open(tag) {
      translator.vocabulary ??= vocabularyOf(tag.name);
      const translated = translate(tag, translator.vocabulary, stack.at(-1));
      stack.push(translated.name);
      return translated;
    },
    close: () => void stack.pop(),
  };
  return translator;
}

function vocabularyOf(root: string): MarkupVocabulary {
  if (/\.2$/.test(root) && /^tei/i.test(root))
    return /^TEI/.test(root) && root !== 'TEICORPUS.2' ? 'p4' : 'capitals';
  if (isKnownElement(root)) return 'p5';
  return /^[A-Z][A-Z\d.]+$/.test(root) ? 'capitals' : 'other';
}

function translate(tag: TeiTag, vocabulary: MarkupVocabulary, parent: string | undefined): TeiTag {
  switch (vocabulary) {
    case 'p5':
      return tag;
    case 'p4':
      return { ...tag, name: P4_NAMES.get(tag.name) ?? tag.name, attributes: fromP4(tag.attributes) };
    case 'capitals': {
      const lower = tag.name.toLowerCase();
      const attributes = new Map([...tag.attributes].map(([name, value]) => [name.toLowerCase(), value]));
      const name = P4_NAMES.get(lower) ?? elementNames().get(lower) ?? lower;
      return { ...tag, name, attributes: fromP4(attributes) };
    }
    case 'other':
      return fromOther(tag, parent);
  }
}

/** Elements of P4 that P5 names otherwise (TEI P5, appendix on migration). */
const P4_NAMES = new Map([
  ['xref', 'ref'],
  ['xptr', 'ptr'],
  ['tei.2', 'TEI.2'],
  ['temphead', 'teiHeader'],
  ['idg', 'xenoData'],
]);

/** The attributes of P5 that mean what those of P4 did. */
function fromP4(attributes: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const made = new Map(attributes);
  const id = attributes.get('id');
  const language = attributes.get('lang');
  if (id !== undefined && !made.has('xml:id')) made.set('xml:id', id);
  if (language !== undefined && !made.has('xml:lang')) made.set('xml:lang', language);
  for (const name of POINTERS) {
    const value = made.get(name);
    if (value !== undefined) made.set(name, pointer(value));
  }
  return made;
}

function pointer(value: string): string {
  return value
    .split(/\s+/)
    .map((token) => (/^[\p{L}_][\p{L}\p{N}_.-]*$/u.test(token) ? `#${token}` : token))
    .join(' ');
}

function fromOther(tag: TeiTag, parent: string | undefined): TeiTag {
  const { name, at } = tag;
  const attributes = new Map(fromP4(tag.attributes));
  let found = ALIASES.get(name);
  if (name === 'title' && (parent === 'div' || parent === 'list' || parent === 'figure'))
    found = { name: 'head' };
  if (name === 'entry' && parent === 'row') found = { name: 'cell' };
  if (name === 'ref' && parent === 'div') found = { name: 'bibl' };
  if (name === 'list' && attributes.get('list-type') === 'order') attributes.set('type', 'ordered');
  if (name === 'emphasis' && /bold|strong/.test(attributes.get('role') ?? '')) attributes.set('rend', 'bold');
  for (const [key, value] of Object.entries(found?.attributes ?? {})) attributes.set(key, value);
  const made = found?.name ?? name;
  const first = (names: readonly string[]) => {
    const key = names.find((candidate) => attributes.has(candidate));
    return key === undefined ? undefined : attributes.get(key);
  };
  const link = made === 'ref' ? first(LINKS) : undefined;
  // What runs a script is no link; the words of it are text all the same.
  if (link !== undefined && /^(?:#|https?:)/.test(link)) attributes.set('target', link);
  else if (made === 'ref') attributes.delete('target');
  const picture = made === 'graphic' ? first(PICTURES) : undefined;
  if (picture !== undefined) attributes.set('url', picture);
  return { name: made, attributes, at };
}

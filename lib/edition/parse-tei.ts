import { SaxesParser, type SaxesTagNS } from 'saxes';
import { excessOfMarks, MOST_COMBINING_MARKS } from '@/lib/kernel/combining-marks';
import { AppError } from '@/lib/kernel/errors';
import { CANONICAL_RULES, type ParsedSection } from './canonical-text';
import type { EditionHeader } from './schema';
import { createBodyReader } from './tei-body';
import { type HeaderNode, readTeiHeader, sectionTitles } from './tei-header';
import { HEADER_ELEMENTS } from './tei-rules';
import type { Refuse, TeiTag } from './tei-tags';

const TEI_NAMESPACE = 'http://www.tei-c.org/ns/1.0';
/** In code units. The largest known edition has 0.9 million. */
const LONGEST_SOURCE = 20_000_000;

/** Elements inside one another, at most. The deepest real edition tried has 30. */
const MOST_NESTED = 100;

/** A parsed TEI file: the header, and every section and note with its canonical text. */
export type TeiEdition = {
  slug: string;
  title: string;
  language: string;
  canon: typeof CANONICAL_RULES;
  header: EditionHeader;
  /** In document order, each section followed by its notes. */
  sections: ParsedSection[];
};

/**
 * Reads an edition from its TEI P5 source (subset: tei-rules.ts; canonical text: canonical-text.ts). Pure.
 *
 * @throws AppError `invalid` for whatever is not well-formed, not NFC, or outside the closed subset; its detail
 *   and its errors begin with `line:column` (both count from 1; columns in code points). `too_large` over the limit.
 */
export function parseTei(source: string): TeiEdition {
  if (source.length > LONGEST_SOURCE) {
    throw new AppError('too_large', `The file has over ${LONGEST_SOURCE} characters.`);
  }
  const text = source.replace(/^\uFEFF/, '');
  const refuse: Refuse = (at, reason) => {
    throw refusal(text, [{ at, reason }]);
  };
  checkCharacters(text, refuse);

  const ids = new Map<string, number>();
  const links: { target: string; at: number }[] = [];
  const header: HeaderNode = { name: 'teiHeader', attributes: new Map(), children: [] };
  const body = createBodyReader({ refuse, links, titles: () => sectionTitles(header) });
  /** Open elements of the header, outermost first; empty while the text is read. */
  const open: HeaderNode[] = [];
  let root: TeiTag | undefined;

  const parser = new SaxesParser({ xmlns: true, position: true });
  let depth = 0;
  let tagStart = 0;
  let mark = 0;
  parser.on('error', (error) => refuse(parser.position, error.message.replace(/^.*?\d+:\d+: /, '')));
  parser.on('doctype', () => {
    refuse(
      text.lastIndexOf('<!DOCTYPE', parser.position),
      'a DOCTYPE is not allowed: no entities, no outside files',
    );
  });
  parser.on('processinginstruction', ({ target }) => {
    if (root)
      refuse(
        text.lastIndexOf('<?', parser.position),
        `the processing instruction <?${target}?> is not of the subset`,
      );
    mark = parser.position;
  });
  parser.on('comment', () => {
    mark = parser.position;
  });
  parser.on('opentagstart', () => {
    tagStart = text.lastIndexOf('<', parser.position - 1);
  });
  parser.on('opentag', (raw) => {
    depth++;
    if (depth > MOST_NESTED)
      refuse(tagStart, `elements stand inside one another more than ${MOST_NESTED} deep`);
    const tag = readTag(raw, tagStart, refuse);
    registerId(tag, ids, refuse);
    const above = open.at(-1);
    if (above || tag.name === 'teiHeader') {
      if (!HEADER_ELEMENTS.has(tag.name)) refuse(tag.at, `<${tag.name}> is not of the header's subset`);
      const node: HeaderNode = above ? { ...tag, children: [] } : header;
      above?.children.push(node);
      open.push(node);
      collectHeaderLinks(tag, links);
      if (!above) body.pass(tag);
    } else {
      root ??= tag;
      body.open(tag);
    }
    mark = parser.position;
  });
  parser.on('closetag', () => {
    depth--;
    if (open.length > 0) open.pop();
    else body.close(parser.position);
    mark = parser.position;
  });
  const onText = (words: string) => {
    if (words !== words.normalize('NFC')) refuse(mark, 'the text is not in Unicode NFC');
    const within = open.at(-1);
    if (within) within.children.push(words);
    else body.text(words, mark);
    mark = parser.position;
  };
  parser.on('text', onText);
  parser.on('cdata', onText);
  parser.write(text).close();

  const { sections, language, slug } = body.finish();
  const dangling = links.filter((link) => !ids.has(link.target));
  if (dangling.length > 0) {
    const faults = dangling.map(({ target, at }) => ({
      at,
      reason: `#${target} points to no id of this file`,
    }));
    throw refusal(text, faults);
  }
  for (const section of sections) {
    if (section.text !== section.text.normalize('NFC')) {
      refuse(
        ids.get(section.id) ?? 0,
        `the text of ${section.id} is not in Unicode NFC where its elements meet`,
      );
    }
  }
  checkPages(sections, (reason) => refuse(root?.at ?? 0, reason));
  const teiHeader = readTeiHeader(header, language);
  if (teiHeader.title === '') refuse(root?.at ?? 0, 'the header has no titleStmt/title');
  return {
    slug,
    title: teiHeader.source.title || teiHeader.title,
    language,
    canon: CANONICAL_RULES,
    header: teiHeader,
    sections,
  };
}

function readTag(raw: SaxesTagNS, at: number, refuse: Refuse): TeiTag {
  if (raw.uri !== TEI_NAMESPACE) refuse(at, `<${raw.name}> is not in the TEI namespace ${TEI_NAMESPACE}`);
  const attributes = new Map<string, string>();
  for (const { name, prefix, value } of Object.values(raw.attributes)) {
    if (prefix === 'xmlns' || name === 'xmlns') continue;
    if (value !== value.normalize('NFC')) refuse(at, `the value of ${name} is not in Unicode NFC`);
    attributes.set(name, value);
  }
  return { name: raw.local, at, attributes };
}

function registerId(tag: TeiTag, ids: Map<string, number>, refuse: Refuse): void {
  const id = tag.attributes.get('xml:id');
  if (id === undefined) return;
  if (!/^[\p{L}_][\p{L}\p{N}_.-]*$/u.test(id)) refuse(tag.at, `“${id}” is no XML id`);
  if (ids.has(id)) refuse(tag.at, `the id ${id} is there already`);
  ids.set(id, tag.at);
}

function collectHeaderLinks(tag: TeiTag, links: { target: string; at: number }[]): void {
  for (const token of (tag.attributes.get('corresp') ?? '').split(/\s+/)) {
    if (token.startsWith('#')) links.push({ target: token.slice(1), at: tag.at });
  }
}

function checkCharacters(text: string, refuse: Refuse): void {
  const lone = /\p{Surrogate}/u.exec(text);
  if (lone) refuse(lone.index, 'half of a surrogate pair is no character');
  const marks = excessOfMarks(text);
  if (marks !== null) refuse(marks, `more than ${MOST_COMBINING_MARKS} combining marks in a row are no text`);
  const normal = text.normalize('NFC');
  if (normal === text) return;
  let at = 0;
  while (text[at] === normal[at]) at++;
  refuse(at, 'the text is not in Unicode NFC');
}

/** A printed page must begin only once, because readers cite it by its label. */
function checkPages(sections: ParsedSection[], refuse: (reason: string) => never): void {
  const labels = new Set<string>();
  for (const { label } of sections.flatMap((section) => section.pages)) {
    if (labels.has(label)) refuse(`the page ${label} begins twice`);
    labels.add(label);
  }
}

/** The refusal of a source, with the line and column of each error. */
function refusal(text: string, faults: { at: number; reason: string }[]): AppError {
  const errors = faults.map(({ at, reason }) => {
    const lines = text.slice(0, at).split(/\r\n|\r|\n/);
    const where = `${lines.length}:${[...(lines.at(-1) ?? '')].length + 1}`;
    return { pointer: where, detail: `${where} ${reason}` };
  });
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : '';
  return new AppError('invalid', `The TEI file is refused: ${errors[0]?.detail}${more}.`, { errors });
}

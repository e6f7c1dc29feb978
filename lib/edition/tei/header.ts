import { collapseWhitespace } from '../canonical-text';
import type { EditionHeader } from '../schema';

/** An element of the header, with its children in order. */
export type HeaderNode = {
  name: string;
  attributes: ReadonlyMap<string, string>;
  children: (HeaderNode | string)[];
};

/** Reads the bibliographic header from a teiHeader (TEI P5 §2). Absent parts are null or empty. */
export function readTeiHeader(header: HeaderNode, language: string): EditionHeader {
  const titleStmt = first(header, 'titleStmt');
  const bibl = first(header, 'biblStruct');
  const scope = all(bibl, 'biblScope');
  const page = scope.find((node) => node.attributes.get('unit') === 'page');
  const volume = scope.find((node) => node.attributes.get('unit') === 'volume');
  const issued = first(first(bibl, 'imprint'), 'date');
  const availability = first(header, 'availability');
  const licence = first(availability, 'licence');
  return {
    title: mainTitle(titleStmt),
    language,
    authors: all(titleStmt, 'author').map(words),
    editors: all(titleStmt, 'respStmt').map((node) => ({
      id: node.attributes.get('xml:id') ?? '',
      role: textOf(first(node, 'resp')) ?? '',
      name: textOf(first(node, 'name')) ?? '',
    })),
    source: {
      title: textOf(first(first(bibl, 'analytic'), 'title')) ?? '',
      journal: textOf(first(first(bibl, 'monogr'), 'title')),
      volume: textOf(volume),
      year: issued?.attributes.get('when') ?? textOf(issued),
      firstPage: page?.attributes.get('from') ?? null,
      lastPage: page?.attributes.get('to') ?? null,
    },
    archive: readArchive(first(header, 'msDesc')),
    licence: {
      status: availability?.attributes.get('status') ?? 'unknown',
      statement: all(availability, 'p').map(words),
      encoding: licence
        ? { text: words(licence), url: httpUrlOrNull(licence.attributes.get('target')) }
        : null,
    },
    declaration: elements(first(header, 'editorialDecl')).map((node) => ({
      about: node.name === 'p' ? 'text' : node.name,
      text: words(node),
    })),
    correspondence: all(header, 'correspDesc').map((letter) => ({
      section: parsePointers(letter.attributes.get('corresp'))[0] ?? '',
      actions: all(letter, 'correspAction').map((action) => ({
        type: action.attributes.get('type') ?? '',
        names: [...all(action, 'persName'), ...all(action, 'orgName')].map(words),
        place: textOf(first(action, 'placeName')),
        date: first(action, 'date')?.attributes.get('when') ?? null,
      })),
    })),
    languages: all(header, 'language').map((node) => ({
      code: node.attributes.get('ident') ?? '',
      name: words(node),
    })),
    changes: all(header, 'change').map((node) => ({
      when: node.attributes.get('when') ?? null,
      text: words(node),
    })),
  };
}

/** The title that is marked as the main one, else the first. */
function mainTitle(titleStmt: HeaderNode | undefined): string {
  const titles = elements(titleStmt).filter(({ name }) => name === 'title');
  const main = titles.find((node) => node.attributes.get('type') === 'main') ?? titles[0];
  return textOf(main) ?? '';
}

/** Titles that the header gives to sections: `title/@corresp` points to the section. */
export function sectionTitles(header: HeaderNode): ReadonlyMap<string, string> {
  const titles = all(header, 'title');
  return new Map(
    titles.flatMap((node) =>
      parsePointers(node.attributes.get('corresp')).map((id) => [id, words(node)] as const),
    ),
  );
}

/** The ids that a pointing attribute names, without their `#` (TEI data.pointer; several are split by space). */
export function parsePointers(value: string | undefined): string[] {
  return (value ?? '')
    .split(/\s+/)
    .filter((token) => token.startsWith('#'))
    .map((token) => token.slice(1));
}

/** `value` where it is an http(s) address, else null: nothing else may become a link. */
export function httpUrlOrNull(value: string | undefined): string | null {
  return value !== undefined && /^https?:\/\/[^\s]+$/.test(value) ? value : null;
}

function readArchive(description: HeaderNode | undefined): EditionHeader['archive'] {
  if (!description) return null;
  const identifier = first(description, 'msIdentifier');
  return {
    settlement: textOf(first(identifier, 'settlement')),
    repository: textOf(first(identifier, 'repository')),
    collection: textOf(first(identifier, 'collection')),
    identifier: textOf(first(identifier, 'idno')),
    items: all(description, 'msItem').map((item) => ({
      section: parsePointers(first(item, 'title')?.attributes.get('corresp'))[0] ?? '',
      title: textOf(first(item, 'title')) ?? '',
      folios: textOf(first(item, 'locus')) ?? '',
    })),
  };
}

/** Every descendant of that name, in document order. */
function all(node: HeaderNode | undefined, name: string): HeaderNode[] {
  return elements(node).flatMap((child) => [...(child.name === name ? [child] : []), ...all(child, name)]);
}

function first(node: HeaderNode | undefined, name: string): HeaderNode | undefined {
  return (node && findElement(node, name)) ?? undefined;
}

/** The children that are elements. */
export function elements(node: HeaderNode | undefined): HeaderNode[] {
  return (node?.children ?? []).filter((child) => typeof child !== 'string');
}

/** The first descendant of that name, in document order. */
export function findElement(node: HeaderNode, name: string): HeaderNode | null {
  for (const child of elements(node)) {
    const found = child.name === name ? child : findElement(child, name);
    if (found) return found;
  }
  return null;
}

function textOf(node: HeaderNode | undefined): string | null {
  return node ? words(node) : null;
}

function words(node: HeaderNode): string {
  return collapseWhitespace(flat(node)).trim();
}

function flat(node: HeaderNode): string {
  // Parts of a name that stand without a space are words all the same.
  return node.children
    .map((child, i) => {
      if (typeof child === 'string') return child;
      const before = node.children[i - 1];
      return (before !== undefined && typeof before !== 'string' ? ' ' : '') + flat(child);
    })
    .join('');
}

import type { Edition, EditionHeader, NoteSummary, Section, SectionSummary } from './schema';

/** What is asked of an edition's contents again and again, by id; made once. */
type ContentsIndex = {
  byId: ReadonlyMap<string, SectionSummary>;
  /** By the id of a section, the label of the printed page on which it begins where it has no page break at its start. */
  pageBefore: ReadonlyMap<string, string>;
};

const indexes = new WeakMap<SectionSummary[], ContentsIndex>();

function indexOf(sections: SectionSummary[]): ContentsIndex {
  const known = indexes.get(sections);
  if (known) return known;
  const pageBefore = new Map<string, string>();
  let page: string | undefined;
  for (const { id, pages } of sections) {
    if (page !== undefined) pageBefore.set(id, page);
    page = pages.at(-1)?.label ?? page;
  }
  const index = { byId: new Map(sections.map((section) => [section.id, section])), pageBefore };
  indexes.set(sections, index);
  return index;
}

/** The section of an id of the edition. An id begins with that of its section (`doc1.p3.q1` is in `doc1`). */
export function findSectionOfId(id: string, sections: SectionSummary[]): SectionSummary | undefined {
  const { byId } = indexOf(sections);
  for (let end = id.length; end > 0; end = id.lastIndexOf('.', end - 1)) {
    const found = byId.get(id.slice(0, end));
    if (found) return found;
  }
  return undefined;
}

/**
 * The href of a link to `target` (an id of the edition, or a web address) on the page of section `from`.
 * Null for an unknown id.
 */
export function hrefTo(edition: Edition, from: string, target: string): string | null {
  if (/^https?:/.test(target)) return target;
  const section = findSectionOfId(target, edition.sections);
  if (!section) return null;
  const page = section.id === from ? '' : `/editions/${edition.slug}/${section.id}`;
  if (target === section.id) return page || '#';
  return `${page}#${target}`;
}

/** The notes of the edition that refer to a section, or to something in it, in order. */
export function findCitingNotes(edition: Edition, section: string): NoteSummary[] {
  return edition.notes.filter(({ targets }) =>
    targets.some((target) => findSectionOfId(target, edition.sections)?.id === section),
  );
}

/** The printed pages of a section, as `125–127`; null where it has none. */
export function pageRange(edition: Edition, section: Section | SectionSummary): string | null {
  const { pages } = section;
  // A section without a page break at its start begins on the last page of the section before.
  const before = pages[0]?.offset === 0 ? undefined : indexOf(edition.sections).pageBefore.get(section.id);
  const labels = [before, ...pages.map(({ label }) => label)].filter(Boolean);
  const [first, last] = [labels[0], labels.at(-1)];
  if (first === undefined) return null;
  return first === last ? first : `${first}–${last}`;
}

/** A short citation: the first author's last name and the year. */
export function shortCitation({ authors, source, title }: EditionHeader): string {
  const name = authors[0]?.split(' ').at(-1) ?? title;
  return [name, source.year].filter(Boolean).join(' ');
}

/** The printed work in a line: authors, “title”, journal volume (year), pages; of these what the header has. */
export function fullCitation({ authors, source, title }: EditionHeader): string {
  const name = source.title || title;
  const pages = source.firstPage && `${source.firstPage}–${source.lastPage ?? source.firstPage}`;
  const journal = [source.journal, source.volume].filter(Boolean).join(' ');
  const year = source.year && `(${source.year})`;
  const place = [[journal, year].filter(Boolean).join(' '), pages].filter(Boolean).join(', ');
  const line = [authors.join(', '), name && `“${name}”`, place].filter(Boolean).join(', ');
  return line === '' ? '' : `${line}.`;
}

/** The printed work as a BibTeX entry, an article where it is from a journal; `url` is the edition's address. */
export function toBibtex(slug: string, { authors, source, title }: EditionHeader, url: string): string {
  const pages = source.firstPage && `${source.firstPage}--${source.lastPage ?? source.firstPage}`;
  const fields: [string, string | null][] = [
    ['author', authors.join(' and ')],
    ['title', source.title || title],
    ['journal', source.journal],
    ['volume', source.volume],
    ['year', source.year],
    ['pages', pages],
    ['url', url],
  ];
  const lines = fields.filter(([, value]) => value).map(([name, value]) => `  ${name} = {${value}}`);
  return `@${source.journal ? 'article' : 'book'}{${slug},\n${lines.join(',\n')}\n}`;
}

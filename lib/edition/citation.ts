import type { Edition, EditionHeader, NoteSummary, Section, SectionSummary } from './schema';
import { pageAt } from './split-runs';

/** The section of an id of the edition. An id begins with that of its section (`doc1.p3.q1` is in `doc1`). */
export function findSectionOfId(id: string, sections: SectionSummary[]): SectionSummary | undefined {
  return sections
    .filter((section) => id === section.id || id.startsWith(`${section.id}.`))
    .sort((a, b) => b.id.length - a.id.length)[0];
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
  const pages = section.pages.map((page) => page.label);
  // A section without a page break at its start begins on the last page of the section before.
  if (section.pages[0]?.offset !== 0) {
    const before = edition.sections
      .slice(
        0,
        edition.sections.findIndex(({ id }) => id === section.id),
      )
      .findLast((earlier) => earlier.pages.length > 0);
    const label = before && pageAt(before, Number.POSITIVE_INFINITY);
    if (label) pages.unshift(label);
  }
  const [first, last] = [pages[0], pages.at(-1)];
  if (first === undefined) return null;
  return first === last ? first : `${first}–${last}`;
}

/** A short citation: the first author's last name and the year. */
export function shortCitation({ authors, source, title }: EditionHeader): string {
  const name = authors[0]?.split(' ').at(-1) ?? title;
  return source.year ? `${name} ${source.year}` : name;
}

/** The printed work in a line: authors, “title”, journal volume (year), pages. */
export function fullCitation({ authors, source }: EditionHeader): string {
  const pages = source.firstPage && `${source.firstPage}–${source.lastPage ?? source.firstPage}`;
  const journal = [source.journal, source.volume].filter(Boolean).join(' ');
  const year = source.year && `(${source.year})`;
  const place = [[journal, year].filter(Boolean).join(' '), pages].filter(Boolean).join(', ');
  return `${[authors.join(', '), `“${source.title}”`, place].filter(Boolean).join(', ')}.`;
}

/** The printed work as a BibTeX entry; `url` is the edition's address. */
export function toBibtex(slug: string, { authors, source }: EditionHeader, url: string): string {
  const pages = source.firstPage && `${source.firstPage}--${source.lastPage ?? source.firstPage}`;
  const fields: [string, string | null][] = [
    ['author', authors.join(' and ')],
    ['title', source.title],
    ['journal', source.journal],
    ['volume', source.volume],
    ['year', source.year],
    ['pages', pages],
    ['url', url],
  ];
  const lines = fields.filter(([, value]) => value).map(([name, value]) => `  ${name} = {${value}}`);
  return `@article{${slug},\n${lines.join(',\n')}\n}`;
}

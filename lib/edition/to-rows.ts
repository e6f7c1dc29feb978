import type { ParsedSection } from './canonical-text';

/** The rows of a revision, as its tables take them. */
export type RevisionRows = ReturnType<typeof toRows>;

/** The rows of a revision's sections; lists with an order are numbered within their section. */
export function toRows(edition: string, revision: number, sections: ParsedSection[]) {
  const owner = (section: ParsedSection) => ({ edition, revision, section: section.id });
  return {
    sections: sections.map(({ id, kind, home, label, title, language, text, sha256 }, position) => {
      return { edition, revision, id, position, kind, home, label, title, language, text, sha256 };
    }),
    paragraphs: sections.flatMap((section) =>
      section.paragraphs.map((row, position) => ({ ...owner(section), position, ...row })),
    ),
    notes: sections.flatMap((section) => section.notes.map((row) => ({ ...owner(section), ...row }))),
    pages: sections.flatMap((section) => section.pages.map((row) => ({ ...owner(section), ...row }))),
    corrections: sections.flatMap((section) =>
      section.corrections.map((row, position) => ({ ...owner(section), position, ...row })),
    ),
    spans: sections.flatMap((section) =>
      section.spans.map((row, position) => ({ ...owner(section), position, ...row })),
    ),
  };
}

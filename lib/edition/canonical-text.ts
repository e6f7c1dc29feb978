import type { Correction, Division, Note, Paragraph, PrintedPage, Span } from './schema';

/**
 * Name of a rule set of canonical text. A changed rule needs a new name, because it may move stored offsets
 * (docs/decisions/0023). In both, a run of XML white space is one space and none at either end of a paragraph, paragraphs
 * are joined by one line feed, the printed reading of a choice is the text, and the text is NFC.
 *
 * - `canon/1`: a line break (`lb`) yields nothing; `supplied` and editorial notes stand beside the text.
 * - `canon/2`: a line break is a space unless `break="no"`, and a page or column break one where it says `break="yes"`;
 *   those that say `break="no"` join a word whatever white space stands beside them; `supplied` is text; every note has a text of its own.
 */
export type CanonicalRules = 'canon/1' | 'canon/2';

/** A section as it is made from TEI. Offsets are code points of `text`. */
export type ParsedSection = {
  id: string;
  kind: 'section' | 'note';
  home: string | null;
  label: string | null;
  title: string;
  language: string;
  parent: string | null;
  reference: string | null;
  /** The beginning of its first paragraph of prose, for the contents. */
  opening: string;
  /** How many numbered paragraphs it has. */
  prose: number;
  text: string;
  sha256: string;
  paragraphs: Paragraph[];
  notes: Note[];
  pages: PrintedPage[];
  corrections: Correction[];
  spans: Span[];
  divisions: Omit<Division, 'section'>[];
};

/** Collapses white space as the text does, without trimming: for what stands beside it. */
export function collapseWhitespace(text: string): string {
  return text.replace(/[ \t\r\n]+/g, ' ');
}

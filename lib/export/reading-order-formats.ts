import type { TextFile } from './format-writer';
import { writeHtml } from './formats/html';
import { writeMarkdown } from './formats/markdown';
import { writeTei } from './formats/tei';
import type { Lookup } from './lookup';
import { countAnnotations, type RenderContext } from './render-context';

/** A format that has the notes in the order of reading. A TEI file has those on one edition. */
export type ReadingOrderFormat = { format: 'md' } | { format: 'html' } | { format: 'tei'; edition: string };

/** A file of the notes of a discussion. It needs nothing but the library, so that any thread can write it. */
export function createTextFile(
  wanted: ReadingOrderFormat,
  discussion: RenderContext,
  library: Lookup,
): TextFile {
  const { chapters, total } = discussion;
  switch (wanted.format) {
    case 'md':
      return { from: 0, count: total, write: () => writeMarkdown(discussion, library) };
    case 'html':
      return { from: 0, count: total, write: () => writeHtml(discussion, library) };
    case 'tei': {
      const { edition } = wanted;
      const here = chapters.filter((chapter) => chapter.edition === edition);
      // Chapters come edition by edition.
      const before = here[0] ? chapters.slice(0, chapters.indexOf(here[0])) : [];
      return {
        from: countAnnotations(before),
        count: countAnnotations(here),
        write: () => writeTei(edition, here, discussion.iris, library),
      };
    }
  }
}

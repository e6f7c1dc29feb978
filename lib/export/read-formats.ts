import { countNotes, type Discussion } from './discussion';
import { writeHtml } from './html';
import type { Library } from './looking-up';
import { writeMarkdown } from './markdown';
import { writeTei } from './tei';
import type { TextFile } from './writing';

/** A format that has the notes in the order of reading. A TEI file has those on one edition. */
export type ReadFormat = { format: 'md' } | { format: 'html' } | { format: 'tei'; edition: string };

/** A file of the notes of a discussion. It needs nothing but the library, so that any thread can write it. */
export function readFile(wanted: ReadFormat, discussion: Discussion, library: Library): TextFile {
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
        from: countNotes(before),
        count: countNotes(here),
        write: () => writeTei(edition, here, discussion.iris, library),
      };
    }
  }
}

import type { TextFile } from './format-writer';
import { writeDocument } from './formats/docx';
import { writeHtml } from './formats/html';
import { writeMarkdown } from './formats/markdown';
import { writeTei } from './formats/tei';
import type { Lookup } from './lookup';
import { countAnnotations, type RenderContext } from './render-context';

/** A format with the annotations in reading order. A TEI file has those on one edition; of a Word document it is the text. */
export type ReadingOrderFormat =
  | { format: 'md' }
  | { format: 'html' }
  | { format: 'docx' }
  | { format: 'tei'; edition: string };

/** A text file in one of these formats. It needs only the context and the lookup, so that any thread can write it. */
export function createTextFile(
  file: ReadingOrderFormat,
  renderContext: RenderContext,
  lookup: Lookup,
): TextFile {
  const { chapters, total } = renderContext;
  switch (file.format) {
    case 'md':
      return { from: 0, count: total, write: () => writeMarkdown(renderContext, lookup) };
    case 'html':
      return { from: 0, count: total, write: () => writeHtml(renderContext, lookup) };
    case 'docx':
      return { from: 0, count: total, write: () => writeDocument(renderContext, lookup) };
    case 'tei': {
      const { edition } = file;
      const here = chapters.filter((chapter) => chapter.edition === edition);
      // The chapters of an edition are adjacent.
      const before = here[0] ? chapters.slice(0, chapters.indexOf(here[0])) : [];
      return {
        from: countAnnotations(before),
        count: countAnnotations(here),
        write: () => writeTei(edition, here, renderContext.iris, lookup),
      };
    }
  }
}

import type { Element } from 'xast';
import type { ConversionMetadata, SourceFormat } from '../schema';
import { tei } from './tei-node';

const FORMAT_NAMES: Record<SourceFormat, string> = {
  text: 'a plain text file',
  markdown: 'a Markdown file',
  html: 'an HTML file',
  epub: 'an EPUB book',
  docx: 'a Word document',
  odt: 'an OpenDocument text',
  pdf: 'the text layer of a PDF',
};

/**
 * The header of a converted text (TEI P5 §2): what the file says of itself, that it was made from this file, and how.
 * `practices` says in sentences what was changed or left out.
 */
export function headerOf(
  metadata: ConversionMetadata & { title: string },
  source: { format: SourceFormat; name: string | undefined },
  practices: string[],
): Element {
  const { title, authors, language, licence, date } = metadata;
  const named = source.name
    ? `${FORMAT_NAMES[source.format]}, “${source.name}”`
    : FORMAT_NAMES[source.format];
  const people = authors.map((author) => tei('author', {}, [author]));
  return tei('teiHeader', {}, [
    tei('fileDesc', {}, [
      tei('titleStmt', {}, [tei('title', {}, [title]), ...people]),
      tei('publicationStmt', {}, [
        tei('authority', {}, ['Scholion']),
        licence
          ? tei('availability', {}, [tei('licence', { target: addressIn(licence) }, [licence])])
          : tei('availability', { status: 'unknown' }, [tei('p', {}, ['The file names no licence.'])]),
      ]),
      tei('sourceDesc', {}, [
        tei('bibl', {}, [
          tei('title', {}, [title]),
          ...authors.map((author) => tei('author', {}, [author])),
          ...(date ? [tei('date', { when: isoDateIn(date) }, [date])] : []),
          tei('note', {}, [`Made from ${named}.`]),
        ]),
      ]),
    ]),
    tei('encodingDesc', {}, [
      tei('editorialDecl', {}, [
        tei('p', {}, ['Converted by a program: structure and emphasis are those that the file has.']),
        ...practices.map((practice) => tei('p', {}, [practice])),
      ]),
    ]),
    ...(language
      ? [tei('profileDesc', {}, [tei('langUsage', {}, [tei('language', { ident: language }, [language])])])]
      : []),
  ]);
}

function addressIn(licence: string): string | undefined {
  return /https?:\/\/[^\s<>"]+[^\s<>".,;)]/.exec(licence)?.[0];
}

/** A date as `@when` takes it: a year, a month or a day. */
function isoDateIn(date: string): string | undefined {
  return /^\d{4}(?:-\d{2}(?:-\d{2})?)?(?![\d-])/.exec(date.trim())?.[0];
}

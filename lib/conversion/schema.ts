/** What enters and leaves the room: any file that a person has, and our own TEI made of it. */

/**
 * The kinds of file that are read. `tei` and other `xml` go to the edition's own parser; `package` is such a file
 * with its pictures in an archive. The rest is converted to TEI.
 */
export type FileFormat =
  | 'tei'
  | 'xml'
  | 'package'
  | 'text'
  | 'markdown'
  | 'html'
  | 'epub'
  | 'docx'
  | 'odt'
  | 'pdf';

/** The kinds of file of which TEI is made. */
export type SourceFormat = Exclude<FileFormat, 'tei' | 'xml' | 'package'>;

/**
 * Something that a person should know of a conversion: what was left out on purpose (`left-out`), or is shown plainly
 * because TEI or we have no better word for it (`plain`).
 */
export type ConversionNotice = {
  /** The element of the source, or the name of what stands for one there (`page header`, `soft hyphen`). */
  element: string;
  count: number;
  /** Where, at most `BOUNDS.places` of them: `line:column`, with the file of an archive before it, or a page. */
  places: string[];
  kind: 'left-out' | 'plain';
  /** A stable key: `gutenberg-licence`, `running-head`, `tracked-deletion`, `script` … */
  reason: string;
  /** Words of the source that it concerns. Only those of `left-out` are missing in the text. */
  words: number;
};

export type ConvertedImage = {
  /** The file name that `graphic/@url` gives. */
  id: string;
  mediaType: string;
  bytes: Uint8Array;
  /** The label of the page that it shows, for the page images of a PDF. */
  page?: string;
};

export type ConversionMetadata = {
  title: string | null;
  authors: string[];
  /** A BCP 47 tag. */
  language: string | null;
  licence: string | null;
  date: string | null;
};

export type Conversion = {
  format: FileFormat;
  tei: string;
  metadata: ConversionMetadata;
  images: ConvertedImage[];
  notices: ConversionNotice[];
  words: {
    /** Words that the source has, notes and descriptions of images included; counted in it and not in our TEI. */
    file: number;
    /** Those of them that were left out on purpose: the words of the notices of that kind. */
    leftOut: number;
    /** Whether all other words stand in the TEI in the same order (word-tally.ts has the rule). */
    sameSequence: boolean;
  };
};

/** Limits of what is read. Beyond them a file is refused with `too_large`, and the sentence names the limit. */
export const BOUNDS = {
  /** Characters (UTF-16 units) of a text, Markdown or HTML file, and of the documents of an archive together. */
  characters: 20_000_000,
  /** Bytes that an archive may unpack to. */
  unpackedBytes: 200_000_000,
  /** Files in an archive. */
  entries: 10_000,
  /** Elements inside one another; also lists and quotations in Markdown. */
  nesting: 100,
  /** Pages of a PDF. */
  pages: 3_000,
  /** Pages of a PDF that get an image; those beyond have their text only. */
  pageImages: 600,
  /** Images, and the bytes of all of them. What is beyond is left out and noticed. */
  images: 3_000,
  imageBytes: 150_000_000,
  /** Places that a notice names. */
  places: 20,
} as const;

import type { Root } from 'hast';
import type { ConversionMetadata, ConvertedImage } from './schema';
import type { PageSurface } from './tei/facsimile';
import type { WordTally } from './word-tally';

/** What a reader makes of a file. */
export type ReadFile = {
  root: Root;
  metadata: Partial<ConversionMetadata>;
  images?: ConvertedImage[];
  /** The images of pages, which `pb` refers to. */
  surfaces?: PageSurface[];
  /** Sentences for the header on how this file was read. */
  practices?: string[];
  /** The words of the source, where the reader counted them in the file itself and not in its tree. */
  counted?: WordTally;
};

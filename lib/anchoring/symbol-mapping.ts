import type { NormalizedText } from './normalize';

/** Two texts, as far as they are compared. */
export type SymbolMapping = {
  before: NormalizedText;
  after: NormalizedText;
  /** For each symbol of the old text its index in the new one, or -1 where it is gone. */
  map: Int32Array;
};

/** A stretch of either text, to be compared with the other. */
export type Gap = { before: number; beforeEnd: number; after: number; afterEnd: number };

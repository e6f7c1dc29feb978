import type { NormalizedText } from './normalize';

/** Two texts while they are compared. */
export type SymbolMapping = {
  before: NormalizedText;
  after: NormalizedText;
  /** For each symbol of the old text, its index in the new text; -1 where it was deleted. */
  map: Int32Array;
};

/** A range of each text, in symbols, to be compared with each other. */
export type Gap = { before: number; beforeEnd: number; after: number; afterEnd: number };

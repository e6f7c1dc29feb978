import { AppError } from '@/lib/kernel/errors';

/**
 * What a text may have at most. A page of it is read, sent and shown as a whole, so that each bound keeps one row or one
 * page short; the largest of the editions tried has a tenth of any.
 */
export const TEXT_BOUNDS = {
  /** Code points of a paragraph. */
  paragraph: 1_000_000,
  /** Ranges, notes and breaks that a paragraph shows. */
  marks: 50_000,
  /** Code units of an attribute, and code units and elements (ten each) of a header. */
  attribute: 100_000,
  header: 1_000_000,
  /** Code units of a row as JSON. */
  row: 3_000_000,
  /** Rows of all tables. */
  rows: 1_000_000,
};

/** The refusal of a text that is over one of the bounds. */
export function beyondBound(bound: keyof typeof TEXT_BOUNDS): AppError {
  return new AppError('too_large', SENTENCES[bound], { values: { most: TEXT_BOUNDS[bound] } });
}

const SENTENCES = {
  paragraph: 'One paragraph of this text has over {most} characters.',
  marks: 'One paragraph of this text has over {most} marked words, notes and breaks.',
  attribute: 'An attribute of this file has over {most} characters.',
  header: 'The header of this file has over {most} characters.',
  row: 'One page or note of this text has over {most} characters.',
  rows: 'This text has over {most} paragraphs, notes, marked words and breaks.',
};

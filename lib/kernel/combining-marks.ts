/** Combining marks in a row, at most. Unicode's stream-safe text has 30 (UAX #15, D4); no writing needs more. */
export const MOST_COMBINING_MARKS = 100;

const TOO_MANY = new RegExp(`\\p{M}{${MOST_COMBINING_MARKS + 1}}`, 'u');

/** Where a text has more combining marks in a row than any writing needs: normalising takes the square of them. */
export function excessOfMarks(text: string): number | null {
  return TOO_MANY.exec(text)?.index ?? null;
}

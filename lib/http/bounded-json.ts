import { AppError } from '@/lib/kernel/errors';

/** Values of a JSON text, at most: objects, lists and what stands between their commas. */
const MOST_VALUES = 50_000;
/** Objects and lists inside one another, at most. */
const MOST_NESTED = 64;

const [QUOTE, BACKSLASH, COMMA] = [0x22, 0x5c, 0x2c];
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d];

/**
 * Refuses a JSON text with more values than anybody means, or nested deeper, before it is parsed: each value costs
 * the validation a hundred times what its two letters cost the sender. Throws too_large with the bound.
 */
export function requireBoundedJson(text: string): void {
  let depth = 0;
  let values = 1;
  let isString = false;
  for (let i = 0; i < text.length; i++) {
    const character = text.charCodeAt(i);
    if (isString) {
      if (character === BACKSLASH) i++;
      else if (character === QUOTE) isString = false;
    } else if (character === QUOTE) {
      isString = true;
    } else if (character === COMMA) {
      values++;
    } else if (character === OPEN_LIST || character === OPEN_OBJECT) {
      depth++;
      values++;
      if (depth > MOST_NESTED) throw tooLarge('The body is nested more than {most} deep.', MOST_NESTED);
    } else if (character === CLOSE_LIST || character === CLOSE_OBJECT) {
      depth--;
    }
    if (values > MOST_VALUES) throw tooLarge('The body has more than {most} values.', MOST_VALUES);
  }
}

function tooLarge(detail: string, most: number): AppError {
  return new AppError('too_large', detail, { values: { most } });
}

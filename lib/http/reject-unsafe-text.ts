import { excessOfMarks } from '@/lib/kernel/combining-marks';
import { AppError, type FieldError, invalidFields } from '@/lib/kernel/errors';
import { pointerToken } from '@/lib/kernel/json-pointer';
import { decodeUri } from '@/lib/kernel/uri';

/** U+0000, or so many characters above ASCII in a row, written out or escaped, that they may all be combining marks. */
const SUSPICIOUS = /\\u0000|(?:[\u0300-\uffff]|\\u[0-9a-f]{4}){101}/i;

/**
 * Refuses text that is none: U+0000, which Postgres cannot store, and hundreds of combining marks in a row, which take
 * the server long to normalise; in the address (malformed), or in the strings of a JSON body (invalid, with the pointer
 * of each). What is no JSON is left to the parser of the body.
 */
export function rejectUnsafeText(address: string, body: string): void {
  if (/%00/.test(address) || excessOfMarks(decodeUri(address) ?? address) !== null) {
    throw new AppError('malformed', 'This has a character that is not text.');
  }
  if (!SUSPICIOUS.test(body)) return;
  const errors = [...unsafeTextsIn(parse(body), '')].slice(0, 100);
  if (errors.length > 0) throw invalidFields(errors);
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}

function* unsafeTextsIn(value: unknown, pointer: string): Generator<FieldError> {
  if (typeof value === 'string') {
    if (value.includes('\u0000') || excessOfMarks(value) !== null) {
      yield { pointer, detail: 'This has a character that is not text.' };
    }
  } else if (typeof value === 'object' && value !== null) {
    for (const [name, inner] of Object.entries(value)) {
      yield* unsafeTextsIn(inner, pointer + pointerToken(name));
    }
  }
}

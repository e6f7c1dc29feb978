import { AppError, type FieldError } from '@/lib/kernel/errors';
import { pointerToken } from '@/lib/kernel/json-pointer';

/**
 * Refuses U+0000, which is in no text and which Postgres cannot store: in the address (malformed), or in the strings
 * of a JSON body (invalid, with the pointer of each). What is no JSON is left to whoever parses it.
 */
export function rejectNul(address: string, body: string): void {
  if (/%00/.test(address)) throw new AppError('malformed', 'This has a character that is not text.');
  if (!body.includes('\\u0000')) return;
  const errors = [...nulsIn(parse(body), '')];
  if (errors.length > 0) throw new AppError('invalid', 'Some fields are not right.', { errors });
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}

function* nulsIn(value: unknown, pointer: string): Generator<FieldError> {
  if (typeof value === 'string' && value.includes('\u0000')) {
    yield { pointer, detail: 'This has a character that is not text.' };
  } else if (typeof value === 'object' && value !== null) {
    for (const [name, inner] of Object.entries(value)) {
      yield* nulsIn(inner, pointer + pointerToken(name));
    }
  }
}

import type { FieldError } from '@/lib/kernel/errors';

/** What one annotation may have, so that nobody makes the server work without end. Text in UTF-16 units. */
const MOST = { depth: 64, parts: 20_000, text: 1_000_000 };

/** A step of a JSON pointer (RFC 6901 §3), with its slash. */
export function step(name: string | number): string {
  return `/${String(name).replace(/~/g, '~0').replace(/\//g, '~1')}`;
}

/**
 * What keeps `json` from being stored, whatever it means: too deep, too large, or with a character that is none
 * (Postgres has no U+0000, UTF-8 no lone surrogate). Each fault with its JSON pointer.
 */
export function unkeepable(json: unknown): FieldError[] {
  const faults: FieldError[] = [];
  const rest: { value: unknown; at: string; depth: number }[] = [{ value: json, at: '', depth: 0 }];
  let parts = 0;
  let length = 0;
  const read = (text: string, at: string) => {
    length += text.length;
    if (text.includes('\u0000') || !text.isWellFormed())
      faults.push({ pointer: at, detail: 'This has a character that is not text.' });
  };
  for (let part = rest.pop(); part; part = rest.pop()) {
    const { value, at, depth } = part;
    if (++parts > MOST.parts) return [tooMany('This has more than {maximum} parts.', MOST.parts)];
    if (length > MOST.text) return [tooMany('This is longer than {maximum} characters.', MOST.text)];
    if (typeof value === 'string') read(value, at);
    if (typeof value !== 'object' || value === null) continue;
    if (depth === MOST.depth) return [{ pointer: at, detail: 'This is nested too deeply.' }];
    for (const [name, inner] of Object.entries(value).reverse()) {
      const place = at + step(name);
      if (!Array.isArray(value)) read(name, place);
      rest.push({ value: inner, at: place, depth: depth + 1 });
    }
  }
  if (length > MOST.text) return [tooMany('This is longer than {maximum} characters.', MOST.text)];
  return faults;
}

function tooMany(detail: string, maximum: number): FieldError {
  return { pointer: '', detail, values: { maximum } };
}

import { excessOfMarks } from '@/lib/kernel/combining-marks';
import type { FieldError } from '@/lib/kernel/errors';
import { pointerToken } from '@/lib/kernel/json-pointer';

/** What one annotation may have, so that nobody makes the server work without end. Text in UTF-16 units. */
const MOST = { depth: 64, parts: 20_000, text: 1_000_000 };

/** Something in an annotation, and where: its pointer is made only for a fault. */
type Part = { value: unknown; depth: number; name: string; outside: Part | null };

function pointerTo({ name, outside }: Part): string {
  return outside ? pointerTo(outside) + pointerToken(name) : '';
}

/**
 * What keeps `json` from being stored, whatever it means: too deep, too large, or with a character that is none
 * (Postgres has no U+0000, UTF-8 no lone surrogate, no writing hundreds of marks in a row). Each fault with its JSON pointer.
 */
export function storageErrors(json: unknown): FieldError[] {
  const faults: FieldError[] = [];
  const rest: Part[] = [{ value: json, depth: 0, name: '', outside: null }];
  let parts = 0;
  let length = 0;
  const read = (text: string, part: Part) => {
    length += text.length;
    if (text.includes('\u0000') || !text.isWellFormed() || excessOfMarks(text) !== null)
      faults.push({ pointer: pointerTo(part), detail: 'This has a character that is not text.' });
  };
  for (let part = rest.pop(); part; part = rest.pop()) {
    const { value, depth } = part;
    if (++parts > MOST.parts) return [tooMany('This has more than {maximum} parts.', MOST.parts)];
    if (typeof value === 'string') read(value, part);
    if (part.outside && !Array.isArray(part.outside.value)) read(part.name, part);
    if (length > MOST.text) return [tooMany('This is longer than {maximum} characters.', MOST.text)];
    if (typeof value !== 'object' || value === null) continue;
    if (depth === MOST.depth) return [{ pointer: pointerTo(part), detail: 'This is nested too deeply.' }];
    for (const [name, inner] of Object.entries(value).reverse()) {
      rest.push({ value: inner, depth: depth + 1, name, outside: part });
    }
  }
  return faults;
}

function tooMany(detail: string, maximum: number): FieldError {
  return { pointer: '', detail, values: { maximum } };
}

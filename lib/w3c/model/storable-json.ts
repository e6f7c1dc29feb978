import { excessOfMarks } from '@/lib/kernel/combining-marks';
import type { FieldError } from '@/lib/kernel/errors';
import { pointerToken } from '@/lib/kernel/json-pointer';

/** Limits of one annotation, which bound the work of the server. Text in UTF-16 units. */
const LIMITS = { depth: 64, parts: 20_000, text: 1_000_000 };

/** A value in an annotation and its path: the pointer is built only for an error. */
type Part = { value: unknown; depth: number; name: string; parent: Part | null };

function pointerTo({ name, parent }: Part): string {
  return parent ? pointerTo(parent) + pointerToken(name) : '';
}

/**
 * Why `json` cannot be stored: too deep, too large, or with an invalid character (Postgres has no U+0000, UTF-8 no lone
 * surrogate, no script hundreds of combining marks in a row). Each error has its JSON pointer.
 */
export function storageErrors(json: unknown): FieldError[] {
  const errors: FieldError[] = [];
  const stack: Part[] = [{ value: json, depth: 0, name: '', parent: null }];
  let parts = 0;
  let length = 0;
  const check = (text: string, part: Part) => {
    length += text.length;
    if (text.includes('\u0000') || !text.isWellFormed() || excessOfMarks(text) !== null)
      errors.push({ pointer: pointerTo(part), detail: 'This has a character that is not text.' });
  };
  for (let part = stack.pop(); part; part = stack.pop()) {
    const { value, depth } = part;
    if (++parts > LIMITS.parts) return [tooMany('This has more than {maximum} parts.', LIMITS.parts)];
    if (typeof value === 'string') check(value, part);
    if (part.parent && !Array.isArray(part.parent.value)) check(part.name, part);
    if (length > LIMITS.text) return [tooMany('This is longer than {maximum} characters.', LIMITS.text)];
    if (typeof value !== 'object' || value === null) continue;
    if (depth === LIMITS.depth) return [{ pointer: pointerTo(part), detail: 'This is nested too deeply.' }];
    for (const [name, inner] of Object.entries(value).reverse()) {
      stack.push({ value: inner, depth: depth + 1, name, parent: part });
    }
  }
  return errors;
}

function tooMany(detail: string, maximum: number): FieldError {
  return { pointer: '', detail, values: { maximum } };
}

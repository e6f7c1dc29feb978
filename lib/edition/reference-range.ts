/**
 * What a passage is cited by: the references of its first and its last paragraph as a range, of which the second says
 * only what is different (`2.13–15`, `Aen. 2.804–3.2`). Null where the first has none.
 */
export function referenceRange(first: string | null, last: string | null): string | null {
  if (first === null || last === null || first === last) return first;
  let shared = 0;
  for (let i = 0; i < Math.min(first.length, last.length) && first[i] === last[i]; i++)
    if (/[\s.,:]/.test(first[i] as string)) shared = i + 1;
  return `${first}–${last.slice(shared)}`;
}

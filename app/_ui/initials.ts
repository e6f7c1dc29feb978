/** How many cloths `tokens.css` has for people and for the spines of books. */
const CLOTHS = 6;

/** Two letters for a name: the first of its first and of its last word; of a single word its first two. */
export function initialsOf(name: string): string {
  const words = name.match(/[\p{L}\p{N}][\p{L}\p{M}\p{N}]*/gu) ?? [];
  const [first = '?'] = words;
  const last = words.at(-1);
  const letters = [...first];
  if (last === undefined || words.length < 2) return letters.slice(0, 2).join('');
  return `${letters[0]}${[...last][0]}`.toUpperCase();
}

/** The cloth of a person or a book, 1 to 6: always the same for one `key`. */
export function clothOf(key: string): number {
  let sum = 0;
  for (const letter of key) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 65_521;
  return (sum % CLOTHS) + 1;
}

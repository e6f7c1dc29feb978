/** How many cloths `tokens.css` has for people and for the spines of books. */
const CLOTHS = 6;

/**
 * Two letters for a name: the first of its first and of its last word. Where these are the same, or there is one word
 * alone, the first two of the last word, so that Sofia Stan and Sarah Smith are told apart.
 */
export function initialsOf(name: string): string {
  const words = name.match(/[\p{L}\p{N}][\p{L}\p{M}\p{N}]*/gu) ?? [];
  const [first] = [...(words[0] ?? '?')];
  const [last, second = ''] = [...(words.at(-1) ?? '')];
  if (last === undefined) return '?';
  return words.length > 1 && first !== last
    ? `${first}${last}`.toUpperCase()
    : `${last.toUpperCase()}${second}`;
}

/** The cloth of a person or a book, 1 to 6: always the same for one `key`. */
export function clothOf(key: string): number {
  let sum = 0;
  for (const letter of key) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 65_521;
  return (sum % CLOTHS) + 1;
}

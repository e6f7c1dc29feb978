/** Letters and marks that a word is made of; hyphens and apostrophes stand inside names. */
const WORDS = /[\p{L}\p{M}]+(?:['’-][\p{L}\p{M}]+)*/gu;
// Bounded (RFC 5321 §4.5.3.1), since a long line without an end would be looked through from each of its letters.
const MENTION = /@\[[^\]\n]{0,300}\]\(([0-9a-f-]{36})\)/gi;
const EMAIL = /[^\s@<>()[\]]{1,64}@(?:[^\s@<>()[\].]{1,63}\.){1,8}[^\s@<>()[\].]{1,63}/g;
const ID = /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/gi;
/** Letters from which on a name is found in another case too: without its last letter, and with three more at most. */
const LONG_NAME = 5;
const LONGEST_ENDING = 3;
/** A part of a name that is shorter is an initial or a particle. */
const SHORTEST_PART = 3;

const fold = (word: string) => word.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/**
 * Gives a function that takes the names of people out of a text: mentions, full names, their parts in any case of the
 * language, e-mail addresses and our ids. Each becomes the pseudonym of its person, or `[name]` where they have none, or two
 * people have that name. Words are looked up one by one, so that a long text with many people takes linear time.
 */
export function nameReplacer(
  people: { id: string; name: string }[],
  pseudonyms: ReadonlyMap<string, string>,
): (text: string) => string {
  const substitutes = new Map<string, string>();
  const stems = new Map<string, string>();
  for (const { id, name } of people) {
    const substitute = pseudonyms.get(id) ?? UNNAMED;
    for (const [part] of name.matchAll(WORDS)) {
      const folded = fold(part);
      if (folded.length < SHORTEST_PART) continue;
      for (const [known, word] of [
        [substitutes, folded],
        ...(folded.length >= LONG_NAME ? ([[stems, folded.slice(0, -1)]] as const) : []),
      ] as const) {
        const taken = known.get(word);
        known.set(word, taken === undefined || taken === substitute ? substitute : UNNAMED);
      }
    }
  }
  /** What stands for a word, in the case of a name's own language too: only there must it begin with a capital. */
  const substituteOf = (word: string): string | undefined => {
    const folded = fold(word);
    const exact = substitutes.get(folded);
    if (exact !== undefined) return exact;
    if (!/^\p{Lu}/u.test(word)) return undefined;
    for (let ending = 0; ending <= LONGEST_ENDING + 1; ending++) {
      const found = stems.get(folded.slice(0, folded.length - ending));
      if (found !== undefined) return found;
    }
    return undefined;
  };
  const replaceWord = (word: string) =>
    substituteOf(word) ??
    word
      .split(/(['’-])/)
      .map((part) => (part.length < SHORTEST_PART ? part : (substituteOf(part) ?? part)))
      .join('');
  return (text) =>
    text
      .replace(MENTION, (_, id: string) => `@${pseudonyms.get(id.toLowerCase()) ?? UNNAMED}`)
      .replace(EMAIL, '[e-mail]')
      .replace(ID, '[id]')
      .replace(WORDS, replaceWord)
      // First name and family name of one person are one.
      .replace(/(P\d+|\[name\])(?: \1)+/g, '$1');
}

export const UNNAMED = '[name]';

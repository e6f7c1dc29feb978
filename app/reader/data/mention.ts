/** A mention that is being typed: `@` and the beginning of a name before the caret. */
export type TypedMention = { start: number; end: number; q: string };

/** What stands before the caret: an `@` that begins a word, and at most three words of a name. */
const TYPED = /(?:^|[\s([{«"'—–-])@((?:[\p{L}\p{M}\p{N}'’.-]+(?: (?=[\p{L}\p{M}\p{N}])){0,1}){0,3})$/u;
/** Characters before the caret that are looked at. */
const REACH = 80;

/** The mention that is being typed at `caret`, an index of the field's value; null where none is. */
export function typedMention(text: string, caret: number): TypedMention | null {
  const [, q] = TYPED.exec(text.slice(Math.max(0, caret - REACH), caret)) ?? [];
  return q === undefined ? null : { start: caret - q.length - 1, end: caret, q };
}

/** The text with the person in place of what was typed, and where the caret is then. */
export function insertMention(
  text: string,
  { start, end }: TypedMention,
  { id, name }: { id: string; name: string },
): { text: string; caret: number } {
  // What would end the name, or make a footnote of it.
  const plain = name.replace(/[[\]\\^\n]/g, ' ').trim();
  const mention = `@[${plain}](${id}) `;
  return {
    text: text.slice(0, start) + mention + text.slice(end).replace(/^ /, ''),
    caret: start + mention.length,
  };
}

/** A text under edits whose letters remember where they come from, and a passage in it. */

/** A code point and where it comes from; -1 for one that an edit brought in. */
export type Letter = { text: string; origin: number };

export type TracedText = {
  letters: Letter[];
  /** The text before the edits, a code point each; set anew by `commitOrigins`. */
  text: string[];
  start: number;
  end: number;
  words: number;
  random: () => number;
  vocabulary: string[];
  alphabet: string[];
  deleted: boolean;
};

export const lettersOf = (text: string): Letter[] =>
  [...text].map((character, origin) => ({ text: character, origin }));
export const insertedLetters = (text: string): Letter[] =>
  [...text].map((character) => ({ text: character, origin: -1 }));
export const joined = (letters: Letter[]): string => letters.map(({ text }) => text).join('');

/** Mulberry32: the same numbers from the same seed everywhere. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

export const below = (draft: TracedText, limit: number): number => Math.floor(draft.random() * limit);
export const oneOf = <T>(draft: TracedText, items: T[]): T => items[below(draft, items.length)] as T;
export const isInside = ({ start, end }: TracedText, { origin }: Letter): boolean =>
  origin >= start && origin < end;

/** Makes what the letters say now the text before the edits. */
export function commitOrigins(draft: TracedText): void {
  const held = draft.letters.flatMap((letter, i) => (isInside(draft, letter) ? [i] : []));
  draft.start = held[0] as number;
  draft.end = (held.at(-1) as number) + 1;
  draft.letters = draft.letters.map(({ text }, origin) => ({ text, origin }));
  draft.text = draft.letters.map(({ text }) => text);
}

export const isWord = (text: string | undefined): boolean =>
  text !== undefined && /[\p{L}\p{N}\p{M}]/u.test(text);

/** Where a letter of the text before the edits stands now, or -1. */
export const placeOf = ({ letters }: TracedText, origin: number): number =>
  letters.findIndex((letter) => letter.origin === origin);

export function someWords(draft: TracedText, count: number): string {
  return Array.from({ length: count }, () => oneOf(draft, draft.vocabulary)).join(' ');
}

/** Inserts, deletes and alters here and there, three letters away from the passage at least. */
export function editElsewhere(draft: TracedText, times: number): void {
  const away = ({ origin }: Letter) => origin >= 0 && (origin < draft.start - 3 || origin >= draft.end + 3);
  for (let time = 0; time < times; time++) {
    const at = below(draft, draft.letters.length);
    const letter = draft.letters[at];
    if (!letter || !away(letter)) continue;
    const what = draft.random();
    if (what < 0.35) draft.letters.splice(at, 0, ...insertedLetters(` ${someWords(draft, 2)}`));
    else if (what < 0.6) {
      let length = 0;
      const most = below(draft, Math.min(25, draft.letters.length / 10));
      while (length < most && draft.letters[at + length] && away(draft.letters[at + length] as Letter))
        length++;
      draft.letters.splice(at, length);
    } else {
      draft.letters[at] = { text: oneOf(draft, draft.alphabet), origin: letter.origin };
    }
  }
}

export function alter(draft: TracedText, share: number, where: (letter: Letter) => boolean): void {
  draft.letters = draft.letters.map((letter) =>
    where(letter) && /\p{L}/u.test(letter.text) && draft.random() < share
      ? { text: oneOf(draft, draft.alphabet), origin: letter.origin }
      : letter,
  );
}

export function remove(draft: TracedText, [start, end]: [number, number]): void {
  draft.letters = draft.letters.filter(({ origin }) => origin < start || origin >= end);
  draft.deleted ||= start <= draft.start && end >= draft.end;
}

/** The stretch around the passage up to what `ends` it. */
export function around({ text, start, end }: TracedText, ends: RegExp): [number, number] {
  const isEnd = (character: string | undefined) => character !== undefined && ends.test(character);
  let [from, to] = [start, end];
  while (from > 0 && !isEnd(text[from - 1])) from--;
  while (to < text.length && !isEnd(text[to - 1])) to++;
  return [from, to];
}

export const sentenceOf = (draft: TracedText): [number, number] => around(draft, /[.!?。！？\n]/);
export const paragraphOf = (draft: TracedText): [number, number] => around(draft, /\n/);

export const replaceLetters = (draft: TracedText, swap: (text: string) => string): void => {
  draft.letters = draft.letters.map(({ text, origin }) => ({ text: swap(text), origin }));
};

export const decompose = (draft: TracedText): void => {
  draft.letters = draft.letters.flatMap(({ text, origin }) =>
    [...text.normalize('NFD')].map((character) => ({ text: character, origin })),
  );
};

/** Spaces inside the passage. */
export function gapsOf({ text, start, end }: TracedText): number[] {
  return text.flatMap((character, i) => (character === ' ' && i > start && i < end ? [i] : []));
}

/** Takes the paragraph of the passage out and puts it before some other. */
export function moveParagraph(draft: TracedText): void {
  const [from, to] = paragraphOf(draft);
  if (to - from < 40 || draft.text.slice(draft.start, draft.end).includes('\n')) return;
  const isOf = ({ origin }: Letter) => origin >= from && origin < to;
  const moved = draft.letters.filter(isOf);
  if (moved.at(-1)?.text !== '\n') moved.push(...insertedLetters('\n'));
  const rest = draft.letters.filter((letter) => !isOf(letter));
  const places = [0, ...rest.flatMap(({ text }, i) => (text === '\n' ? [i + 1] : []))];
  rest.splice(oneOf(draft, places), 0, ...moved);
  draft.letters = rest;
}

/** Puts `text` in front of a paragraph that is not the passage's own. */
export function putElsewhere(draft: TracedText, text: string): void {
  const [from, to] = paragraphOf(draft);
  const places = draft.letters.flatMap(({ text: character }, i) =>
    character === '\n' && (i + 1 <= from || i + 1 >= to) ? [i + 1] : [],
  );
  const at = places.length > 0 ? oneOf(draft, places) : 0;
  draft.letters.splice(at, 0, ...insertedLetters(`${text}\n`));
}

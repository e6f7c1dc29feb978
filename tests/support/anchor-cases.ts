import { getSections } from './edition-texts';

/**
 * Passages of real texts under edits whose outcome is known, since every letter carries its origin through them.
 * Made from a seed, so that a case that fails can be made again by its number.
 */
export type AnchorTruth = {
  id: number;
  kind: string;
  before: string;
  after: string;
  start: number;
  end: number;
  exact: string;
  words: number;
  /** Where its letters stand now, in code points; null where it was deleted. */
  truth: { start: number; end: number } | null;
};

/** A code point and where it comes from; -1 for one that an edit brought in. */
type Letter = { text: string; origin: number };

type Draft = {
  letters: Letter[];
  start: number;
  end: number;
  words: number;
  exact: string;
  random: () => number;
  vocabulary: string[];
  alphabet: string[];
  deleted: boolean;
};

const lettersOf = (text: string): Letter[] =>
  [...text].map((character, origin) => ({ text: character, origin }));
const brought = (text: string): Letter[] => [...text].map((character) => ({ text: character, origin: -1 }));
const joined = (letters: Letter[]): string => letters.map(({ text }) => text).join('');
const isWord = (text: string | undefined): boolean => text !== undefined && /[\p{L}\p{N}\p{M}]/u.test(text);

/** Mulberry32: the same numbers from the same seed everywhere. */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const below = (draft: Draft, limit: number): number => Math.floor(draft.random() * limit);
const oneOf = <T>(draft: Draft, items: T[]): T => items[below(draft, items.length)] as T;
const isInside = ({ start, end }: Draft, { origin }: Letter): boolean => origin >= start && origin < end;

/** Inserts, deletes and alters here and there, three letters away from the passage at least. */
function editElsewhere(draft: Draft, times: number): void {
  const away = ({ origin }: Letter) => origin >= 0 && (origin < draft.start - 3 || origin >= draft.end + 3);
  for (let time = 0; time < times; time++) {
    const at = below(draft, draft.letters.length);
    const letter = draft.letters[at];
    if (!letter || !away(letter)) continue;
    const what = draft.random();
    if (what < 0.35) {
      const words = ` ${oneOf(draft, draft.vocabulary)} ${oneOf(draft, draft.vocabulary)}`;
      draft.letters.splice(at, 0, ...brought(words));
    } else if (what < 0.6) {
      let length = 0;
      const most = below(draft, 25);
      while (length < most && draft.letters[at + length] && away(draft.letters[at + length] as Letter))
        length++;
      draft.letters.splice(at, length);
    } else {
      draft.letters[at] = { text: oneOf(draft, draft.alphabet), origin: letter.origin };
    }
  }
}

function alter(draft: Draft, share: number, where: (letter: Letter) => boolean): void {
  draft.letters = draft.letters.map((letter) =>
    where(letter) && /\p{L}/u.test(letter.text) && draft.random() < share
      ? { text: oneOf(draft, draft.alphabet), origin: letter.origin }
      : letter,
  );
}

function remove(draft: Draft, start: number, end: number): void {
  draft.letters = draft.letters.filter(({ origin }) => origin < start || origin >= end);
  draft.deleted = true;
}

/** The sentence around the passage, in the letters as they were. */
function sentenceOf(text: string[], { start, end }: Draft): [number, number] {
  const ends = (character: string | undefined) => character !== undefined && /[.!?\n]/.test(character);
  let [from, to] = [start, end];
  while (from > 0 && !ends(text[from - 1])) from--;
  while (to < text.length && !ends(text[to - 1])) to++;
  return [from, to];
}

const replaceLetters = (draft: Draft, swap: (text: string) => string): void => {
  draft.letters = draft.letters.map(({ text, origin }) => ({ text: swap(text), origin }));
};

const DASHES: Record<string, string> = { '–': '—', '-': '‑', '«': '“', '»': '”', '“': '«', '”': '»' };
const MARKS = ['😀', 'é', '👩‍👩‍👧', '𝔄'];

/** Every kind of edit. One that cannot be made on a passage leaves the text as it is, which is a case as well. */
const EDITS: Record<string, (draft: Draft, text: string[]) => void> = {
  'edits elsewhere': (draft) => editElsewhere(draft, 1 + below(draft, 20)),
  'a correction inside': (draft) => {
    if (draft.end - draft.start < 5) return;
    const at = draft.start + below(draft, draft.end - draft.start);
    alter(draft, 1, ({ origin }) => origin === at);
    editElsewhere(draft, 4);
  },
  'letters altered': (draft) => {
    alter(draft, draft.end - draft.start < 6 ? 0.12 : 0.02 + draft.random() * 0.18, (letter) =>
      isInside(draft, letter),
    );
    editElsewhere(draft, 4);
  },
  'letters altered everywhere': (draft) => alter(draft, 0.02 + draft.random() * 0.1, () => true),
  'words put in': (draft, text) => {
    const gaps = text.flatMap((character, i) =>
      character === ' ' && i > draft.start && i < draft.end ? [i] : [],
    );
    if (gaps.length === 0) return;
    const gap = oneOf(draft, gaps);
    const at = draft.letters.findIndex(({ origin }) => origin === gap);
    draft.letters.splice(
      at,
      0,
      ...brought(` ${oneOf(draft, draft.vocabulary)} ${oneOf(draft, draft.vocabulary)}`),
    );
    editElsewhere(draft, 3);
  },
  'a word dropped': (draft, text) => {
    if (draft.words < 5) return;
    const gaps = text.flatMap((character, i) =>
      character === ' ' && i > draft.start && i < draft.end ? [i] : [],
    );
    const which = below(draft, gaps.length - 1);
    const [from, to] = [gaps[which] ?? 0, gaps[which + 1] ?? 0];
    draft.letters = draft.letters.filter(({ origin }) => origin < from || origin >= to);
  },
  'the passage deleted': (draft) => {
    remove(draft, draft.start, draft.end);
    editElsewhere(draft, below(draft, 8));
  },
  'its sentence deleted': (draft, text) => {
    remove(draft, ...sentenceOf(text, draft));
    editElsewhere(draft, below(draft, 8));
  },
  'a paragraph moved': (draft, text) => {
    const breaks = [0, ...text.flatMap((character, i) => (character === '\n' ? [i + 1] : [])), text.length];
    const which = breaks.findIndex((at) => at > draft.start) - 1;
    const [from, to] = [breaks[which] ?? 0, breaks[which + 1] ?? text.length];
    if (draft.end > to || to - from < 40) return;
    const moved = draft.letters.slice(from, to);
    draft.letters.splice(from, to - from);
    const places = draft.letters.flatMap(({ text }, i) => (text === '\n' ? [i + 1] : []));
    draft.letters.splice(places.length > 0 ? oneOf(draft, places) : 0, 0, ...moved);
  },
  'paragraphs split': (draft) =>
    replaceLetters(draft, (text) => (text === ' ' && draft.random() < 0.01 ? '\n' : text)),
  'paragraphs merged': (draft) =>
    replaceLetters(draft, (text) => (text === '\n' && draft.random() < 0.7 ? ' ' : text)),
  'decomposed (NFD)': (draft) => {
    draft.letters = draft.letters.flatMap(({ text, origin }) =>
      [...text.normalize('NFD')].map((character) => ({ text: character, origin })),
    );
  },
  'ё for е': (draft) => replaceLetters(draft, (text) => (text === 'е' && draft.random() < 0.2 ? 'ё' : text)),
  'dashes and quotes': (draft) => replaceLetters(draft, (text) => DASHES[text] ?? text),
  'emoji and combining marks': (draft) => {
    for (let time = 0; time < 5; time++) {
      draft.letters.splice(below(draft, draft.letters.length), 0, ...brought(oneOf(draft, MARKS)));
    }
  },
  'the section rewritten': (draft) => {
    const words = joined(draft.letters).match(/\S+/g) ?? [];
    for (let i = words.length - 1; i > 0; i--) {
      const j = below(draft, i + 1);
      [words[i], words[j]] = [words[j] as string, words[i] as string];
    }
    draft.letters = brought(words.join(' '));
    draft.deleted = true;
  },
};

/** Texts with near-twins and repeats of their own: the letters, the study, and articles of a treaty. */
function texts(): string[] {
  const verbs = ['уважать', 'соблюдать', 'защищать', 'укреплять'];
  const objects = ['суверенитет', 'границы', 'договоры'];
  const treaty = Array.from(
    { length: 12 },
    (_, i) =>
      `Статья ${i + 1}. Стороны договорились о нижеследующем: стороны обязуются ${verbs[i % 4]} ${objects[i % 3]} друг друга.`,
  );
  const { article, doc1, doc2 } = getSections();
  return [doc1, article, `${doc2}\n${doc1.slice(0, 1500)}`, treaty.join('\n'), `${article}\n${doc1}`];
}

const SOURCES = texts();
const LENGTHS = [1, 1, 2, 3, 5, 8, 15, 30];

/** Case number `id`: the kinds of edit in turn, all else by chance. */
export function anchorCase(id: number): AnchorTruth {
  const random = randomFrom(id * 7919 + 13);
  const before = SOURCES[Math.floor(random() * SOURCES.length)] as string;
  const letters = lettersOf(before);
  const text = letters.map((letter) => letter.text);
  const begins = text.flatMap((character, i) => (isWord(character) && !isWord(text[i - 1]) ? [i] : []));
  const words = LENGTHS[Math.floor(random() * LENGTHS.length)] as number;
  const first = Math.floor(random() * (begins.length - words));
  const start = begins[first] as number;
  let end = begins[first + words - 1] as number;
  while (isWord(text[end])) end++;
  const exact = text.slice(start, end).join('');
  const alphabet = [...(/[а-я]/.test(exact) ? 'абвгдежзиклмнопрстуфхцчшщыьэюя' : 'abcdefghiklmnoprstuvwxyz')];
  const vocabulary = before.match(/\p{L}+/gu) ?? [];
  const draft: Draft = { letters, start, end, words, exact, random, vocabulary, alphabet, deleted: false };
  const kinds = Object.keys(EDITS);
  const kind = kinds[id % kinds.length] as string;
  EDITS[kind]?.(draft, text);
  const left = draft.letters.flatMap((letter, i) => (isInside(draft, letter) ? [i] : []));
  const gone = draft.deleted || left.length === 0;
  const truth = gone ? null : { start: left[0] as number, end: (left.at(-1) as number) + 1 };
  return { id, kind, before, after: joined(draft.letters), start, end, exact, words, truth };
}

import type { AnchorTruth } from './anchor-cases';
import { FORMULAIC, MANY_LANGUAGES, POINTED } from './many-languages';
import * as on from './traced-text';
import {
  below,
  insertedLetters,
  isInside,
  isWord,
  type Letter,
  lettersOf,
  oneOf,
  type TracedText,
} from './traced-text';

/** Kinds of edit that are hard to follow a passage through, on texts of several languages. */
type Kind = { texts: string[]; lengths: number[]; edit: (draft: TracedText) => void };

const SHORT = [1, 1, 2];
const ANY = [1, 2, 3, 5, 8, 15];

/** Alters, drops or adds a letter or two at the first or the last letter of the passage. */
function touchEdge(draft: TracedText): void {
  const isFirst = draft.random() < 0.5;
  const origin = isFirst ? draft.start : draft.end - 1;
  const at = on.placeOf(draft, origin);
  const what = draft.random();
  const letter = draft.letters[at] as Letter;
  // What is put in at an edge is a part of the word, and so of the passage.
  if (what < 0.4) draft.letters[at] = { text: oneOf(draft, draft.alphabet), origin };
  else if (what < 0.7 && draft.end - draft.start > 3) draft.letters.splice(at, 1);
  else
    draft.letters.splice(isFirst ? at : at + 1, 0, {
      text: oneOf(draft, draft.alphabet),
      origin: letter.origin,
    });
}

const isPoint = (text: string) => /\p{M}/u.test(text);

function dropPoints(draft: TracedText): void {
  const share = draft.random() < 0.5 ? 1 : 0.5;
  draft.letters = draft.letters.filter(({ text }) => !isPoint(text) || draft.random() > share);
}

/** The text without points gets them: the truth is of the pointed text turned round. */
function addPoints(draft: TracedText): void {
  const pointed = draft.letters;
  draft.letters = pointed.filter(({ text }) => !isPoint(text));
  on.commitOrigins(draft);
  let next = 0;
  draft.letters = pointed.map(({ text }) => {
    if (!isPoint(text)) return { text, origin: next++ };
    return { text, origin: Math.max(0, next - 1) };
  });
}

function standTwice(draft: TracedText): void {
  on.editElsewhere(draft, below(draft, 4));
  draft.letters.push(...insertedLetters(`\n${on.joined(draft.letters)}`));
}

/** Exchanges two stretches of the text, one of which may hold the passage. */
function swap(draft: TracedText, ends: RegExp): void {
  const parts: Letter[][] = [[]];
  for (const letter of draft.letters) {
    parts.at(-1)?.push(letter);
    if (ends.test(letter.text)) parts.push([]);
  }
  const holds = (part: Letter[]) => part.some((letter) => isInside(draft, letter));
  if (parts.filter(holds).length !== 1) return;
  const a = parts.findIndex(holds);
  // What says the same may stand in either place.
  const words = (i: number) => on.joined(parts[i] ?? []).trim();
  const others = parts.flatMap((part, i) => (part.length > 20 && words(i) !== words(a) ? [i] : []));
  const isRepeated = on.joined(draft.letters).split(words(a)).length > 2;
  if (others.length === 0 || isRepeated) return;
  const b = oneOf(draft, others);
  // The last paragraph has no line end of its own.
  const last = parts.length - 1;
  if (ends.test('\n') && (a === last || b === last)) (parts[last] as Letter[]).push(...insertedLetters('\n'));
  [parts[a], parts[b]] = [parts[b] as Letter[], parts[a] as Letter[]];
  draft.letters = parts.flat();
}

/** One word in three is another, one in ten is gone: none of them of the passage. */
function revise(draft: TracedText): void {
  const words: Letter[][] = [[]];
  for (const letter of draft.letters) {
    const isStart = isWord(letter.text) !== isWord(words.at(-1)?.at(-1)?.text);
    if (isStart) words.push([]);
    words.at(-1)?.push(letter);
  }
  draft.letters = words.flatMap((word) => {
    if (!isWord(word[0]?.text) || word.some((letter) => isInside(draft, letter))) return word;
    const what = draft.random();
    if (what < 0.3) return insertedLetters(oneOf(draft, draft.vocabulary));
    return what < 0.4 ? [] : word;
  });
}

/** A paragraph with its number is put in before, and all numbers after it change. */
function renumber(draft: TracedText): void {
  const lines = on.joined(draft.letters).split('\n').length;
  const at = below(draft, lines);
  const parts: Letter[][] = [[]];
  for (const letter of draft.letters) {
    if (letter.text === '\n') parts.push([]);
    else parts.at(-1)?.push(letter);
  }
  const numberOf = (i: number) => `${i + 1}`;
  const copy = on.joined(parts[below(draft, parts.length)] as Letter[]).replace(/\d+/, numberOf(at));
  const all = parts.map((part, i) => (i < at ? part : renumbered(part, numberOf(i + 1))));
  all.splice(at, 0, insertedLetters(copy));
  draft.letters = all.flatMap((part, i) => (i === 0 ? part : [...insertedLetters('\n'), ...part]));
}

function renumbered(part: Letter[], number: string): Letter[] {
  const first = part.findIndex(({ text }) => /\d/.test(text));
  if (first < 0) return part;
  let end = first;
  while (/\d/.test(part[end]?.text ?? '')) end++;
  const origin = part[first]?.origin ?? -1;
  return [...part.slice(0, first), ...[...number].map((text) => ({ text, origin })), ...part.slice(end)];
}

/** A point is put between two letters of the passage. */
function pointBetween(draft: TracedText): void {
  if (draft.end - draft.start < 2) return;
  const origin = draft.start + 1 + below(draft, draft.end - draft.start - 1);
  draft.letters.splice(on.placeOf(draft, origin), 0, { text: oneOf(draft, ['.', '·', '-']), origin });
}

const verbs = ['respect', 'observe', 'protect', 'strengthen', 'recognise'];
const NUMBERED = Array.from(
  { length: 14 },
  (_, i) =>
    `Article ${i + 1}. The High Contracting Parties undertake to ${verbs[i % 5]} the provisions of the present treaty, and to settle their disputes by peaceful means.`,
).join('\n');

const LINES = /\n/;
const UNPOINTED = MANY_LANGUAGES.filter((text) => !POINTED.includes(text));
export const HARD_KINDS: Record<string, Kind> = {
  'the first or last letter of a word': { texts: UNPOINTED, lengths: SHORT, edit: touchEdge },
  'points dropped': { texts: POINTED, lengths: ANY, edit: dropPoints },
  'points added': { texts: POINTED, lengths: ANY, edit: addPoints },
  'a text that stands twice afterwards': { texts: MANY_LANGUAGES, lengths: ANY, edit: standTwice },
  'paragraphs with a formula in common swapped': {
    texts: FORMULAIC,
    lengths: [2, 3, 5, 8, 15],
    edit: (draft) => swap(draft, LINES),
  },
  'paragraphs swapped': { texts: MANY_LANGUAGES, lengths: ANY, edit: (draft) => swap(draft, LINES) },
  'sentences swapped': { texts: MANY_LANGUAGES, lengths: ANY, edit: (draft) => swap(draft, /[.!?;׃\n]/) },
  'a text heavily revised': { texts: MANY_LANGUAGES, lengths: [2, 3, 5, 8, 15], edit: revise },
  'numbered repeats': { texts: [NUMBERED], lengths: [3, 5, 8], edit: renumber },
  'a point between two letters': { texts: UNPOINTED, lengths: SHORT, edit: pointBetween },
};

const NAMES = Object.keys(HARD_KINDS);

/** Case number `id` of a series: the kinds in turn, all else by chance. */
export function hardAnchorCase(id: number, series = 0): AnchorTruth {
  const random = on.randomFrom(id * 6_007 + 29 + series * 86_028_121);
  const kind = NAMES[id % NAMES.length] as string;
  const { texts, lengths, edit } = HARD_KINDS[kind] as Kind;
  const source = texts[Math.floor(random() * texts.length)] as string;
  const text = [...source];
  const begins = text.flatMap((character, i) => (isWord(character) && !isWord(text[i - 1]) ? [i] : []));
  const words = lengths[Math.floor(random() * lengths.length)] as number;
  const first = Math.floor(random() * (begins.length - words));
  const start = begins[first] as number;
  let end = begins[first + words - 1] as number;
  while (isWord(text[end])) end++;
  const letters = text.filter((character) => /\p{L}/u.test(character));
  const draft: TracedText = {
    ...{ letters: lettersOf(source), text, start, end, words, random, deleted: false },
    vocabulary: source.match(/[\p{L}\p{M}]+/gu) ?? [],
    alphabet: [...new Set(letters.map((letter) => letter.toLowerCase()))],
  };
  edit(draft);
  const left = draft.letters.flatMap((letter, i) => (isInside(draft, letter) ? [i] : []));
  const gone = draft.deleted || left.length === 0;
  const before = draft.text.join('');
  return {
    ...{ id, kind, before, after: on.joined(draft.letters), start: draft.start, end: draft.end, words },
    exact: draft.text.slice(draft.start, draft.end).join(''),
    truth: gone ? null : { start: left[0] as number, end: (left.at(-1) as number) + 1 },
  };
}

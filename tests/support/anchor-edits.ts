import * as on from './traced-text';
import { below, insertedLetters, isInside, type Letter, oneOf, type TracedText } from './traced-text';

/** What is made of a text before anybody annotates it, and what an edit then does. */
type Kind = { prepare?: (draft: TracedText) => void; edit: (draft: TracedText) => void };

const DASHES: Record<string, string> = { '–': '—', '-': '‑', '«': '“', '»': '”', '“': '«', '”': '»' };
const MARKS = ['😀', 'é', '👩‍👩‍👧', '𝔄'];

const fewEdits = (draft: TracedText) => on.editElsewhere(draft, below(draft, 8));
const passageOf = ({ text, start, end }: TracedText) => text.slice(start, end).join('');

/** The sentence of the passage with every seventh word another. */
function nearTwin(draft: TracedText): string {
  const [from, to] = on.sentenceOf(draft);
  const words = draft.text.slice(from, to).join('').trim().split(' ');
  const other = below(draft, words.length);
  return words
    .map((word, i) => (i === other || draft.random() < 0.1 ? oneOf(draft, draft.vocabulary) : word))
    .join(' ');
}

function repeat(draft: TracedText): void {
  const phrase = passageOf(draft);
  for (let time = 1 + below(draft, 3); time > 0; time--) {
    const gaps = draft.letters.flatMap((letter, i) =>
      letter.text === ' ' && !isInside(draft, letter) && Math.abs(letter.origin - draft.start) > 3 ? [i] : [],
    );
    if (gaps.length > 0) draft.letters.splice(oneOf(draft, gaps), 0, ...insertedLetters(` ${phrase}`));
  }
}

/** The same words once more, a few words away. */
function repeatNearby(draft: TracedText): void {
  const phrase = passageOf(draft);
  const at = on.placeOf(draft, draft.end - 1) + 1;
  draft.letters.splice(at, 0, ...insertedLetters(`, ${on.someWords(draft, 1 + below(draft, 3))} ${phrase}`));
}

function shuffle(draft: TracedText): void {
  const words = on.joined(draft.letters).match(/\p{Script=Han}{1,2}|[^\s\p{Script=Han}]+/gu) ?? [];
  for (let i = words.length - 1; i > 0; i--) {
    const j = below(draft, i + 1);
    [words[i], words[j]] = [words[j] as string, words[i] as string];
  }
  draft.letters = insertedLetters(
    words.join(draft.text.includes(' ') && !/\p{Script=Han}/u.test(draft.text.join('')) ? ' ' : ''),
  );
  draft.deleted = true;
}

function putBeside(draft: TracedText, side: -1 | 1): void {
  const at = side < 0 ? on.placeOf(draft, draft.start) : on.placeOf(draft, draft.end - 1) + 1;
  const words = on.someWords(draft, 1 + below(draft, 3));
  draft.letters.splice(at, 0, ...insertedLetters(side < 0 ? `${words} ` : ` ${words}`));
}

/** The passage loses its first or its last word, with the space. */
function dropEdge(draft: TracedText): void {
  const gaps = on.gapsOf(draft);
  if (draft.words < 5) return;
  const isFirst = draft.random() < 0.5;
  on.remove(draft, isFirst ? [draft.start, (gaps[0] as number) + 1] : [gaps.at(-1) as number, draft.end]);
}

function putMarks(draft: TracedText, times: number, where: (letter: Letter) => boolean): void {
  for (let time = 0; time < times; time++) {
    const places = draft.letters.flatMap((letter, i) => (where(letter) ? [i] : []));
    if (places.length > 0)
      draft.letters.splice(oneOf(draft, places), 0, ...insertedLetters(oneOf(draft, MARKS)));
  }
}

function swapParagraphs(draft: TracedText): void {
  const paragraphs = on.joined(draft.letters).split('\n').length;
  if (paragraphs < 3) return;
  const parts: Letter[][] = [[]];
  for (const letter of draft.letters) {
    if (letter.text === '\n') parts.push([]);
    else parts.at(-1)?.push(letter);
  }
  const [a, b] = [below(draft, parts.length), below(draft, parts.length)];
  const holds = (i: number) => parts[i]?.some((letter) => isInside(draft, letter));
  if (passageOf(draft).includes('\n') && (holds(a) || holds(b))) return;
  [parts[a], parts[b]] = [parts[b] as Letter[], parts[a] as Letter[]];
  draft.letters = parts.flatMap((part, i) => (i === 0 ? part : [...insertedLetters('\n'), ...part]));
}

/** Every kind of edit. One that cannot be made on a passage leaves the text as it is, which is a case as well. */
export const KINDS: Record<string, Kind> = {
  'edits elsewhere': { edit: (draft) => on.editElsewhere(draft, 1 + below(draft, 20)) },
  'a correction inside': {
    edit: (draft) => {
      if (draft.end - draft.start < 5) return;
      const at = draft.start + below(draft, draft.end - draft.start);
      on.alter(draft, 1, ({ origin }) => origin === at);
      on.editElsewhere(draft, 4);
    },
  },
  'letters altered': {
    edit: (draft) => {
      const share = draft.end - draft.start < 6 ? 0.12 : 0.02 + draft.random() * 0.18;
      on.alter(draft, share, (letter) => isInside(draft, letter));
      on.editElsewhere(draft, 4);
    },
  },
  'letters altered everywhere': {
    edit: (draft) => on.alter(draft, 0.02 + draft.random() * 0.18, () => true),
  },
  'words put in': {
    edit: (draft) => {
      const gaps = on.gapsOf(draft);
      if (gaps.length === 0) return;
      const at = on.placeOf(draft, oneOf(draft, gaps));
      draft.letters.splice(at, 0, ...insertedLetters(` ${on.someWords(draft, 2)}`));
      on.editElsewhere(draft, 3);
    },
  },
  'words put in front': { edit: (draft) => putBeside(draft, -1) },
  'words put behind': { edit: (draft) => putBeside(draft, 1) },
  'a word dropped': {
    edit: (draft) => {
      const gaps = on.gapsOf(draft);
      if (draft.words < 5 || gaps.length < 2) return;
      const which = below(draft, gaps.length - 1);
      on.remove(draft, [gaps[which] as number, gaps[which + 1] as number]);
    },
  },
  'a word dropped at the edge': { edit: dropEdge },
  'the passage deleted': {
    edit: (draft) => {
      on.remove(draft, [draft.start, draft.end]);
      fewEdits(draft);
    },
  },
  'its sentence deleted': {
    edit: (draft) => {
      on.remove(draft, on.sentenceOf(draft));
      fewEdits(draft);
    },
  },
  'its paragraph deleted': {
    edit: (draft) => {
      on.remove(draft, on.paragraphOf(draft));
      fewEdits(draft);
    },
  },
  'other words in its place': {
    edit: (draft) => {
      const at = on.placeOf(draft, draft.start);
      const { words } = draft;
      on.remove(draft, [draft.start, draft.end]);
      draft.letters.splice(at, 0, ...insertedLetters(on.someWords(draft, words)));
    },
  },
  'a near-twin stays, the original goes': {
    prepare: (draft) => on.putElsewhere(draft, nearTwin(draft)),
    edit: (draft) => on.remove(draft, draft.random() < 0.5 ? on.sentenceOf(draft) : [draft.start, draft.end]),
  },
  'a near-twin in both': {
    prepare: (draft) => on.putElsewhere(draft, nearTwin(draft)),
    edit: (draft) => on.editElsewhere(draft, 10),
  },
  'one of equal phrases goes': {
    prepare: repeat,
    edit: (draft) => on.remove(draft, [draft.start, draft.end]),
  },
  'an edit before equal phrases': {
    prepare: repeat,
    edit: (draft) => {
      draft.letters.splice(
        below(draft, Math.max(1, draft.start - 3)),
        0,
        ...insertedLetters(`${on.someWords(draft, 3)} `),
      );
      fewEdits(draft);
    },
  },
  'a repeat nearby': { prepare: repeatNearby, edit: fewEdits },
  'one of two neighbours goes': {
    prepare: repeatNearby,
    edit: (draft) => on.remove(draft, [draft.start, draft.end]),
  },
  'a paragraph moved': { edit: on.moveParagraph },
  'a paragraph moved and altered': {
    edit: (draft) => {
      const [from, to] = on.paragraphOf(draft);
      on.alter(draft, 0.01 + draft.random() * 0.07, ({ origin }) => origin >= from && origin < to);
      on.moveParagraph(draft);
    },
  },
  'paragraphs swapped': { edit: swapParagraphs },
  'paragraphs split': {
    edit: (draft) =>
      on.replaceLetters(draft, (text) => (text === ' ' && draft.random() < 0.01 ? '\n' : text)),
  },
  'paragraphs merged': {
    edit: (draft) => on.replaceLetters(draft, (text) => (text === '\n' && draft.random() < 0.7 ? ' ' : text)),
  },
  'decomposed (NFD)': { edit: on.decompose },
  'composed (NFC)': {
    prepare: on.decompose,
    edit: (draft) => {
      // A mark goes into its letter, which keeps the origin of both.
      draft.letters = draft.letters.reduce<Letter[]>((composed, letter) => {
        const last = composed.at(-1);
        const whole = last && `${last.text}${letter.text}`.normalize('NFC');
        if (last && whole && /\p{M}/u.test(letter.text) && [...whole].length === 1) last.text = whole;
        else composed.push({ ...letter });
        return composed;
      }, []);
    },
  },
  'ё for е': {
    edit: (draft) => on.replaceLetters(draft, (text) => (text === 'е' && draft.random() < 0.2 ? 'ё' : text)),
  },
  'е for ё': {
    prepare: (draft) =>
      on.replaceLetters(draft, (text) => (text === 'е' && draft.random() < 0.2 ? 'ё' : text)),
    edit: (draft) => on.replaceLetters(draft, (text) => (text === 'ё' ? 'е' : text)),
  },
  'dashes and quotes': { edit: (draft) => on.replaceLetters(draft, (text) => DASHES[text] ?? text) },
  'emoji and combining marks put in': {
    edit: (draft) => putMarks(draft, 5, (letter) => !isInside(draft, letter)),
  },
  'emoji and combining marks in the passage': {
    prepare: (draft) => {
      putMarks(draft, 4, ({ origin }) => origin < draft.start);
      putMarks(draft, 2, ({ origin }) => origin > draft.start && origin < draft.end);
    },
    edit: (draft) => on.editElsewhere(draft, 6),
  },
  'the section rewritten': { edit: shuffle },
};

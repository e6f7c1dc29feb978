import { KINDS } from './anchor-edits';
import { getSections } from './edition-texts';
import {
  commitOrigins,
  isInside,
  isWord,
  joined,
  lettersOf,
  randomFrom,
  type TracedText,
} from './traced-text';

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

const CHINESE = [
  '第一条 双方应当尊重对方的主权和领土完整，不干涉对方的内政。',
  '第二条 双方应当遵守已经签订的条约，并在平等互利的基础上发展关系。',
  '一九六八年八月，苏联和其他四国的军队进入捷克斯洛伐克。罗马尼亚没有参加这次行动，并且公开表示反对。',
  '苏共中央在给罗共中央的信中指出，罗马尼亚的报纸和电台掀起了不健康的喧嚣，这不利于两国人民的友谊。',
  '第三条 双方应当尊重对方的选择，不使用武力，也不以武力相威胁。',
  '历史学家认为，这些信件说明了两党之间的分歧，也说明了当时局势的紧张。我们希望读者注意信中的用词。',
  '第四条 本条约自签字之日起生效，有效期为二十年。双方应当遵守本条约。',
].join('\n');

/** Texts with near-twins and repeats of their own: the letters, the study, articles of a treaty; short ones; Chinese. */
function texts(): string[] {
  const verbs = ['уважать', 'соблюдать', 'защищать', 'укреплять'];
  const objects = ['суверенитет', 'границы', 'договоры'];
  const treaty = Array.from(
    { length: 12 },
    (_, i) =>
      `Статья ${i + 1}. Стороны договорились о нижеследующем: стороны обязуются ${verbs[i % 4]} ${objects[i % 3]} друг друга.`,
  );
  const { article, doc1, doc2 } = getSections();
  const paragraphs = (text: string) => text.split('\n').filter((paragraph) => paragraph.length > 300);
  return [
    ...[doc1, article, `${doc2}\n${doc1.slice(0, 1500)}`, treaty.join('\n'), `${article}\n${doc1}`],
    ...[CHINESE, paragraphs(article)[2] as string, paragraphs(doc1)[1] as string],
  ];
}

const SOURCES = texts();
const LENGTHS = [1, 1, 2, 3, 5, 8, 15, 30];
const ALPHABETS: [RegExp, string][] = [
  [/[а-я]/, 'абвгдежзиклмнопрстуфхцчшщыьэюя'],
  [/\p{Script=Han}/u, '的一是不了人我在有他这中大来上国'],
  [/./s, 'abcdefghiklmnoprstuvwxyz'],
];

/** Another text of the same length or so, for a section that is replaced. */
const OTHERS = [...SOURCES.slice(0, 4), CHINESE];

const KIND_NAMES = [...Object.keys(KINDS), 'another text'];

/** Case number `id` of a series: the kinds of edit in turn, all else by chance. */
export function anchorCase(id: number, series = 0): AnchorTruth {
  const random = randomFrom(id * 7919 + 13 + series * 104_729_017);
  const source = SOURCES[Math.floor(random() * SOURCES.length)] as string;
  const draft = draftOf(source, random);
  const kind = KIND_NAMES[id % KIND_NAMES.length] as string;
  const { prepare, edit } = KINDS[kind] ?? { edit: (each: TracedText) => replace(each, source) };
  prepare?.(draft);
  commitOrigins(draft);
  const before = joined(draft.letters);
  const { start, end, words } = draft;
  edit(draft);
  const left = draft.letters.flatMap((letter, i) => (isInside(draft, letter) ? [i] : []));
  const gone = draft.deleted || left.length === 0;
  const truth = gone ? null : { start: left[0] as number, end: (left.at(-1) as number) + 1 };
  const exact = draft.text.slice(start, end).join('');
  return { id, kind, before, after: joined(draft.letters), start, end, exact, words, truth };
}

function draftOf(source: string, random: () => number): TracedText {
  const letters = lettersOf(source);
  const text = letters.map((letter) => letter.text);
  // A Chinese word is taken to be one character, or two.
  const isChinese = source === CHINESE;
  const begins = text.flatMap((character, i) =>
    isWord(character) && (isChinese || !isWord(text[i - 1])) ? [i] : [],
  );
  const most = Math.floor(begins.length / 2);
  const words = Math.min(LENGTHS[Math.floor(random() * LENGTHS.length)] as number, most);
  const first = Math.floor(random() * (begins.length - words * (isChinese ? 2 : 1)));
  const start = begins[first] as number;
  let end = begins[first + (isChinese ? words * 2 - 1 : words - 1)] as number;
  if (isChinese) end++;
  else while (isWord(text[end])) end++;
  const exact = text.slice(start, end).join('');
  const [, alphabet] = ALPHABETS.find(([script]) => script.test(exact)) as [RegExp, string];
  const vocabulary = isChinese
    ? (source.match(/\p{Script=Han}{2}/gu) ?? [])
    : (source.match(/\p{L}+/gu) ?? []);
  return { letters, text, start, end, words, random, vocabulary, alphabet: [...alphabet], deleted: false };
}

function replace(draft: TracedText, source: string): void {
  const others = OTHERS.filter(
    (other) => !other.includes(source.slice(0, 200)) && !source.includes(other.slice(0, 200)),
  );
  draft.letters = [...(others[Math.floor(draft.random() * others.length)] as string)].map((text) => ({
    text,
    origin: -1,
  }));
  draft.deleted = true;
}

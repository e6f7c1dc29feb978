import { describePassage, diffTexts, reanchor } from '@/lib/anchoring';
import { toCodePoint, toUtf16 } from '@/lib/kernel/code-points';
import { anchorCase } from '../support/anchor-cases';
import { getSections } from '../support/edition-texts';
import { randomFrom } from '../support/traced-text';
import { type Found, matchNearby, matchQuote, type Wanted } from './anchoring-baselines';

/**
 * `npm run bench:anchoring`: what it costs to find 10,000 passages of an 80,000-character section again, and how often
 * the place is right, beside two libraries that look for each passage by itself. On the same texts, in the same run;
 * those that are slow do a part of the passages, and their time is multiplied. `PASSAGES`, `PART` and `CASES` set how
 * many.
 */

const LENGTH = 80_000;
const PASSAGES = Number(process.env.PASSAGES ?? 10_000);
const PART = Number(process.env.PART ?? 100);
const CASES = Number(process.env.CASES ?? 660);
/** The least score that was found to do best on such cases. */
const LEAST = 0.75;

type Passage = { start: number; end: number };
const RIVALS: [string, (text: string, wanted: Wanted) => Found][] = [
  ['approx-string-match, scored', (text, wanted) => matchQuote(text, wanted)],
  ['approx-string-match, least score', (text, wanted) => matchQuote(text, wanted, LEAST)],
  ['diff-match-patch, match_main', matchNearby],
];

/** Seconds of this process's CPU that `work` takes. */
function cpuOf(work: () => void): number {
  const since = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1e6;
}

/** The edition's texts again and again, every twelfth word another, so that no two stretches are the same. */
function longText(random: () => number): string {
  const { article, doc1, doc2 } = getSections();
  const source = `${article}\n${doc1}\n${doc2}\n`;
  const words = source.match(/\p{L}+/gu) ?? [];
  const other = () => words[Math.floor(random() * words.length)] as string;
  let text = '';
  while (text.length < LENGTH)
    text += source.replace(/\p{L}+/gu, (word) => (random() < 1 / 12 ? other() : word));
  return text.slice(0, LENGTH);
}

function edited(text: string, random: () => number): string {
  return text.replace(/\p{L}+/gu, (word) => {
    const what = random();
    if (what < 0.01) return `${word} ${word.slice(1)}x`;
    return what < 0.02 ? '' : what < 0.03 ? `${word.slice(0, 1)}${word}` : word;
  });
}

function rewritten(text: string, random: () => number): string {
  const words = text.match(/\S+/g) ?? [];
  for (let i = words.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [words[i], words[j]] = [words[j] as string, words[i] as string];
  }
  return words.join(' ');
}

function passagesOf(text: string, random: () => number): Passage[] {
  const words = [...text.matchAll(/\p{L}+/gu)];
  return Array.from({ length: PASSAGES }, () => {
    const first = Math.floor(random() * (words.length - 30));
    const last = words[first + Math.floor(random() * 30)] as RegExpExecArray;
    return { start: (words[first] as RegExpExecArray).index, end: last.index + last[0].length };
  });
}

function wantedOf(text: string, { start, end }: Passage): Wanted {
  const { exact, prefix, suffix } = describePassage(text, start, end);
  return { exact, prefix, suffix, start: toUtf16(text, start) };
}

function benchTime(): void {
  const random = randomFrom(11);
  const before = longText(random);
  const passages = passagesOf(before, random);
  for (const [name, after] of [
    ['edited', edited(before, random)],
    ['rewritten', rewritten(before, random)],
  ] as const) {
    const ours = cpuOf(() => {
      const difference = diffTexts(before, after);
      for (const { start, end } of passages) reanchor(difference, start, end);
    });
    console.log(`\n${PASSAGES} passages, ${LENGTH} characters, ${name}`);
    console.log(row('Scholion, through the difference', `${ours.toFixed(2)} s CPU`, '1'));
    const part = passages.slice(0, PART).map((passage) => wantedOf(before, passage));
    for (const [rival, find] of RIVALS) {
      const spent = cpuOf(() => part.forEach((wanted) => void find(after, wanted))) * (PASSAGES / PART);
      console.log(row(rival, `${spent.toFixed(1)} s CPU`, `× ${(spent / ours).toFixed(1)}`));
    }
  }
}

function benchRight(): void {
  const names = ['Scholion, through the difference', ...RIVALS.map(([name]) => name)];
  const sums = new Map(names.map((name) => [name, { right: 0, wrong: 0, missed: 0 }]));
  for (let id = 0; id < CASES; id++) {
    const { before, after, start, end, truth } = anchorCase(id, 1);
    const wanted = wantedOf(before, { start, end });
    const judge = (name: string, found: Found) => {
      const sum = sums.get(name) as { right: number; wrong: number; missed: number };
      if (!found) sum[truth ? 'missed' : 'right']++;
      else sum[truth && truth.start === found.start && truth.end === found.end ? 'right' : 'wrong']++;
    };
    const ours = reanchor(diffTexts(before, after), start, end);
    judge(names[0] as string, ours.state === 'orphaned' ? null : ours);
    for (const [name, find] of RIVALS) {
      const found = find(after, wanted);
      const inCodePoints = (index: number) => toCodePoint(after, index);
      judge(name, found && { start: inCodePoints(found.start), end: inCodePoints(found.end) });
    }
  }
  console.log(`\n${CASES} cases of every kind of edit: right, on other words, orphaned in vain`);
  for (const [name, { right, wrong, missed }] of sums) {
    const share = (count: number) => `${((100 * count) / CASES).toFixed(1)} %`;
    console.log(row(name, share(right), share(wrong), share(missed)));
  }
}

function row(name: string, ...cells: string[]): string {
  return `${name.padEnd(36)}${cells.map((cell) => cell.padStart(14)).join('')}`;
}

benchTime();
benchRight();

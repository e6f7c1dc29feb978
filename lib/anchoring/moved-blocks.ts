import { type CommonRun, longestIncreasing, markKept, pairUnique, type TextToken } from './common-runs';
import type { Gap, SymbolMapping } from './symbol-mapping';

/** A moved block shares a phrase: at least so many words in a row, of so many symbols together. */
const WORDS = 3;
const PHRASE = 6;
/** At least so much of a moved block is the same, in letters of an alphabet. */
const MOVED = 20;
/** The weight of a Chinese character, in such letters. */
const HAN = 2.5;
/** A block reaches so many symbols beyond its phrases, as far as nothing else is mapped there. */
const REACH = 250;

/**
 * Blocks that were moved, perhaps with corrections: from text that was deleted to text that was inserted. They are found
 * by phrases that each side has once, and reach a little beyond them.
 */
export function findMovedBlocks({ before, after, map }: SymbolMapping): Gap[] {
  const isGone = Uint8Array.from(map, (place) => (place === -1 ? 1 : 0));
  const isNew = markKept(map, after.symbols.length).map((kept) => 1 - kept);
  const phrases = pairUnique(phrasesOf(before.symbols, isGone), phrasesOf(after.symbols, isNew));
  const blocks: Gap[] = [];
  for (const together of groupByRegions(phrases, regionsOf(isGone), regionsOf(isNew))) {
    // Two blocks that have changed places are in one region, so that one pass does not find both.
    for (let left = together; left.length > 0; ) {
      const taken = blocks.length;
      for (const chain of splitAtTaken(longestIncreasing(left), isGone, isNew)) {
        const gap = gapOf(chain, isGone, isNew);
        if (weigh(before.symbols, chain) < MOVED && !isSame(before.symbols, after.symbols, gap)) continue;
        isGone.fill(0, gap.before, gap.beforeEnd);
        isNew.fill(0, gap.after, gap.afterEnd);
        blocks.push(gap);
      }
      left = blocks.length > taken ? left.filter((run) => isUntaken(run, isGone, isNew)) : [];
    }
  }
  return blocks;
}

/** Whether no found block has taken a part of a phrase. */
function isUntaken({ before, after, length }: CommonRun, isGone: Uint8Array, isNew: Uint8Array): boolean {
  return (
    !isGone.subarray(before, before + length).includes(0) &&
    !isNew.subarray(after, after + length).includes(0)
  );
}

/** Splits a chain where a part of it belongs to a block that was found before. */
function splitAtTaken(chain: CommonRun[], isGone: Uint8Array, isNew: Uint8Array): CommonRun[][] {
  const parts: CommonRun[][] = [];
  let last: CommonRun | undefined;
  for (const run of chain.filter((run) => isUntaken(run, isGone, isNew))) {
    const isNext =
      last !== undefined &&
      !isGone.subarray(last.before, run.before).includes(0) &&
      !isNew.subarray(last.after, run.after).includes(0);
    if (isNext) parts.at(-1)?.push(run);
    else parts.push([run]);
    last = run;
  }
  return parts;
}

/** The range from the first to the last run of a chain, and beyond as far as nothing else is mapped there. */
function gapOf(chain: CommonRun[], isGone: Uint8Array, isNew: Uint8Array): Gap {
  const [first, last] = [chain[0] as CommonRun, chain.at(-1) as CommonRun];
  const gap = {
    before: first.before,
    beforeEnd: last.before + last.length,
    after: first.after,
    afterEnd: last.after + last.length,
  };
  for (let k = 0; k < REACH && isGone[gap.before - 1] && isNew[gap.after - 1]; k++) {
    gap.before--;
    gap.after--;
  }
  for (let k = 0; k < REACH && isGone[gap.beforeEnd] && isNew[gap.afterEnd]; k++) {
    gap.beforeEnd++;
    gap.afterEnd++;
  }
  return gap;
}

/** Groups phrases by the pair of regions that they are in; first the pair that shares most of them. */
function groupByRegions(phrases: CommonRun[], gone: Uint32Array, fresh: Uint32Array): CommonRun[][] {
  const together = new Map<string, CommonRun[]>();
  for (const phrase of phrases) {
    const key = `${gone[phrase.before]} ${fresh[phrase.after]}`;
    const known = together.get(key);
    if (known) known.push(phrase);
    else together.set(key, [phrase]);
  }
  const weights = new Map([...together.values()].map((group) => [group, lengthOf(longestIncreasing(group))]));
  return [...weights.keys()].sort((a, b) => (weights.get(b) as number) - (weights.get(a) as number));
}

const lengthOf = (chain: CommonRun[]) => chain.reduce((sum, { length }) => sum + length, 0);

/** Numbers the regions of consecutive symbols that are marked, for each symbol. */
function regionsOf(marks: Uint8Array): Uint32Array {
  const regions = new Uint32Array(marks.length);
  let region = 0;
  for (let i = 0; i < marks.length; i++) {
    if (marks[i] && !marks[i - 1]) region++;
    regions[i] = region;
  }
  return regions;
}

function weigh(symbols: string, chain: CommonRun[]): number {
  let weight = 0;
  for (const { before, length } of chain) {
    const han = symbols.slice(before, before + length).match(/\p{Script=Han}/gu)?.length ?? 0;
    weight += length + han * (HAN - 1);
  }
  return weight;
}

/** Whether a block is the same in both texts, and long enough together with the text around its phrases. */
function isSame(before: string, after: string, gap: Gap): boolean {
  const words = before.slice(gap.before, gap.beforeEnd);
  return words.length >= MOVED && words === after.slice(gap.after, gap.afterEnd);
}

/** Every phrase of which all symbols are marked. */
function* phrasesOf(symbols: string, marks: Uint8Array): Generator<TextToken> {
  const starts: number[] = [];
  const ends: number[] = [];
  for (const { 0: word, index } of symbols.matchAll(/\p{Script=Han}|(?:(?!\p{Script=Han})[\p{L}\p{N}])+/gu)) {
    starts.push(index);
    ends.push(index + word.length);
  }
  for (let i = 0; i + WORDS <= starts.length; i++) {
    const start = starts[i] as number;
    let last = i + WORDS - 1;
    while (last + 1 < ends.length && (ends[last] as number) - start < PHRASE) last++;
    const end = ends[last] as number;
    let whole = true;
    for (let k = start; k < end && whole; k++) whole = marks[k] === 1;
    if (whole) yield { key: symbols.slice(start, end), start };
  }
}

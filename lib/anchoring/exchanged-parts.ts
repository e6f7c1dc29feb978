import { longestIncreasing, pairUnique, type TextToken } from './common-runs';
import type { NormalizedText } from './normalize';
import type { SymbolMapping } from './symbol-mapping';

/** A shorter line or sentence is too common to be known by itself. */
const LEAST = 20;

/**
 * Maps the lines, and then the sentences, that changed places whole: each text has them once, with the very same words.
 * What is left is compared by `compare` as if they were not there, so that a formula that two of them have in common
 * stays with its own.
 */
export function mapExchanged(whole: SymbolMapping, compare: (rest: SymbolMapping) => void): void {
  mapApart(whole, linesOf, (rest) => mapApart(rest, sentencesOf, compare));
}

function mapApart(
  whole: SymbolMapping,
  tokensOf: (symbols: NormalizedText) => Iterable<TextToken>,
  compare: (rest: SymbolMapping) => void,
): void {
  const { before, after, map } = whole;
  const pairs = pairUnique(tokensOf(before), tokensOf(after));
  const inOrder = new Set(longestIncreasing(pairs).map((run) => run.before));
  const exchanged = pairs.filter((run) => !inOrder.has(run.before));
  if (exchanged.length === 0) {
    compare(whole);
    return;
  }
  const old = reduce(
    before,
    exchanged.map(({ before, length }) => ({ start: before, length })),
  );
  const now = reduce(
    after,
    exchanged.map(({ after, length }) => ({ start: after, length })),
  );
  const rest = { before: old.text, after: now.text, map: new Int32Array(old.text.symbols.length).fill(-1) };
  compare(rest);
  rest.map.forEach((place, i) => {
    map[old.indexes[i] as number] = place < 0 ? -1 : (now.indexes[place] as number);
  });
  for (const run of exchanged) for (let k = 0; k < run.length; k++) map[run.before + k] = run.after + k;
}

/** A text without some of its ranges, and the index in it of each symbol that is left. */
function reduce(
  text: NormalizedText,
  ranges: { start: number; length: number }[],
): { text: NormalizedText; indexes: Uint32Array } {
  const isLeft = new Uint8Array(text.symbols.length).fill(1);
  for (const { start, length } of ranges) isLeft.fill(0, start, start + length);
  const indexes: number[] = [];
  for (let i = 0; i < isLeft.length; i++) if (isLeft[i]) indexes.push(i);
  const starts = [...indexes.map((i) => text.starts[i] as number), text.codePoints.length];
  return {
    text: {
      symbols: indexes.map((i) => text.symbols[i]).join(''),
      starts: Uint32Array.from(starts),
      codePoints: text.codePoints,
    },
    indexes: Uint32Array.from(indexes),
  };
}

const LINE_FEED = 0x0a;

function* linesOf({ symbols, starts, codePoints }: NormalizedText): Generator<TextToken> {
  let start = 0;
  for (let i = 0; i <= symbols.length; i++) {
    if (i < symbols.length && codePoints[starts[i] as number] !== LINE_FEED) continue;
    if (i - start >= LEAST) yield { key: symbols.slice(start, i), start };
    start = i + 1;
  }
}

function* sentencesOf({ symbols }: NormalizedText): Generator<TextToken> {
  for (const { 0: sentence, index } of symbols.matchAll(/[^.!?;。！？׃۔؟·]+[.!?;。！？׃۔؟·]*/g)) {
    const key = sentence.trim();
    if (key.length >= LEAST) yield { key, start: index + sentence.indexOf(key) };
  }
}

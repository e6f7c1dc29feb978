/** A run of symbols in both texts: `length` symbols from `before` in the old text, from `after` in the new one. */
export type CommonRun = { before: number; after: number; length: number };

/** A part of a text to look for in the other one: its symbols, and the index where it begins. */
export type TextToken = { key: string; start: number };

/** The tokens that each text has exactly once, paired, in the order of the old text. */
export function pairUnique(before: Iterable<TextToken>, after: Iterable<TextToken>): CommonRun[] {
  const here = indexUnique(before);
  const there = indexUnique(after);
  const shared: CommonRun[] = [];
  for (const [key, start] of here) {
    const place = there.get(key);
    if (place !== undefined) shared.push({ before: start, after: place, length: key.length });
  }
  return shared.sort((a, b) => a.before - b.before);
}

function indexUnique(pieces: Iterable<TextToken>): Map<string, number> {
  const at = new Map<string, number>();
  const twice = new Set<string>();
  for (const { key, start } of pieces) {
    if (at.has(key)) twice.add(key);
    at.set(key, start);
  }
  for (const key of twice) at.delete(key);
  return at;
}

/** The longest sequence of runs that are in the same order in both texts, without overlaps (patience sorting). */
export function longestIncreasing(runs: CommonRun[]): CommonRun[] {
  const tails: number[] = [];
  const previous = new Int32Array(runs.length).fill(-1);
  runs.forEach((run, i) => {
    let low = 0;
    for (let high = tails.length; low < high; ) {
      const middle = (low + high) >> 1;
      if ((runs[tails[middle] as number] as CommonRun).after < run.after) low = middle + 1;
      else high = middle;
    }
    if (low > 0) previous[i] = tails[low - 1] as number;
    tails[low] = i;
  });
  const order: CommonRun[] = [];
  for (let i = tails.at(-1) ?? -1; i >= 0; i = previous[i] as number) order.push(runs[i] as CommonRun);
  return mergeOverlapping(order.reverse());
}

/** Merges runs that overlap on one diagonal; of runs that overlap otherwise, keeps the first. */
function mergeOverlapping(order: CommonRun[]): CommonRun[] {
  const apart: CommonRun[] = [];
  for (const run of order) {
    const last = apart.at(-1);
    if (!last || (run.before >= last.before + last.length && run.after >= last.after + last.length)) {
      apart.push({ ...run });
    } else if (run.before - last.before === run.after - last.after) {
      last.length = Math.max(last.length, run.before + run.length - last.before);
    }
  }
  return apart;
}

/** For each symbol of a new text of `length` symbols, 1 where `map` maps one of the old text to it, else 0. */
export function markKept(map: Int32Array, length: number): Uint8Array {
  const kept = new Uint8Array(length);
  for (const place of map) if (place >= 0) kept[place] = 1;
  return kept;
}

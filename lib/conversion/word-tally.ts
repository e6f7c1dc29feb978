import { fingerprint } from '@/lib/kernel/code-points';
import { wordsOf } from '@/lib/kernel/words';

/**
 * The accounting of words (lib/kernel/words). Blocks, line
 * breaks, notes and what is left out end a run, inline elements do not. A source and the TEI made of it have the same
 * words where the words outside notes are the same in the same order, and the words of all notes are the same in
 * whatever order: a note is moved to its anchor.
 */
export type WordTally = {
  flow: { count: number; hash: number };
  notes: { count: number; hash: number };
  /** Words that describe an image and are shown beside the text. */
  described: number;
};

export function createTally(): WordTally {
  return { flow: { count: 0, hash: 0 }, notes: { count: 0, hash: 0 }, described: 0 };
}

/** Adds the words of a run to a tally; a long text is kept as two numbers. */
export function addRun(tally: WordTally, run: string, isNote: boolean): void {
  for (const word of wordsOf(run)) {
    const hash = fingerprint(word);
    const part = isNote ? tally.notes : tally.flow;
    part.count++;
    // The order counts in the flow: a polynomial of the words. In notes it does not: a sum.
    part.hash = isNote ? (part.hash + hash) | 0 : (Math.imul(part.hash, 31) + hash) | 0;
  }
}

export function isSameTally(one: WordTally, another: WordTally): boolean {
  return (['flow', 'notes'] as const).every(
    (part) => one[part].count === another[part].count && one[part].hash === another[part].hash,
  );
}

import { fingerprint } from '@/lib/kernel/code-points';

/**
 * The accounting of words. A word is a run of letters, marks and digits (in NFC, without soft hyphens); blocks, line
 * breaks, notes and what is left out end a run, inline elements do not. A source and the TEI made of it have the same
 * words where the words outside notes are the same in the same order, and the words of all notes are the same in
 * whatever order: a note is moved to its anchor.
 */
export type WordTally = {
  flow: { count: number; hash: number };
  notes: { count: number; hash: number };
};

const WORD = /[\p{L}\p{M}\p{N}]+/gu;

/** The words of a stretch of text. */
export function wordsOf(text: string): string[] {
  return text.replaceAll('\u00AD', '').normalize('NFC').match(WORD) ?? [];
}

export function countWords(text: string): number {
  return wordsOf(text).length;
}

export function createTally(): WordTally {
  return { flow: { count: 0, hash: 0 }, notes: { count: 0, hash: 0 } };
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

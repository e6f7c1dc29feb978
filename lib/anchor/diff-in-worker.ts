import { Piscina } from 'piscina';
import { diffTexts, type TextDiff } from '@/lib/anchoring';

/** UTF-16 units of both texts together that are compared at once: it takes some milliseconds. */
const SHORT = 20_000;

/** The worker's file is beside this one, both as built (`scripts/build.mjs`) and in the source. */
const FILE = import.meta.url.endsWith('.ts') ? 'worker.entry.mjs' : 'anchor-worker.js';

let threads: Piscina | undefined;

/** `diffTexts`, off the thread that answers requests where the texts are long: a rewritten section takes a second. */
export async function diffInWorker(before: string, after: string): Promise<TextDiff> {
  if (before.length + after.length <= SHORT) return diffTexts(before, after);
  threads ??= new Piscina({
    filename: new URL(FILE, import.meta.url).href,
    ...{ minThreads: 0, maxThreads: 1, idleTimeout: 10_000 },
  });
  return threads.run({ before, after });
}

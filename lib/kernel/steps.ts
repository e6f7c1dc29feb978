/**
 * Work that can be interrupted where it yields, for what is either done at once (in a worker, in a test) or in turns with
 * other requests, and must be written once for both.
 */
export type Steps<T> = Generator<undefined, T, undefined>;

/** Does all of the work at once. */
export function runAtOnce<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** Does the work in slices: `giveTurn` (`createPacer`) is awaited wherever it yields. */
export async function runInTurns<T>(steps: Steps<T>, giveTurn: () => Promise<void>): Promise<T> {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    await giveTurn();
  }
}

import { AppError } from '@/lib/kernel/errors';

/** How much of a long work one person, and this process, may have under way at once. */
const SHARES = {
  export: { person: 2, process: 6 },
  import: { person: 1, process: 3 },
  publication: { person: 1, process: 2 },
} as const;

/** Seconds after which who was refused may ask again. */
const RETRY_SECONDS = 5;

const underWay: Record<keyof typeof SHARES, Map<string, number>> = {
  export: new Map(),
  import: new Map(),
  publication: new Map(),
};

/**
 * Takes a share of a long work for `person` (an id, or an address of nobody known), and gives the function that gives
 * it back. Each process counts for itself. Throws rate_limited where the person has their part under way, and
 * unavailable where the process has, both with Retry-After (RFC 9110 §10.2.3).
 */
export function takeShare(work: keyof typeof SHARES, person: string): () => void {
  const share = SHARES[work];
  const counts = underWay[work];
  const own = counts.get(person) ?? 0;
  const all = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const headers = { 'Retry-After': String(RETRY_SECONDS) };
  if (own >= share.person) {
    throw new AppError('rate_limited', 'You have {most} of these under way. Wait until one is done.', {
      values: { most: share.person },
      headers,
    });
  }
  if (all >= share.process) {
    throw new AppError(
      'unavailable',
      'Several others are at this just now. Try again in {seconds} seconds.',
      {
        values: { seconds: RETRY_SECONDS },
        headers,
      },
    );
  }
  counts.set(person, own + 1);
  let isTaken = true;
  return () => {
    if (!isTaken) return;
    isTaken = false;
    const left = (counts.get(person) ?? 1) - 1;
    if (left === 0) counts.delete(person);
    else counts.set(person, left);
  };
}

/** Does a long work while it holds a share of it. Throws as `takeShare`, and whatever the work throws. */
export async function withShare<Result>(
  work: keyof typeof SHARES,
  person: string,
  run: () => Promise<Result>,
): Promise<Result> {
  const release = takeShare(work, person);
  try {
    return await run();
  } finally {
    release();
  }
}

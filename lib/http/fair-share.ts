import { setTimeout } from 'node:timers/promises';
import { AppError } from '@/lib/kernel/errors';

/** How much of a long work one person, and this process, may have under way at once. */
const SHARES = {
  export: { person: 2, process: 6 },
  import: { person: 1, process: 3 },
  publication: { person: 1, process: 2 },
  image: { person: 1, process: 3 },
  // JSON that is more than a long note.
  body: { person: 4, process: 30 },
  // Open streams: a browser has one for each tab that is looked at.
  events: { person: 12, process: 10_000 },
} as const;

/** Seconds after which who was refused may ask again. */
const RETRY_SECONDS = 5;
const RETRY_LATER = { 'Retry-After': String(RETRY_SECONDS) };

/** One that is under way; `signal` is aborted where whoever asked for it is gone, and it is being ended. */
type Share = { signal: AbortSignal | undefined; released: Promise<void> };

const underWay: Record<keyof typeof SHARES, Map<string, Set<Share>>> = {
  export: new Map(),
  import: new Map(),
  publication: new Map(),
  image: new Map(),
  body: new Map(),
  events: new Map(),
};

/** Milliseconds in which the end of a connection is noticed, and in which what it asked for is ended. */
const NOTICE = 1_000;
const ENDING = 30_000;

/**
 * Takes a share of a long work for `person` (an id, or an address of nobody known), and gives the function that gives
 * it back. Each process counts for itself. Throws rate_limited where the person has their part under way, and
 * unavailable where the process has, both with Retry-After (RFC 9110 §10.2.3). `signal` is aborted where it is ended.
 */
export function takeShare(work: keyof typeof SHARES, person: string, signal?: AbortSignal): () => void {
  const share = SHARES[work];
  const shares = underWay[work];
  const own = shares.get(person) ?? new Set();
  const all = [...shares.values()].reduce((sum, { size }) => sum + size, 0);
  if (own.size >= share.person) throw refusal(work);
  if (all >= share.process) {
    throw new AppError(
      'unavailable',
      'Several others are at this just now. Try again in {seconds} seconds.',
      {
        values: { seconds: RETRY_SECONDS },
        headers: RETRY_LATER,
      },
    );
  }
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  const taken = { signal, released };
  shares.set(person, own.add(taken));
  return () => {
    own.delete(taken);
    if (own.size === 0 && shares.get(person) === own) shares.delete(person);
    release();
  };
}

/**
 * Does a long work while it holds a share of it. Who stopped one, as `signal` told, and asks for the next at once waits
 * until the first is ended. Throws as `takeShare`, and whatever the work throws.
 */
export async function withShare<Result>(
  work: keyof typeof SHARES,
  person: string,
  run: () => Promise<Result>,
  signal?: AbortSignal,
): Promise<Result> {
  if (isFull(work, person) && !(await endOfStopped(work, person))) throw refusal(work);
  const release = takeShare(work, person, signal);
  try {
    return await run();
  } finally {
    release();
  }
}

function isFull(work: keyof typeof SHARES, person: string): boolean {
  return (underWay[work].get(person)?.size ?? 0) >= SHARES[work].person;
}

/** The refusal of one more than a person may have under way. */
function refusal(work: keyof typeof SHARES): AppError {
  return new AppError('rate_limited', 'You have {most} of these under way. Wait until one is done.', {
    values: { most: SHARES[work].person },
    headers: RETRY_LATER,
  });
}

/**
 * Waits until one that the person has stopped is ended; false where none was stopped. The news of that may come a
 * moment after the next request.
 */
async function endOfStopped(work: keyof typeof SHARES, person: string): Promise<boolean> {
  const own = [...(underWay[work].get(person) ?? [])];
  const isStopped = () => own.some(({ signal }) => signal?.aborted);
  const stopped = own.map(({ signal }) =>
    signal ? new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve())) : NEVER,
  );
  if (!isStopped()) await within(NOTICE, Promise.race(stopped));
  if (!isStopped()) return false;
  await within(ENDING, Promise.race(own.map(({ released }) => released)));
  return true;
}

const NEVER = new Promise<void>(() => {});

async function within(milliseconds: number, end: Promise<void>): Promise<void> {
  const timer = new AbortController();
  const wait = setTimeout(milliseconds, undefined, { signal: timer.signal }).catch(() => {});
  await Promise.race([end, wait]);
  timer.abort();
}

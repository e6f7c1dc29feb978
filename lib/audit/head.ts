import { listen } from '@/lib/db/listen';
import { isId } from '@/lib/kernel/ids';
import { log } from '@/lib/log';
import { firstHash } from './digest';
import { keepHead, readKeptHeads } from './kept-heads';
import type { SignedHead } from './schema';
import { signHead } from './signing-key';
import * as store from './store';

/** Milliseconds in which the ends of chains are signed once, after something has happened. */
const PAUSE = 300;

/** The end of a group's chain as it is now, signed. */
export async function signEndOf(chain: string, group: string): Promise<SignedHead> {
  const [end] = await store.selectHeads([chain]);
  return signHead({ chain, group, number: end?.number ?? 0, hash: end?.hash ?? firstHash(chain) });
}

/**
 * Signs the ends of these chains, or of all, and keeps them. Where a chain does not lead on from the head that is kept,
 * nothing is signed: it was altered, and `audit verify` says where.
 */
export async function keepHeads(chains?: string[]): Promise<void> {
  const kept = await readKeptHeads();
  for (const { chain, group, number, hash } of await store.selectHeads(chains)) {
    const before = kept.get(chain);
    if (before?.number === number && before.hash === hash) continue;
    const follows =
      !kept.has(chain) ||
      (before && (before.number === 0 || (await store.selectHash(chain, before.number)) === before.hash));
    if (follows) await keepHead(await signHead({ chain, group: group ?? '', number, hash }));
    else log().error({ chain }, 'the record was altered: run `npm run scholion -- audit verify`');
  }
}

/** Begins to keep the signed ends of the chains in this process, soon after each entry. Returns what ends it. */
export async function startKeepingHeads(): Promise<() => Promise<void>> {
  const woken = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  const run = async () => {
    timer = undefined;
    // An empty name comes with each connection: what happened before it was not notified.
    const chains = woken.has('') ? undefined : [...woken, store.SITE_CHAIN];
    woken.clear();
    await keepHeads(chains).catch((error) => log().warn({ err: error }, 'the record was not signed'));
  };
  const unlisten = await listen('scholion_event', (group) => {
    if (group === '' || isId(group)) woken.add(group);
    timer ??= setTimeout(() => {
      running = running.then(run);
    }, PAUSE);
  });
  return async () => {
    await unlisten();
    clearTimeout(timer);
    await running;
  };
}

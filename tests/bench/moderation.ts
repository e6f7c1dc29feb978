import { monitorEventLoopDelay } from 'node:perf_hooks';
import { db, pool } from '@/lib/db';
import { fillGroups } from '../support/fill-groups';
import { freshDatabase } from '../support/fresh-database';
import { call, createUserWithToken, publishSampleEdition } from '../support/seminar';

/**
 * `SCHOLION_TEST_TEMPLATE=… node --conditions=react-server --import tsx tests/bench/moderation.ts`: the queue, the log and
 * decisions on 200 notes at once, in a group of NOTES notes. Prints milliseconds, and how long the event loop was held.
 */

const NOTES = Number(process.env.NOTES ?? 30_000);
const ROUNDS = 9;

async function main(): Promise<void> {
  await freshDatabase();
  const edition = await publishSampleEdition();
  await fillGroups(edition, { slugs: ['bench'], members: 60, annotations: NOTES });
  const { id: groupId } = await db.group.findUniqueOrThrow({ where: { slug: 'bench' } });
  const staff = await createUserWithToken('staff');
  await db.member.create({ data: { groupId, userId: staff.id, role: 'instructor' } });
  const path = (rest: string) => `/api/v1/groups/bench/moderation${rest}`;
  const ids = await db.annotation.findMany({
    where: { groupId, state: 'published', visibility: 'group' },
    select: { id: true },
    take: 200 * (ROUNDS + 1),
  });
  await measure('queue, the first 20', () => call(staff, path('/queue?limit=20')));
  let at = 0;
  const decideOn = async (action: string) => {
    const decisions = ids
      .slice(at, at + 200)
      .map(({ id }) => ({ annotation: id, action, reason: 'Off topic.' }));
    at += 200;
    return call(staff, path(''), { body: { decisions } });
  };
  await measure('200 decisions at once', () => decideOn('hide'));
  await measure('log, the first 100', () => call(staff, path('/log?limit=100')));
  await pool().end();
}

/** Runs a call some times; prints the median and the longest, and the longest that the loop was held meanwhile. */
async function measure(name: string, run: () => Promise<Response>): Promise<void> {
  await requireDone(await run());
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const from = performance.now();
    await requireDone(await run());
    times.push(performance.now() - from);
  }
  delay.disable();
  times.sort((a, b) => a - b);
  const [median, longest] = [times[times.length >> 1] ?? 0, times.at(-1) ?? 0];
  process.stdout.write(
    `${name}: ${median.toFixed(0)} ms, at most ${longest.toFixed(0)} ms; loop held ${(delay.max / 1e6).toFixed(0)} ms\n`,
  );
}

async function requireDone(response: Response): Promise<void> {
  const text = await response.text();
  if (response.status !== 200) throw new Error(`${response.status} ${text}`);
}

await main();

import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { before, describe, it } from 'node:test';
import { readSince, recordActivity } from '@/lib/activity';
import { db, transaction } from '@/lib/db';
import { listen } from '@/lib/db/listen';
import { type Viewer, viewerOf } from '@/lib/identity';
import { freshDatabase } from '../../support/fresh-database';
import { createSeminar, createUserWithToken, type TestUser } from '../../support/seminar';
import { until } from '../../support/until';

const WRITERS = 3;
/** Transactions of each writer, of which one in ten fails. */
const EACH = 30;
/** Events after which two of the four processes are killed. */
const BEFORE_KILL = 60;

describe('events while many write', () => {
  let student: TestUser;
  let member: Viewer;

  before(async () => {
    await freshDatabase();
    student = await createUserWithToken('student');
  });

  async function newGroup(): Promise<string> {
    const slug = await createSeminar({ student: { somebody: student, role: 'student' } });
    member = (await viewerOf(student.id)) as Viewer;
    return (await db.group.findUniqueOrThrow({ where: { slug } })).id;
  }

  function startWriters(groupId: string): ChildProcess {
    const file = 'tests/support/write-events.ts';
    const options = ['--conditions=react-server', '--import', 'tsx', file];
    const args = [...options, groupId, student.id, String(WRITERS), String(EACH)];
    return spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  }

  /** Reads on, from the first event, until `isOver` and nothing is left. */
  async function readAll(groupId: string, isOver: () => boolean): Promise<bigint[]> {
    const numbers: bigint[] = [];
    for (let last = 0n; ; ) {
      const over = isOver();
      const events = await readSince(member, groupId, last, 50);
      numbers.push(...events.map(({ seq }) => seq));
      last = numbers.at(-1) ?? 0n;
      if (over && events.length === 0) return numbers;
      await new Promise((wake) => setTimeout(wake, 5));
    }
  }

  it('are read by everybody in one order, none twice and none passed over', async () => {
    const groupId = await newGroup();
    // Twelve writers in four processes, two of which are killed in the middle.
    const children = Array.from({ length: 4 }, () => startWriters(groupId));
    await Promise.all(children.map((child) => child.stdout && once(child.stdout, 'data')));
    let isOver = false;
    const reading = Promise.all([1, 2, 3].map(() => readAll(groupId, () => isOver)));
    const ended = Promise.all(children.map((child) => child.exitCode ?? once(child, 'exit')));
    await until(async () => (await db.event.count({ where: { groupId } })) > BEFORE_KILL);
    for (const child of children.slice(0, 2)) child.kill('SIGKILL');
    await ended;
    isOver = true;
    const readers = await reading;
    const written = await db.event.findMany({ where: { groupId }, select: { number: true } });
    assert.ok(written.length >= 2 * WRITERS * EACH * 0.9, `only ${written.length} events were written`);
    const expected = written.map(({ number }) => number as bigint).sort((a, b) => (a < b ? -1 : 1));
    assert.equal(new Set(expected).size, written.length);
    for (const numbers of readers) assert.deepEqual(numbers, expected);
  });

  it('do not wait for a transaction that is long at work, and have its own after them', async () => {
    const groupId = await newGroup();
    let end = (): void => {};
    const mayEnd = new Promise<void>((resolve) => {
      end = resolve;
    });
    let isWritten = (): void => {};
    const written = new Promise<void>((resolve) => {
      isWritten = resolve;
    });
    const long = transaction(async (tx) => {
      await recordActivity(tx, { groupId, kind: 'annotations.imported', actorId: student.id });
      isWritten();
      await mayEnd;
    });
    await written;
    await transaction((tx) => recordActivity(tx, { groupId, kind: 'group.updated', actorId: student.id }));
    const before = await readSince(member, groupId, 0n);
    assert.deepEqual(
      before.map(({ kind }) => kind),
      ['group.created', 'group.updated'],
    );
    end();
    await long;
    const after = await readSince(member, groupId, before.at(-1)?.seq ?? 0n);
    assert.deepEqual(
      after.map(({ kind }) => kind),
      ['annotations.imported'],
    );
  });

  it('wake who listens after the commit, several of a moment once', async () => {
    const groupId = await newGroup();
    const woken: string[] = [];
    const unlisten = await listen('scholion_event', (payload) => {
      if (payload === groupId) woken.push(payload);
    });
    const record = () =>
      transaction((tx) => recordActivity(tx, { groupId, kind: 'group.updated', actorId: student.id }));
    await new Promise((wake) => setTimeout(wake, 100));
    woken.length = 0;
    await Promise.all(Array.from({ length: 30 }, record));
    await new Promise((wake) => setTimeout(wake, 200));
    await unlisten();
    assert.ok(woken.length >= 1 && woken.length <= 10, `${woken.length} notifications of 30 events`);
  });

  it('have numbers that do not tell how many are between two', async () => {
    const groupId = await newGroup();
    const from = BigInt(Date.now()) * 1_000n;
    for (let i = 0; i < 5; i++) {
      await transaction((tx) => recordActivity(tx, { groupId, kind: 'group.updated', actorId: student.id }));
    }
    const together = await readSince(member, groupId, 0n);
    for (const { seq } of together) assert.ok(seq >= from && seq <= BigInt(Date.now() + 2) * 1_000n);
    const steps = together.slice(1).map(({ seq }, i) => seq - (together[i]?.seq ?? 0n));
    assert.ok(steps.every((step) => step > 0n) && new Set(steps).size > 1, steps.join());
  });

  it('cannot be changed or numbered again', async () => {
    const groupId = await newGroup();
    const [first] = await readSince(member, groupId, 0n);
    assert.ok(first);
    for (const data of [{ kind: 'forged' }, { number: 99n }, { number: null }])
      await assert.rejects(db.event.updateMany({ where: { groupId }, data }), /[Cc]onstraint violated/);
    await assert.rejects(db.event.deleteMany({ where: { groupId } }), /[Cc]onstraint violated/);
  });
});

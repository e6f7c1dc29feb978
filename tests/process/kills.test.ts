import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { ROUNDS } from '../attack/rounds';
import { readEvents } from '../support/event-stream';
import {
  ended,
  postgresPid,
  type ServerProcess,
  signInByPassword,
  startServerProcess,
} from '../support/server-process';
import { until } from '../support/until';

const data = mkdtempSync(path.join(tmpdir(), 'scholion-kills-'));
const PASSWORD = 'a password for the tests';
const WRITERS = ['student1', 'student2', 'student3', 'instructor'].map((name) => `${name}@demo.example`);

/** Event streams that are open all the time. */
const FOLLOWERS = 20;

/** Processes that are killed in the middle of writing: the server, its Postgres, or both at once. */
const VICTIMS = ['server', 'postgres', 'both'] as const;

describe('a server that is killed while people write', () => {
  let running: ServerProcess;
  let cookies: string[] = [];
  const acknowledged = new Set<string>();
  /** What each follower was told was written, in order. */
  const told: string[][] = [];
  const stopped = new AbortController();
  let following: Promise<unknown>;

  const start = async () => {
    running = await startServerProcess(data, { DEMO_PASSWORD: PASSWORD });
  };
  before(async () => {
    await start();
    cookies = await Promise.all(WRITERS.map((email) => signInByPassword(running.url, email, PASSWORD)));
    const followers = Array.from({ length: FOLLOWERS }, (_, i) => cookies[i % cookies.length] ?? '');
    following = Promise.all(followers.map((cookie) => follow(cookie)));
  });
  after(async () => {
    stopped.abort();
    await following;
    running.child.kill('SIGTERM');
    await ended(running.child);
    rmSync(data, { recursive: true, force: true });
  });

  /** Writes until `isOver`, and keeps the id of what was acknowledged. */
  async function write(cookie: string, isOver: () => boolean): Promise<void> {
    const passage = { edition: 'gheorghiu-2009', section: 'doc1', start: 948, end: 965 };
    while (!isOver()) {
      try {
        const response = await fetch(`${running.url}/api/v1/groups/demo-seminar/annotations`, {
          method: 'POST',
          headers: { cookie, 'content-type': 'application/json' },
          body: JSON.stringify({ ...passage, body: `Written as number ${acknowledged.size}.` }),
        });
        if (response.status === 201) acknowledged.add(((await response.json()) as { id: string }).id);
        else assert.equal(response.status, 503, await response.text());
      } catch (error) {
        // A connection that the kill broke: nothing was acknowledged.
        if (error instanceof assert.AssertionError) throw error;
      }
    }
  }

  /** Follows the seminar from its first event on, and connects again after the last one whenever a stream ends. */
  async function follow(cookie: string): Promise<void> {
    const written: string[] = [];
    told.push(written);
    for (let last = '0'; !stopped.signal.aborted; await new Promise((wake) => setTimeout(wake, 100))) {
      try {
        const response = await fetch(`${running.url}/api/v1/groups/demo-seminar/events`, {
          headers: { cookie, 'last-event-id': last },
          signal: stopped.signal,
        });
        assert.ok([200, 503].includes(response.status), `${response.status}`);
        const { events, isEnded } = readEvents(response);
        for (let taken = 0; !isEnded() || taken < events.length; ) {
          for (; taken < events.length; taken++) {
            const { kind, annotation, sse } = events[taken] ?? assert.fail();
            last = sse;
            if (kind === 'annotation.created' && annotation) written.push(annotation);
          }
          if (!isEnded()) await new Promise((wake) => setTimeout(wake, 20));
        }
      } catch (error) {
        // A connection that the kill broke, or none yet.
        if (error instanceof assert.AssertionError) throw error;
      }
    }
  }

  async function storedIds(): Promise<Set<string>> {
    const ids = new Set<string>();
    for (let cursor = ''; ; ) {
      const address = `${running.url}/api/v1/groups/demo-seminar/annotations?limit=500${cursor && `&cursor=${cursor}`}`;
      const response = await fetch(address, { headers: { cookie: cookies.at(-1) ?? '' } });
      assert.equal(response.status, 200);
      const { items, next } = (await response.json()) as { items: { id: string }[]; next: string | null };
      for (const { id } of items) ids.add(id);
      if (next === null) return ids;
      cursor = next;
    }
  }

  /** Waits until so many more are acknowledged. */
  async function untilAcknowledged(count: number): Promise<void> {
    while (acknowledged.size < count) await new Promise((wake) => setImmediate(wake));
  }

  for (let round = 0; round < ROUNDS; round++) {
    for (const victim of VICTIMS) {
      it(`loses nothing that it acknowledged: ${victim}, round ${round + 1}`, async () => {
        const before = acknowledged.size;
        let isOver = false;
        const writing = Promise.all(cookies.map((cookie) => write(cookie, () => isOver)));
        await untilAcknowledged(before + 25);
        if (victim !== 'server') process.kill(postgresPid(data), 'SIGKILL');
        if (victim !== 'postgres') {
          running.child.kill('SIGKILL');
          await ended(running.child);
          await start();
        }
        // Its writers go on as soon as it answers again.
        await untilAcknowledged(acknowledged.size + 10);
        isOver = true;
        await writing;
        const stored = await storedIds();
        const lost = [...acknowledged].filter((id) => !stored.has(id));
        assert.deepEqual(lost, [], `${lost.length} of ${acknowledged.size} are lost`);
        // Every stream goes on where it was: all of them are told of each, and of none twice.
        await until(() => told.every((written) => [...acknowledged].every((id) => written.includes(id))));
        for (const written of told) assert.equal(new Set(written).size, written.length);
      });
    }
  }
});

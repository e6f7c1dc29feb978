import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import {
  ended,
  postgresPid,
  type ServerProcess,
  signInByPassword,
  startServerProcess,
} from '../support/server-process';
import { until } from '../support/until';

/** `npm start` as a person meets it, on a data folder of its own. The build is there: `npm test` made it. */

const data = mkdtempSync(path.join(tmpdir(), 'scholion-start-'));
const open = new Set<ChildProcess>();

/** Starts the server on the folder of this file, or as `environment` says. */
async function start({
  SCHOLION_DATA = data,
  ...environment
}: Record<string, string> = {}): Promise<ServerProcess> {
  const running = await startServerProcess(SCHOLION_DATA, environment);
  open.add(running.child);
  return running;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

describe('npm start', () => {
  let running: ServerProcess;
  let cookie = '';
  let note = '';

  before(async () => {
    running = await start();
  });
  after(async () => {
    for (const child of open) child.kill('SIGTERM');
    await Promise.all([...open].map(ended));
    rmSync(data, { recursive: true, force: true });
  });

  it('says where it is, and with which accounts', () => {
    assert.match(running.output(), /Scholion is at http:\/\/localhost:\d+/);
    for (const name of ['instructor', 'assistant', 'student1', 'student4', 'reader', 'outsider', 'admin']) {
      assert.match(running.output(), new RegExp(`${name}@demo\\.example`));
    }
  });

  it('keeps the random demo password where its owner alone reads it', async () => {
    const { password } = JSON.parse(readFileSync(path.join(data, 'demo.json'), 'utf8'));
    assert.ok(running.output().includes(password));
    cookie = await signInByPassword(running.url, 'student1@demo.example', password);
    const me = (await (await fetch(`${running.url}/api/v1/me`, { headers: { cookie } })).json()) as {
      email: string;
    };
    assert.equal(me.email, 'student1@demo.example');
  });

  it('loses nothing that was acknowledged when it is killed, sessions included', async () => {
    const body = {
      edition: 'gheorghiu-2009',
      section: 'doc1',
      start: 948,
      end: 965,
      body: 'Written before the fall.',
    };
    const made = await fetch(`${running.url}/api/v1/groups/demo-seminar/annotations`, {
      method: 'POST',
      headers: { cookie, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    assert.equal(made.status, 201);
    note = ((await made.json()) as { id: string }).id;
    const orphan = postgresPid(data);
    running.child.kill('SIGKILL');
    await ended(running.child);

    running = await start();
    // Whoever inherits the ended process may take a moment to notice.
    await until(() => !isAlive(orphan));
    const found = await fetch(`${running.url}/api/v1/annotations/${note}`, { headers: { cookie } });
    assert.equal(((await found.json()) as { body: string }).body, 'Written before the fall.');
  });

  it('says 503 and when to ask again while its Postgres is dead, and starts it again', async () => {
    process.kill(postgresPid(data), 'SIGKILL');
    const seen = new Set<number>();
    const look = async (path: string) => {
      const response = await fetch(running.url + path, { headers: { cookie }, redirect: 'manual' });
      seen.add(response.status);
      if (response.status === 503) assert.ok(Number(response.headers.get('retry-after')) > 0, path);
      return response.status;
    };
    const until = Date.now() + 60_000;
    const isBack = async () => {
      const statuses = await Promise.all(
        [`/api/v1/annotations/${note}`, '/groups/demo-seminar', '/', '/api/auth/csrf', '/api/v1/groups'].map(
          look,
        ),
      );
      return statuses.every((status) => status === 200);
    };
    assert.equal(await look(`/api/v1/annotations/${note}`), 503);
    while (!(await isBack())) assert.ok(Date.now() < until, 'the database did not come back');
    assert.deepEqual([...seen].sort(), [200, 503]);
  });

  it('starts at once after both were killed', async () => {
    const postgres = postgresPid(data);
    running.child.kill('SIGKILL');
    process.kill(postgres, 'SIGKILL');
    await ended(running.child);
    running = await start();
    const found = await fetch(`${running.url}/api/v1/annotations/${note}`, { headers: { cookie } });
    assert.equal(found.status, 200);
  });

  it('ends every process that it started on Ctrl-C, also with a page under way', async () => {
    const postgres = postgresPid(data);
    const kept = fetch(`${running.url}/editions/gheorghiu-2009/doc1`, {
      headers: { connection: 'keep-alive' },
    });
    await kept;
    running.child.kill('SIGINT');
    assert.equal(await ended(running.child), 0);
    assert.ok(!isAlive(postgres), 'Postgres goes on');
    assert.ok(!existsSync(path.join(data, 'postgres', 'postmaster.pid')));
  });

  it('with a DATABASE_URL starts nothing embedded, has no demo, and wants a secret', async () => {
    const url = process.env.SCHOLION_TEST_TEMPLATE as string;
    const bare = { SCHOLION_DATA: path.join(data, 'none') };
    await assert.rejects(start({ ...bare, DATABASE_URL: url }), /NEXTAUTH_SECRET/);
    await assert.rejects(start({ ...bare, DATABASE_URL: url, NEXTAUTH_SECRET: 'short' }), /32 characters/);
    assert.ok(!existsSync(path.join(data, 'none', 'postgres')));
  });

  it('says so where the port is taken', async () => {
    const first = await start();
    const { port } = new URL(first.url);
    await assert.rejects(
      start({ PORT: port, SCHOLION_DATA: path.join(data, 'second') }),
      /Port \d+ is taken/,
    );
  });
});

import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import pg from 'pg';
import { freshDatabase } from '../support/fresh-database';

/** Reading pages of a server that nobody else asks anything: whole tables are locked here. */

const data = mkdtempSync(path.join(tmpdir(), 'scholion-reading-'));

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

describe('a reading page', () => {
  let server: ChildProcess;
  let url: string;
  let database: pg.Client;

  before(async () => {
    const port = await freePort();
    url = `http://localhost:${port}`;
    const address = await freshDatabase();
    const env: NodeJS.ProcessEnv = {
      ...process.env,
      DATABASE_URL: address,
      NODE_ENV: 'production',
      PORT: String(port),
      SCHOLION_URL: url,
      SCHOLION_DATA: data,
      SCHOLION_DEMO: '1',
      DEMO_PASSWORD: 'only for the tests',
    };
    server = spawn(process.execPath, ['dist/server.js'], { env, stdio: ['ignore', 'pipe', 'inherit'] });
    await new Promise<void>((resolve, reject) => {
      let said = '';
      server.stdout?.on('data', (chunk) => {
        said += chunk;
        if (said.includes('Scholion is at')) resolve();
      });
      server.on('exit', (code) => reject(new Error(`ended with ${code}:\n${said}`)));
    });
    database = new pg.Client({ connectionString: address });
    await database.connect();
  });
  after(async () => {
    await database.end();
    const ended = new Promise((resolve) => server.on('exit', resolve));
    server.kill('SIGTERM');
    await ended;
    rmSync(data, { recursive: true, force: true });
  });

  it('comes over a connection that is kept longer than a proxy keeps its own', async () => {
    const answer = await fetch(`${url}/editions/gheorghiu-2009/doc1`);
    assert.equal(answer.status, 200);
    assert.equal(answer.headers.get('keep-alive'), 'timeout=75');
  });

  it('names the senders of a letter as its authors, and the author of the work elsewhere', async () => {
    const authors = async (section: string) => {
      const html = await (await fetch(`${url}/editions/gheorghiu-2009/${section}`)).text();
      return [...html.matchAll(/<meta name="citation_author" content="([^"]*)"/g)].map(([, name]) => name);
    };
    assert.deepEqual(await authors('article'), ['Simion Gheorghiu']);
    assert.match((await authors('doc1')).join(), /^Politburo of the Central Committee/);
  });

  it('is made without asking the database anything about its reader', async () => {
    const cookie = await sessionOf('student1');
    await database.query('BEGIN');
    // While nobody can read these tables, a page that asked one of them would not come.
    await database.query('LOCK TABLE "user", session, token, member, annotation, assignment');
    for (const section of ['article', 'doc1', 'doc2']) {
      const answer = await fetch(`${url}/editions/gheorghiu-2009/${section}`, {
        headers: { cookie, 'accept-language': 'ro' },
        signal: AbortSignal.timeout(30_000),
      });
      assert.equal(answer.status, 200);
      assert.match(await answer.text(), /<html lang="ro"/);
    }
    await database.query('ROLLBACK');
  });

  /** The cookie of a reader who has signed in. */
  async function sessionOf(account: string): Promise<string> {
    const pairs = (response: Response) =>
      response.headers.getSetCookie().map((cookie) => cookie.split(';')[0] ?? '');
    const first = await fetch(`${url}/api/auth/csrf`);
    const { csrfToken } = (await first.json()) as { csrfToken: string };
    const email = `${account}@demo.example`;
    const signedIn = await fetch(`${url}/api/auth/callback/credentials`, {
      method: 'POST',
      redirect: 'manual',
      headers: { cookie: pairs(first).join('; ') },
      body: new URLSearchParams({ csrfToken, email, password: 'only for the tests', json: 'true' }),
    });
    assert.equal(signedIn.status, 200);
    return [...pairs(first), ...pairs(signedIn)].join('; ');
  }
});

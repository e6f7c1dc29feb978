import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { createTokenFor, operator } from '@/lib/identity';
import { freshDatabase } from '../support/fresh-database';
import { ended, type ServerProcess, signInByPassword, startServerProcess } from '../support/server-process';

/** Reading pages of a closed edition, as a server sends them: ready-made, and for those alone who may read it. */

const PASSWORD = 'only for the tests';
const CLOSED = 'gheorghiu-2009';
const MISSING = 'never-was-200';
const WORDS = /Document I|Romanian-Soviet|нездоровой/;

describe('the pages of a closed edition', () => {
  const data = mkdtempSync(path.join(tmpdir(), 'scholion-closed-'));
  let server: ServerProcess;
  let admin: string;
  const cookies: Record<string, string> = {};

  before(async () => {
    const DATABASE_URL = await freshDatabase();
    const secret = {
      NEXTAUTH_SECRET: 'only for the tests, which nobody else can reach',
      DEMO_PASSWORD: PASSWORD,
    };
    const environment = { DATABASE_URL, SCHOLION_DEMO: '1', NODE_ENV: 'production', ...secret };
    server = await startServerProcess(data, environment);
    for (const person of ['student1', 'student4', 'outsider', 'admin'])
      cookies[person] = await signInByPassword(server.url, `${person}@demo.example`, PASSWORD);
    admin = (await createTokenFor(operator, 'admin@demo.example', { scope: 'moderate' })).token;
    // Both are ready-made before the edition is closed, and everybody has been sent them.
    for (const page of ['', '/doc1']) assert.equal((await get(`/editions/${CLOSED}${page}`)).status, 200);
  });
  after(async () => {
    server.child.kill('SIGTERM');
    await ended(server.child);
    rmSync(data, { recursive: true, force: true });
  });

  const get = (address: string, person?: string, init: RequestInit = {}) =>
    fetch(`${server.url}${address}`, {
      redirect: 'manual',
      ...init,
      headers: { ...init.headers, ...(person && { cookie: cookies[person] ?? '' }) },
    });

  async function change(body: object): Promise<void> {
    const response = await fetch(`${server.url}/api/v1/editions/${CLOSED}`, {
      method: 'PATCH',
      headers: { authorization: `Bearer ${admin}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    assert.equal(response.status, 200, await response.clone().text());
  }

  /** An answer without the name in its address, and what Next makes anew: nonces, the cuts and the order of its data. */
  async function shapeOf(response: Response, slug: string): Promise<string> {
    const [, nonce = 'none'] =
      /'nonce-([^']+)'/.exec(response.headers.get('content-security-policy') ?? '') ?? [];
    const text = (await response.text())
      .replaceAll(slug, 'SLUG')
      .replaceAll(nonce, 'NONCE')
      .replaceAll(/"\]\)<\/script><script nonce="NONCE">self\.__next_f\.push\(\[1,"/g, '');
    const kept = ['content-type', 'cache-control', 'vary', 'location', 'etag', 'x-nextjs-cache'];
    const headers = kept.map((name) => response.headers.get(name)?.replaceAll(slug, 'SLUG'));
    const rows = text.split(/\\n|\n/).sort();
    return JSON.stringify([response.status, headers, rows]);
  }

  /** Where two answers begin to differ; null where they are the same. */
  function differenceOf(one: string, two: string): string | null {
    if (one === two) return null;
    const at = [...one].findIndex((letter, i) => letter !== two[i]);
    const from = Math.max(0, at - 60);
    return `${one.slice(from, at + 60)}\n${two.slice(from, at + 60)}`;
  }

  const SHOTS: [string, string, RequestInit][] = [
    ['', 'its title page', {}],
    ['/doc1', 'a section', {}],
    ['/doc1?revision=1', 'a revision', {}],
    ['/doc1', 'a section, by HEAD', { method: 'HEAD' }],
    ['/doc1', 'a part of it', { headers: { range: 'bytes=0-99' } }],
    ['/doc1', 'it again', { headers: { 'if-none-match': '*' } }],
    ['/doc1', 'it since', { headers: { 'if-modified-since': new Date().toUTCString() } }],
    ['/doc1?_rsc=1', "Next's data of it", { headers: { rsc: '1' } }],
    ['/doc1', 'it by the header of the cache', { headers: { 'x-scholion-pass': 'guessed' } }],
    ['/article.n5', 'a footnote', {}],
    ['/doc1/', 'another spelling', {}],
  ];

  it('are there at once for those who read it, and for nobody else', async () => {
    await change({ access: 'groups', groups: ['demo-seminar'] });
    const member = await get(`/editions/${CLOSED}/doc1`, 'student1');
    assert.equal(member.status, 200);
    assert.ok(WORDS.test(await member.text()));
    for (const person of [undefined, 'outsider', 'student4'])
      assert.equal((await get(`/editions/${CLOSED}/doc1`, person)).status, 404, person);
    assert.equal((await get(`/editions/${CLOSED}/doc1`, 'admin')).status, 200);
  });

  for (const person of [undefined, 'outsider', 'student4']) {
    for (const [page, what, init] of SHOTS) {
      it(`answers ${person ?? 'nobody'} about ${what} as about an edition that never was`, async () => {
        const closed = await shapeOf(await get(`/editions/${CLOSED}${page}`, person, init), CLOSED);
        const missing = await shapeOf(await get(`/editions/${MISSING}${page}`, person, init), MISSING);
        assert.equal(differenceOf(closed, missing), null);
        assert.ok(!WORDS.test(closed));
      });
    }
  }

  for (const [page, what, init] of SHOTS.slice(0, 7)) {
    it(`sends a member ${what}, to be kept by nobody`, async () => {
      const response = await get(`/editions/${CLOSED}${page}`, 'student1', init);
      assert.ok(response.status === 200 || response.status === 304, String(response.status));
      assert.equal(response.headers.get('cache-control'), 'private, no-store');
    });
  }

  it('are ready-made: one is sent in a few milliseconds, with its tag', async () => {
    const first = await get(`/editions/${CLOSED}/doc1`, 'student1');
    const again = await get(`/editions/${CLOSED}/doc1`, 'student1', {
      headers: { 'if-none-match': first.headers.get('etag') ?? '' },
    });
    assert.equal(again.status, 304);
  });

  it('name it in no list of those who may not read it', async () => {
    for (const address of ['/', '/editions', '/editions?sort=newest', '/groups', '/groups/demo-seminar']) {
      const response = await get(address, 'outsider');
      assert.ok(!(await response.text()).includes(CLOSED), address);
    }
    assert.ok((await (await get('/editions', 'student1')).text()).includes(CLOSED));
  });

  it('are gone at once for a group that takes it off its list', async () => {
    await change({ groups: ['other-seminar'] });
    assert.equal((await get(`/editions/${CLOSED}/doc1`, 'student1')).status, 404);
    assert.equal((await get(`/editions/${CLOSED}/doc1`, 'student4')).status, 200);
    await change({ access: 'public' });
    const anybody = await get(`/editions/${CLOSED}/doc1`);
    assert.equal(anybody.status, 200);
    assert.equal(anybody.headers.get('cache-control'), 'private, no-cache');
  });
});

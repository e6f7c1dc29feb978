import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import pg from 'pg';
import { createDatabase } from '@/lib/db/embedded';
import { ended, type ServerProcess, signInByPassword, startServerProcess } from '../support/server-process';
import { until } from '../support/until';
import { tei } from '../unit/edition/fixture';

/** Long work whose client closes the connection, on the server as it was built. */

const data = mkdtempSync(path.join(tmpdir(), 'scholion-cancelled-'));
const PASSWORD = 'a password for the tests';
const TEI_TYPE = 'application/tei+xml';
const chapters = (first: string, count: number) =>
  Array.from(
    { length: count },
    (_, i) => `<div><head>${i}</head><p>${`${first} word and слово, `.repeat(60)}</p><pb n="${i}"/></div>`,
  ).join('');
const LONG = tei(chapters('one', 3_000));
const annotation = (address: string, n: number) => ({
  '@context': 'http://www.w3.org/ns/anno.jsonld',
  id: `http://elsewhere.example/${n}`,
  type: 'Annotation',
  bodyValue: `Number ${n}`,
  target: {
    source: `${address}/editions/gheorghiu-2009/doc1`,
    selector: { type: 'TextQuoteSelector', exact: 'шумихи' },
  },
});
/** A file of so many annotations, for the server at `address`. */
const notes = (address: string, count: number) =>
  JSON.stringify(Array.from({ length: count }, (_, n) => annotation(address, n)));

describe('work whose client goes away', () => {
  let running: ServerProcess;
  let database: pg.Client;
  let cookie = '';

  before(async () => {
    const template = process.env.SCHOLION_TEST_TEMPLATE as string;
    const url = new URL(template);
    url.pathname = '/cancelled';
    await createDatabase(template, 'cancelled', new URL(template).pathname.slice(1));
    running = await startServerProcess(data, {
      DATABASE_URL: url.href,
      SCHOLION_DEMO: '1',
      DEMO_PASSWORD: PASSWORD,
      NEXTAUTH_SECRET: 'only for the tests, which nobody else can reach',
      LOG_LEVEL: 'warn',
    });
    database = new pg.Client({ connectionString: url.href });
    await database.connect();
    cookie = await signInByPassword(running.url, 'instructor@demo.example', PASSWORD);
  });
  after(async () => {
    await database.end();
    running.child.kill('SIGTERM');
    await ended(running.child);
    rmSync(data, { recursive: true, force: true });
  });

  const headers = (type: string) => ({ cookie, origin: running.url, 'content-type': type });
  const send = (method: string, where: string, type: string, body: string) =>
    fetch(running.url + where, { method, headers: headers(type), body });
  const count = async (sql: string): Promise<number> =>
    Number((await database.query<{ count: string }>(sql)).rows[0]?.count);
  /** Statements and open transactions of the server. */
  const underWay = (state = "state <> 'idle'") =>
    count(`SELECT count(*) FROM pg_stat_activity
            WHERE datname = current_database() AND pid <> pg_backend_pid() AND ${state}`);
  /** Whether a transaction has written something; each request counts towards its limit in a short one. */
  const isSaving = async () => (await underWay(`backend_xid IS NOT NULL AND query !~ 'rate_limit'`)) > 0;
  const rows = () =>
    count(`SELECT (SELECT count(*) FROM edition) + (SELECT count(*) FROM revision) + (SELECT count(*) FROM section)
                + (SELECT count(*) FROM canvas) + (SELECT count(*) FROM image) + (SELECT count(*) FROM reading_list_item)
                + (SELECT count(*) FROM annotation) + (SELECT count(*) FROM import) AS count`);

  /** Sends a body, closes the connection once `isTime`, and waits until the server has nothing to do. */
  async function sendAndLeave(
    { method = 'POST', where, type, body, share = 1 }: Sent,
    isTime: () => Promise<boolean>,
  ): Promise<void> {
    const sending = request(running.url + where, {
      method,
      headers: { ...headers(type), 'content-length': Buffer.byteLength(body) },
    });
    let answered = 0;
    sending.on('error', () => {});
    sending.on('response', ({ statusCode }) => {
      answered = statusCode ?? 0;
    });
    const bytes = Buffer.from(body);
    sending.write(bytes.subarray(0, Math.floor(bytes.length * share)));
    if (share === 1) sending.end();
    await until(isTime);
    assert.equal(answered, 0, `the server answered ${answered} before it was left`);
    sending.destroy();
    await until(async () => (await underWay()) === 0);
  }
  type Sent = { method?: string; where: string; type: string; body: string; share?: number };

  const soon = (milliseconds: number) => () => setTimeout(milliseconds, true);
  const MOMENTS = {
    'while the file is sent': { share: 0.5, isTime: soon(300) },
    'while it is read': { share: 1, isTime: soon(300) },
    'while it is saved': { share: 1, isTime: isSaving },
  };

  for (const [when, { share, isTime }] of Object.entries(MOMENTS)) {
    it(`leaves nothing of a new text, and is ready for the next: ${when}`, async () => {
      const before = await rows();
      const upload = {
        where: '/api/v1/editions?slug=left&group=demo-seminar',
        type: TEI_TYPE,
        body: LONG,
        share,
      };
      await sendAndLeave(upload, isTime);
      assert.equal(await rows(), before);
      // The share of the person and the thread are free: the same is taken at once.
      const again = await send('POST', '/api/v1/editions?slug=left&group=demo-seminar', TEI_TYPE, LONG);
      assert.equal(again.status, 201, await again.text());
      assert.equal((await send('DELETE', '/api/v1/editions/left/draft', TEI_TYPE, '')).status, 204);
      assert.equal(await rows(), before);
    });
  }

  it('keeps the draft that was there before one that was to replace it', async () => {
    const first = await send(
      'POST',
      '/api/v1/editions?slug=kept&group=demo-seminar',
      TEI_TYPE,
      tei('<p>The first.</p>'),
    );
    assert.equal(first.status, 201);
    const before = await rows();
    const draft = '/api/v1/editions/kept/draft';
    await sendAndLeave({ method: 'PUT', where: draft, type: TEI_TYPE, body: LONG }, isSaving);
    assert.equal(await rows(), before);
    const source = await fetch(`${running.url}/api/v1/editions/kept/source?draft=1`, { headers: { cookie } });
    assert.match(await source.text(), /The first\./);
    await send('DELETE', draft, TEI_TYPE, '');
  });

  it('leaves nothing while it waits for another to finish with the edition', async () => {
    await send('POST', '/api/v1/editions?slug=held&group=demo-seminar', TEI_TYPE, tei('<p>The first.</p>'));
    const before = await rows();
    await database.query('BEGIN');
    await database.query(`SELECT 1 FROM edition WHERE slug = 'held' FOR UPDATE`);
    const isWaiting = async () => (await underWay(`wait_event_type = 'Lock'`)) > 0;
    const upload = {
      method: 'PUT',
      where: '/api/v1/editions/held/draft',
      type: TEI_TYPE,
      body: tei('<p>Two.</p>'),
    };
    await sendAndLeave(upload, isWaiting).finally(() => database.query('ROLLBACK'));
    assert.equal(await rows(), before);
    await send('DELETE', '/api/v1/editions/held/draft', TEI_TYPE, '');
  });

  const IMPORT = '/api/v1/groups/demo-seminar/import';
  for (const [when, isTime] of Object.entries({
    'while it is read': soon(300),
    'while its passages are looked for': soon(2_500),
    'while it is saved': isSaving,
  })) {
    it(`leaves nothing of a file of annotations: ${when}`, async () => {
      const before = await rows();
      await sendAndLeave(
        { where: IMPORT, type: 'application/ld+json', body: notes(running.url, 8_000) },
        isTime,
      );
      assert.equal(await rows(), before);
      // The share of the person is free again.
      const small = notes(running.url, 1);
      const again = () => send('POST', `${IMPORT}?dryRun=1`, 'application/ld+json', small);
      await until(async () => (await again()).status !== 429, 2);
      const next = await again();
      assert.equal(next.status, 200, await next.text());
    });
  }

  it('is no defect that the log would have', async () => {
    await setTimeout(200);
    assert.doesNotMatch(running.output(), /request failed|user aborted/i);
  });
});

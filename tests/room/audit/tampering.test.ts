import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { promisify } from 'node:util';
import { getRequestListener } from '@hono/node-server';
import { httpApp } from '@/lib/api';
import { keepHeads, verifyAudit } from '@/lib/audit';
import { chainHash, digestContent, firstHash } from '@/lib/audit/digest';
import type { SignedHead } from '@/lib/audit/schema';
import { pool } from '@/lib/db';
import { freshDatabase } from '../../support/fresh-database';
import {
  anonymous,
  call,
  createSeminar,
  createUserWithToken,
  postGloss,
  publishSampleEdition,
  type TestUser,
} from '../../support/seminar';

const TABLES = ['decision', 'account_change', 'audit_entry', 'audit_head'];
const run = promisify(execFile);
/** A row of the log of accounts. */
const changeId = '00000000-0000-4000-8000-000000000009';

describe('the record', () => {
  let data = '';
  let staff: TestUser;
  let student: TestUser;
  let slug = '';
  let chain = '';
  /** The ids of the decisions, in their order. */
  let decisions: string[] = [];
  let head: SignedHead;

  before(async () => {
    data = await mkdtemp(path.join(tmpdir(), 'audit-'));
    process.env.SCHOLION_DATA = data;
    await freshDatabase();
    await publishSampleEdition();
    staff = await createUserWithToken('staff');
    student = await createUserWithToken('student');
    slug = await createSeminar({
      staff: { somebody: staff, role: 'instructor' },
      student: { somebody: student, role: 'student' },
    });
    for (const words of ['one', 'two', 'three']) {
      const note = await postGloss(student, slug, { body: words });
      await decide(note.id, { action: 'hide', reason: `not ${words}`, version: 1 });
      await decide(note.id, { action: 'restore', version: 2 });
    }
    const rows = await sql('SELECT id, group_id FROM decision ORDER BY id');
    decisions = rows.map(({ id }) => id);
    chain = rows[0]?.group_id ?? '';
    await sql('INSERT INTO account_change (id, user_id, kind) VALUES ($1, $2, $3)', [
      changeId,
      student.id,
      'activated',
    ]);
    head = await (await call(student, `/api/v1/groups/${slug}/moderation/head`)).json();
    for (const table of TABLES) await sql(`CREATE TABLE kept_${table} AS TABLE ${table}`);
  });

  const decide = (id: string, body: object) =>
    call(staff, `/api/v1/annotations/${id}/moderation`, { body }).then(async (response) =>
      assert.equal(response.status, 200, await response.text()),
    );
  const sql = async (text: string, values: unknown[] = []) => (await pool().query(text, values)).rows;
  const guards = (state: 'DISABLE' | 'ENABLE') =>
    sql(TABLES.map((table) => `ALTER TABLE ${table} ${state} TRIGGER USER`).join(';'));

  /** What the owner of the database does to the record, behind the back of its triggers. */
  async function alter(...statements: string[]): Promise<void> {
    await guards('DISABLE');
    for (const statement of statements) await sql(statement);
    await guards('ENABLE');
  }
  const restore = () =>
    alter(
      ...TABLES.flatMap((table) => [
        `DELETE FROM ${table}`,
        `INSERT INTO ${table} SELECT * FROM kept_${table}`,
      ]),
    );

  const nth = (n: number) => `'${decisions[n - 1]}'::uuid`;
  const entry = (n: number) => `group_id = (SELECT group_id FROM decision LIMIT 1) AND number = ${n}`;
  const swapped = (column: string) =>
    `UPDATE decision d SET ${column} = o.${column} FROM decision o
      WHERE (d.id, o.id) IN ((${nth(1)}, ${nth(3)}), (${nth(3)}, ${nth(1)}))`;
  const forged = (id: string) =>
    `INSERT INTO decision (group_id, id, annotation_id, actor_id, action, reason, before, after, version)
       SELECT group_id, ${id}, annotation_id, actor_id, 'hide', 'forged', 'published', 'hidden', 9 FROM decision WHERE id = ${nth(2)}`;

  /** Each way with the statements, and the numbers of the entries, or the row, that have to be named. */
  const ways: Record<string, { statements: () => string[]; named: (number | string)[] }> = {
    'another reason': {
      statements: () => [`UPDATE decision SET reason = 'kind' WHERE id = ${nth(1)}`],
      named: [1],
    },
    'one letter of a reason': {
      statements: () => [`UPDATE decision SET reason = replace(reason, 'one', 'One') WHERE id = ${nth(1)}`],
      named: [1],
    },
    'a reason taken away': {
      statements: () => [`UPDATE decision SET reason = '' WHERE id = ${nth(3)}`],
      named: [3],
    },
    'a reason added': {
      statements: () => [`UPDATE decision SET reason = 'why' WHERE id = ${nth(2)}`],
      named: [2],
    },
    'another actor': {
      statements: () => [`UPDATE decision SET actor_id = '${student.id}' WHERE id = ${nth(4)}`],
      named: [4],
    },
    'another action': {
      statements: () => [`UPDATE decision SET action = 'approve' WHERE id = ${nth(1)}`],
      named: [1],
    },
    'another time, by a millisecond': {
      statements: () => [
        `UPDATE decision SET created_at = created_at + interval '1 ms' WHERE id = ${nth(5)}`,
      ],
      named: [5],
    },
    'another version': {
      statements: () => [`UPDATE decision SET version = 7 WHERE id = ${nth(2)}`],
      named: [2],
    },
    'another state before': {
      statements: () => [`UPDATE decision SET before = 'pending' WHERE id = ${nth(1)}`],
      named: [1],
    },
    'another state after': {
      statements: () => [`UPDATE decision SET after = 'denied' WHERE id = ${nth(1)}`],
      named: [1],
    },
    'another note': {
      statements: () => [
        `UPDATE decision SET annotation_id = (SELECT annotation_id FROM decision WHERE id = ${nth(6)}) WHERE id = ${nth(1)}`,
      ],
      named: [1],
    },
    'another id': {
      statements: () => [`UPDATE decision SET id = gen_random_uuid() WHERE id = ${nth(2)}`],
      named: [2],
    },
    'every column of two rows swapped': { statements: () => [swapped('reason')], named: [1, 3] },
    'the times of two rows swapped': { statements: () => [swapped('created_at')], named: [1, 3] },
    'the ids of two rows swapped': {
      statements: () => [
        `UPDATE decision SET id = '00000000-0000-4000-8000-000000000001' WHERE id = ${nth(1)}`,
        `UPDATE decision SET id = ${nth(1)} WHERE id = ${nth(3)}`,
        `UPDATE decision SET id = ${nth(3)} WHERE id = '00000000-0000-4000-8000-000000000001'`,
      ],
      named: [1, 3],
    },
    'the first row deleted': { statements: () => [`DELETE FROM decision WHERE id = ${nth(1)}`], named: [1] },
    'a row in the middle deleted': {
      statements: () => [`DELETE FROM decision WHERE id = ${nth(3)}`],
      named: [3],
    },
    'the last row deleted': { statements: () => [`DELETE FROM decision WHERE id = ${nth(6)}`], named: [6] },
    'the last row deleted with its entry': {
      statements: () => [
        `DELETE FROM audit_entry WHERE ${entry(6)}`,
        `DELETE FROM decision WHERE id = ${nth(6)}`,
      ],
      named: [6],
    },
    'the last row deleted with its entry, and the end of the chain set back': {
      statements: () => [
        `DELETE FROM audit_entry WHERE ${entry(6)}`,
        `DELETE FROM decision WHERE id = ${nth(6)}`,
        `UPDATE audit_head h SET number = 5, hash = e.hash FROM audit_entry e WHERE e.group_id = h.group_id AND e.number = 5`,
      ],
      named: [6],
    },
    'all rows deleted': { statements: () => ['DELETE FROM decision'], named: [1, 2, 3, 4, 5, 6] },
    'everything truncated': {
      statements: () => ['TRUNCATE decision, audit_entry, audit_head'],
      named: [1, 2, 3, 4, 5, 6],
    },
    'a row inserted': {
      statements: () => [forged("'00000000-0000-4000-8000-000000000002'")],
      named: ['00000000-0000-4000-8000-000000000002'],
    },
    'a row replaced by another': {
      statements: () => [
        forged("'00000000-0000-4000-8000-000000000003'"),
        `DELETE FROM decision WHERE id = ${nth(2)}`,
      ],
      named: [2, '00000000-0000-4000-8000-000000000003'],
    },
    'an entry deleted': { statements: () => [`DELETE FROM audit_entry WHERE ${entry(2)}`], named: [2] },
    'a digest made to fit': {
      statements: () => [
        `UPDATE decision SET reason = 'kind' WHERE id = ${nth(1)}`,
        `UPDATE audit_entry SET digests = digests || jsonb_build_object('reason',
           audit_sha256((salts->>'reason') || E'\\nreason\\n"kind"')) WHERE ${entry(1)}`,
      ],
      named: [1],
    },
    'two entries renumbered': {
      statements: () => [
        `UPDATE audit_entry SET number = -2 WHERE ${entry(2)}`,
        `UPDATE audit_entry SET number = 2 WHERE ${entry(3)}`,
        `UPDATE audit_entry SET number = 3 WHERE number = -2`,
      ],
      named: [2, 3],
    },
    'a salt taken away': {
      statements: () => [
        `UPDATE decision SET reason = 'kind' WHERE id = ${nth(1)}`,
        `UPDATE audit_entry SET salts = salts - 'reason' WHERE ${entry(1)}`,
      ],
      named: [1],
    },
    'the log of accounts': {
      statements: () => [`UPDATE account_change SET kind = 'deactivated'`],
      named: [changeId],
    },
    'the end of the chain': {
      statements: () => [`UPDATE audit_head SET hash = repeat('0', 64)`],
      named: [6],
    },
    'the end of the chain taken away': { statements: () => ['DELETE FROM audit_head'], named: [] },
    'another chain for a row': {
      statements: () => [`UPDATE audit_entry SET group_id = gen_random_uuid() WHERE ${entry(4)}`],
      named: [4],
    },
  };

  it('is whole as it was written, and after the times of another time zone', async () => {
    const report = await verifyAudit();
    assert.deepEqual(report.findings, []);
    assert.ok(report.entries >= 6);
    await keepHeads();
    assert.deepEqual((await verifyAudit([head])).findings, []);
  });

  for (const [way, { statements, named }] of Object.entries(ways)) {
    it(`shows what was altered: ${way}`, async (t) => {
      t.after(restore);
      await alter(...statements());
      const { findings } = await verifyAudit();
      assert.notDeepEqual(findings, []);
      for (const name of named)
        assert.ok(
          findings.some(({ number, row }) => (typeof name === 'number' ? number === name : row === name)),
          `${name} is not named in ${JSON.stringify(findings)}`,
        );
      const untouched = [1, 2, 3, 4, 5, 6].filter((number) => !named.includes(number));
      const first = named.find((name) => typeof name === 'number');
      // An entry that is gone breaks the chain at the next one too; what stands before the first stays without fault.
      for (const number of untouched.filter((number) => first === undefined || number < Number(first)))
        assert.ok(
          !findings.some(
            (finding) => finding.number === number && finding.chain === chain && named.length > 0,
          ),
        );
    });
  }

  it('shows what was altered by somebody who has computed every hash of the database anew', async (t) => {
    t.after(restore);
    await alter(`UPDATE decision SET reason = 'kind' WHERE id = ${nth(1)}`);
    const entries = await sql('SELECT * FROM audit_entry WHERE group_id = $1 ORDER BY number', [chain]);
    const [first] = entries;
    const digest = await sql(`SELECT audit_sha256($1 || E'\\nreason\\n"kind"') AS d`, [first.salts.reason]);
    first.digests.reason = digest[0].d;
    let hash = firstHash(chain);
    for (const row of entries) {
      hash = chainHash(
        hash,
        row.number,
        digestContent({ source: row.source, amends: row.amends, digests: row.digests }),
      );
      row.hash = hash;
    }
    await alter(
      ...entries.map(
        ({ number, digests, hash }) =>
          `UPDATE audit_entry SET hash = '${hash}', digests = '${JSON.stringify(digests)}' WHERE ${entry(number)}`,
      ),
      `UPDATE audit_head SET hash = '${hash}' WHERE group_id = '${chain}'`,
    );
    const { findings } = await verifyAudit();
    assert.deepEqual(
      findings.map(({ number, what }) => [number, /another one than when its head was signed/.test(what)]),
      [[6, true]],
    );
    // A server signs nothing that does not lead on from what it signed before.
    await keepHeads();
    assert.equal((await verifyAudit()).findings.length, 1);
    // A student who kept a head says the same.
    const kept = path.join(data, 'kept.json');
    await writeFile(kept, JSON.stringify(head));
    await assert.rejects(checkHead(kept), /not the record that was signed/);
  });

  it('shows a guard that was switched off', async (t) => {
    t.after(() => guards('ENABLE'));
    await sql('ALTER TABLE decision DISABLE TRIGGER audited');
    assert.match(
      JSON.stringify((await verifyAudit()).findings),
      /the trigger decision\.audited is off or gone/,
    );
  });

  it('refuses every change while its guards stand, and to an owner who is no superuser by rights as well', async () => {
    for (const statement of [
      `UPDATE decision SET reason = 'x'`,
      'DELETE FROM decision',
      'TRUNCATE decision',
      'TRUNCATE audit_entry',
      'DELETE FROM audit_entry',
      `UPDATE audit_entry SET hash = ''`,
      'DELETE FROM audit_head',
      'DELETE FROM account_change',
      'TRUNCATE account_change',
    ])
      await assert.rejects(sql(statement), /never changed or removed/, statement);

    const client = await pool().connect();
    try {
      await client.query('BEGIN; CREATE ROLE plain_owner; GRANT ALL ON SCHEMA public TO plain_owner');
      for (const table of TABLES) await client.query(`ALTER TABLE ${table} OWNER TO plain_owner`);
      await client.query('SET LOCAL ROLE plain_owner');
      for (const statement of [
        `UPDATE decision SET version = 1`,
        'DELETE FROM decision',
        'TRUNCATE decision',
        'DELETE FROM audit_entry',
        `UPDATE audit_entry SET hash = ''`,
        'DELETE FROM audit_head',
      ]) {
        await client.query('SAVEPOINT attempt');
        await assert.rejects(client.query(statement), /permission denied/, statement);
        await client.query('ROLLBACK TO attempt');
      }
    } finally {
      await client.query('ROLLBACK');
      client.release();
    }
  });

  it('survives an erasure, which is an entry itself, and shows what is changed after it', async (t) => {
    t.after(restore);
    const client = await pool().connect();
    await client.query("BEGIN; SET LOCAL scholion.erasing = 'on'; SET LOCAL timezone = 'Asia/Kolkata'");
    await client.query(`UPDATE decision SET reason = '', actor_id = '${student.id}' WHERE id = ${nth(1)}`);
    await client.query('COMMIT');
    client.release();
    const report = await verifyAudit();
    assert.deepEqual(report.findings, []);
    assert.equal(report.amended, 1);
    const [{ salts }] = await sql(`SELECT salts FROM audit_entry WHERE ${entry(1)}`);
    assert.deepEqual(['reason' in salts, 'actor_id' in salts, 'action' in salts], [false, false, true]);

    await alter(`UPDATE decision SET actor_id = '${staff.id}' WHERE id = ${nth(1)}`);
    assert.match(JSON.stringify((await verifyAudit()).findings), /actor_id was changed/);
  });

  it('is one chain though many decide at once', async () => {
    const notes = await Promise.all(Array.from({ length: 24 }, () => postGloss(student, slug)));
    await Promise.all(notes.map(({ id }) => decide(id, { action: 'hide', reason: 'x', version: 1 })));
    assert.deepEqual((await verifyAudit([head])).findings, []);
    const [{ n }] = await sql('SELECT count(*)::int AS n FROM audit_entry WHERE group_id = $1', [chain]);
    assert.equal(n, 30);
  });

  it('is checked by a student with the script of the docs, and by nobody else', async () => {
    const kept = path.join(data, 'kept.json');
    await writeFile(kept, JSON.stringify(head));
    assert.match(await checkHead(kept), /entry 6 is the one that was signed/);
    await writeFile(kept, JSON.stringify({ ...head, number: 5 }));
    await assert.rejects(checkHead(kept), /signature/);
    const stranger = await createUserWithToken('stranger');
    for (const what of ['head', 'chain']) {
      assert.equal((await call(stranger, `/api/v1/groups/${slug}/moderation/${what}`)).status, 404);
      assert.equal((await call(anonymous, `/api/v1/groups/${slug}/moderation/${what}`)).status, 404);
    }
    const bad = `/api/v1/groups/${slug}/moderation/chain?limit=0`;
    assert.equal((await call(student, bad)).status, 422);
    const page = await (
      await call(student, `/api/v1/groups/${slug}/moderation/chain?limit=4&cursor=2`)
    ).json();
    assert.deepEqual(
      page.items.map(({ number }: { number: number }) => number),
      [3, 4, 5, 6],
    );
    assert.deepEqual(Object.keys(page.items[0]).sort(), ['content', 'hash', 'number']);
  });

  it('is verified on the command line, which ends with 1 and names the entry where it was altered', async (t) => {
    const verify = (...more: string[]) =>
      run(process.execPath, [
        '--conditions=react-server',
        '--import',
        'tsx',
        'scripts/cli.ts',
        'audit',
        'verify',
        ...more,
      ]);
    t.after(() => alter(`UPDATE decision SET reason = 'not one' WHERE id = ${nth(1)}`));
    await alter(`UPDATE decision SET reason = 'kind' WHERE id = ${nth(1)}`);
    await assert.rejects(verify(), (error: { code: number; stdout: string }) => {
      assert.equal(error.code, 1);
      assert.match(
        error.stdout,
        new RegExp(`${slug}: entry 1: decision ${decisions[0]}: its column reason was changed`),
      );
      return true;
    });
  });

  /** Runs the script that docs/instructors.md has, on a file with a head, against a server of this process. */
  async function checkHead(file: string): Promise<string> {
    const [, script = ''] =
      /```js\n(\/\/ check-head\.mjs\n.*?)```/s.exec(await readFile('docs/instructors.md', 'utf8')) ?? [];
    const program = path.join(data, 'check-head.mjs');
    await writeFile(program, script);
    const server = createServer(getRequestListener(httpApp.fetch));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    after(() => server.close());
    const { port } = server.address() as AddressInfo;
    const env = { ...process.env, TOKEN: student.token ?? '' };
    const { stdout } = await run(process.execPath, [program, file, `http://127.0.0.1:${port}`], { env });
    server.closeAllConnections();
    return stdout;
  }
});

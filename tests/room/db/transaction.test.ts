import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { db, Prisma, pool, query, queryInBatches, transaction } from '@/lib/db';
import { viewerOf } from '@/lib/identity';
import { importFile } from '@/lib/import';
import { newId } from '@/lib/kernel/ids';
import { freshDatabase } from '../../support/fresh-database';
import {
  call,
  createSeminar,
  createUserWithToken,
  postGloss,
  publishSampleEdition,
  type TestUser,
} from '../../support/seminar';

/** The connections of the pool (lib/db). */
const CONNECTIONS = 12;

describe('a transaction', () => {
  let student: TestUser;
  let group = '';

  before(async () => {
    await freshDatabase();
    await publishSampleEdition();
    student = await createUserWithToken('student');
    group = await createSeminar({ student: { somebody: student, role: 'student' } });
  });

  const refused = /second connection/;

  it('refuses every way to a second connection, and not its own', async () => {
    const ways = {
      db: () => db.edition.count(),
      query: () => query(Prisma.sql`SELECT 1`),
      queryInBatches: () => queryInBatches(Prisma.sql`SELECT 1`, 1).next(),
      pool: () => pool().query('SELECT 1'),
      transaction: () => transaction(async () => null),
    };
    for (const [name, way] of Object.entries(ways)) {
      await assert.rejects(
        transaction(async () => way()),
        refused,
        name,
      );
    }
    assert.equal(await transaction((tx) => tx.edition.count()), 1);
    assert.equal(await db.edition.count(), 1);
  });

  it('refuses it also behind a wait, and for that call alone', async () => {
    const late = transaction(async (tx) => {
      await tx.edition.count();
      return db.edition.count();
    });
    const [outcome, count] = await Promise.all([late.catch((error) => error), db.edition.count()]);
    assert.match(String(outcome), refused);
    assert.equal(count, 1);
  });

  it('waits for no thirteenth connection: as many replies in an assignment as there are connections', async () => {
    const { id: groupId } = await db.group.findUniqueOrThrow({ where: { slug: group } });
    const assignment = newId();
    await db.assignment.create({
      data: { groupId, id: assignment, title: 'Read', edition: 'gheorghiu-2009', sections: ['doc1'] },
    });
    const { id } = await postGloss(student, group, { assignment });
    const answers = await Promise.all(
      Array.from({ length: CONNECTIONS }, (_, n) =>
        call(student, `/api/v1/annotations/${id}/replies`, { body: { body: `Answer ${n}.` } }),
      ),
    );
    assert.deepEqual(
      answers.map(({ status }) => status),
      Array(CONNECTIONS).fill(201),
    );
  });

  it('waits for none when as many files are imported at once', async () => {
    const staff = await createUserWithToken('staff');
    const seminar = await createSeminar({ staff: { somebody: staff, role: 'owner' } });
    const viewer = await viewerOf(staff.id);
    assert.ok(viewer);
    const importOne = (n: number) => {
      const annotation = {
        '@context': 'http://www.w3.org/ns/anno.jsonld',
        id: `https://elsewhere.example/${n}`,
        type: 'Annotation',
        body: { type: 'TextualBody', value: `Gloss ${n}.` },
        target: 'http://localhost:3000/editions/gheorghiu-2009/doc1',
      };
      return importFile(viewer, seminar, {
        format: 'w3c',
        remarks: [],
        assignments: [],
        items: [{ pointer: '', annotation }],
      });
    };
    const reports = await Promise.all(Array.from({ length: CONNECTIONS }, (_, n) => importOne(n)));
    assert.deepEqual(
      reports.map(({ total }) => total),
      Array(CONNECTIONS).fill(1),
    );
  });
});

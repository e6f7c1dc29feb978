import { listLatest, listOpenQuestions, listOwn, listSectionNotes } from '@/lib/annotation';
import { getGradebook, getOverview, listAssignments } from '@/lib/assignment';
import { db, disconnect, pool } from '@/lib/db';
import { getGroup, listMembers, listReadingContents } from '@/lib/group';
import { viewerOf } from '@/lib/identity';
import { newId } from '@/lib/kernel/ids';
import { countQueues, listQueue } from '@/lib/moderation';
import { fillGroups } from '../support/fill-groups';
import { freshDatabase } from '../support/fresh-database';
import { publishSampleEdition } from '../support/seminar';

/**
 * What the pages of staff ask for in a lecture of 300 people and 28,800 annotations: the
 * milliseconds of the slowest of nine calls. `SCHOLION_TEST_TEMPLATE=… node --conditions=react-server --import tsx
 * tests/bench/term.ts`.
 */
await freshDatabase();
const edition = await publishSampleEdition();
await fillGroups(edition, { slugs: ['lecture'], members: 300, annotations: 28_800 });
const { id: groupId } = await db.group.findUniqueOrThrow({ where: { slug: 'lecture' } });
const ids = Array.from({ length: 6 }, () => newId());
await db.assignment.createMany({
  data: ids.map((id, i) => ({
    groupId,
    id,
    title: `Task ${i}`,
    edition,
    sections: ['doc1'],
    expectedGlosses: 5,
    due: new Date(),
  })),
});
await pool().query(
  `UPDATE annotation SET assignment_id = ($2::uuid[])[1 + abs(hashtext(root_id::text)) % 6] WHERE group_id = $1`,
  [groupId, ids],
);
await pool().query('VACUUM ANALYZE');

const staff = await db.member.findFirstOrThrow({ where: { groupId, role: 'instructor' } });
const student = await db.member.findFirstOrThrow({ where: { groupId, role: 'student' } });
const viewer = await viewerOf(staff.userId);
const reader = await viewerOf(student.userId);
if (!viewer || !reader) throw new Error('the people are not there');
const calls: [string, () => Promise<unknown>][] = [
  ['overview of all', () => getOverview(viewer, 'lecture')],
  ['overview of one assignment', () => getOverview(viewer, 'lecture', ids[0])],
  ['gradebook', () => getGradebook(viewer, 'lecture')],
  ['people', () => listMembers(viewer, 'lecture')],
  ['assignments, staff', () => listAssignments(viewer, 'lecture')],
  ['assignments, student', () => listAssignments(reader, 'lecture')],
  ...[viewer, reader].map((who): [string, () => Promise<unknown>] => [
    who === viewer ? 'group page, staff' : 'group page, student',
    () =>
      Promise.all([
        getGroup(who, 'lecture'),
        listReadingContents(who, 'lecture'),
        listSectionNotes(who, 'lecture'),
        listLatest(who, 'lecture', 8),
        listOpenQuestions(who, 'lecture', 5),
        countQueues(who),
      ]),
  ]),
  ['moderation', () => listQueue(viewer, 'lecture', { limit: 50 })],
  ['notebook', () => listOwn(reader, {}, { limit: 50 })],
  ['notebook, searched', () => listOwn(reader, { q: 'wording' }, { limit: 50 })],
];
for (const [name, run] of calls) {
  const times: number[] = [];
  for (let i = 0; i < 9; i++) {
    const start = performance.now();
    await run();
    times.push(performance.now() - start);
  }
  times.sort((a, b) => a - b);
  console.log(`${name.padEnd(28)} median ${times[4]?.toFixed(0)} ms, slowest ${times[8]?.toFixed(0)} ms`);
}
await disconnect();

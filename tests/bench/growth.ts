import { db, disconnect, pool } from '@/lib/db';
import { createDatabase, startEmbedded } from '@/lib/db/embedded';
import { migrate } from '@/lib/db/migrate';
import { fillGroups } from '../support/fill-groups';
import { call, createUserWithToken, publishSampleEdition, type TestUser } from '../support/seminar';
import { type SentStatement, sentStatements } from '../support/sent-statements';

/**
 * `npm run bench:growth`: how long the statements of each read take in Postgres, for a student and the staff of a seminar
 * of 2,880 notes and of a lecture of 28,800, alone and beside a hundred groups of 3,000 more.
 */

const SEMINAR = { slugs: ['seminar'], members: 24, annotations: 2_880 };
const LECTURE = { slugs: ['lecture'], members: 300, annotations: 28_800 };
const OTHERS = {
  slugs: Array.from({ length: 100 }, (_, i) => `group${i}`),
  members: 30,
  annotations: 3_000,
};
/** Of so many the fastest counts. */
const ATTEMPTS = 3;

/** A read, of the group `slug`. `goal` is in milliseconds, of what Postgres takes to execute it. */
type Read = { name: string; path: (slug: string) => string; goal?: number; ofStaff?: true };

const listOf = (slug: string, query: string) => `/api/v1/groups/${slug}/annotations?${query}`;
const READS: Read[] = [
  { name: 'list, first 100', path: (slug) => listOf(slug, 'limit=100') },
  {
    name: 'section, first 100',
    path: (slug) => listOf(slug, 'edition=gheorghiu-2009&section=doc1&limit=100'),
    goal: 5,
  },
  {
    name: 'outline of a section',
    path: (slug) => `/api/v1/groups/${slug}/outline?edition=gheorghiu-2009&section=doc2`,
    goal: 15,
  },
  { name: 'search, nothing found', path: (slug) => listOf(slug, 'q=absent') },
  { name: 'search, a common word', path: (slug) => listOf(slug, 'q=wording') },
  { name: 'orphaned', path: (slug) => listOf(slug, 'anchor=orphaned') },
  { name: 'a tag', path: (slug) => listOf(slug, 'tag=tag3') },
  { name: 'container', path: (slug) => `/groups/${slug}/annotations/`, goal: 10 },
  { name: 'a page of it', path: (slug) => `/groups/${slug}/annotations/?page=1`, goal: 10 },
  { name: 'container of all groups', path: () => '/annotations/', goal: 20 },
  { name: 'queue', path: (slug) => `/api/v1/groups/${slug}/moderation/queue`, ofStaff: true },
];

/** Milliseconds that Postgres takes to execute statements, the fastest time of each. */
async function executionTime(statements: SentStatement[]): Promise<number> {
  let sum = 0;
  for (const { text, values = [] } of statements) {
    const times: number[] = [];
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const { rows } = await pool().query({
        text: `EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) ${text}`,
        values,
      });
      times.push(rows[0]['QUERY PLAN'][0]['Execution Time']);
    }
    sum += Math.min(...times);
  }
  return sum;
}

async function measure(person: TestUser, path: string): Promise<number> {
  const sent = await sentStatements(async () => {
    const answer = await call(person, path);
    if (answer.status !== 200) throw new Error(`${path}: ${answer.status}`);
    await answer.arrayBuffer();
  });
  return executionTime(sent.filter(({ text }) => text.includes('annotation a')));
}

type People = Record<'student' | 'instructor', TestUser>;

async function createPeople(slug: string): Promise<People> {
  const { id: groupId } = await db.group.findUniqueOrThrow({ where: { slug } });
  const createMember = async (role: keyof People) => {
    const person = await createUserWithToken(role);
    await db.member.create({ data: { groupId, userId: person.id, role } });
    return person;
  };
  return { student: await createMember('student'), instructor: await createMember('instructor') };
}

/** The times of all reads of a group, in the order of `READS`. */
async function measureAll(slug: string): Promise<string[]> {
  const people = await createPeople(slug);
  await pool().query('ANALYZE');
  const times: string[] = [];
  for (const { path, ofStaff } of READS) {
    const time = await measure(ofStaff ? people.instructor : people.student, path(slug));
    times.push(time.toFixed(1));
  }
  return times;
}

async function main(): Promise<void> {
  const postgres = await startEmbedded(process.env.SCHOLION_DATA ?? '.data/bench');
  const name = `growth_${Date.now()}`;
  await createDatabase(postgres.url, name);
  const url = new URL(postgres.url);
  url.pathname = `/${name}`;
  Object.assign(process.env, {
    DATABASE_URL: url.href,
    NEXTAUTH_SECRET: 'for the bench, which nobody else can reach',
  });
  try {
    await migrate(url.href);
    const edition = await publishSampleEdition();
    await fillGroups(edition, SEMINAR);
    const columns = [await measureAll('seminar')];
    await fillGroups(edition, LECTURE);
    columns.push(await measureAll('lecture'));
    await fillGroups(edition, OTHERS);
    columns.push(await measureAll('seminar'), await measureAll('lecture'));
    console.log(
      '| read | seminar | lecture | seminar beside 100 groups | lecture beside 100 groups | goal |',
    );
    console.log('| --- | --- | --- | --- | --- | --- |');
    for (const [i, { name, goal }] of READS.entries())
      console.log(`| ${[name, ...columns.map((times) => times[i]), goal ?? ''].join(' | ')} |`);
  } finally {
    await disconnect();
    await postgres.stop();
  }
  process.exit(0);
}

main();

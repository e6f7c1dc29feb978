import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { after, before, describe, it } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import { listAnnotations } from '@/lib/annotation';
import { getPageIndex } from '@/lib/annotation/page-index/read';
import { db } from '@/lib/db';
import { resolveViewer } from '@/lib/identity';
import { freshDatabase } from '../../support/fresh-database';
import { fc } from '../../support/seeded-fast-check';
import {
  call,
  createSeminar,
  createUserWithToken,
  postGloss,
  postReply,
  publishSampleEdition,
  type TestUser,
} from '../../support/seminar';
import { sentStatements } from '../../support/sent-statements';
import { until } from '../../support/until';

/** Seconds in which another process knows of a change of who somebody is. */
const SOON = 2;

type Name = 'teacher' | 'anna' | 'boris';
const NAMES: Name[] = ['teacher', 'anna', 'boris'];
const GLOSS = { edition: 'gheorghiu-2009', section: 'doc1', start: 948, end: 965, body: 'Hullabaloo.' };
const PAGE = { edition: 'gheorghiu-2009', section: 'doc1', near: 'doc1:948' };

describe('an answer that is kept while nothing is committed', () => {
  const people = {} as Record<Name, TestUser>;
  let slug = '';
  let url = '';
  let other: ChildProcess;

  before(async () => {
    await freshDatabase();
    await publishSampleEdition();
    for (const name of NAMES) people[name] = await createUserWithToken(name);
    const args = ['--conditions=react-server', '--import', 'tsx', 'tests/support/serve-api.ts'];
    other = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    const [port] = await once(other.stdout as NonNullable<typeof other.stdout>, 'data');
    url = `http://127.0.0.1:${String(port).trim()}`;
  });
  after(() => void other.kill());

  async function createOwnSeminar(): Promise<void> {
    slug = await createSeminar({
      teacher: { somebody: people.teacher, role: 'owner' },
      anna: { somebody: people.anna, role: 'student' },
      boris: { somebody: people.boris, role: 'student' },
    });
  }

  const there = async (name: Name, path: string) => {
    const headers = { authorization: `Bearer ${people[name].token}` };
    return (await fetch(url + path, { headers })).json();
  };
  const ofGroup = (rest: string) => `/api/v1/groups/${slug}/${rest}`;

  /** What the other process answers, from memory where it has it, and what is read and presented anew. */
  async function answersOf(name: Name): Promise<{ kept: unknown; fresh: unknown }> {
    const viewer = await resolveViewer(new Headers({ authorization: `Bearer ${people[name].token}` }));
    const [list, index] = [
      await listAnnotations(viewer, slug, {}, { limit: 50 }),
      await getPageIndex(viewer, slug, PAGE),
    ];
    const [first] = list.items;
    const kept = [
      await there(name, ofGroup('annotations?limit=50')),
      await there(name, ofGroup(`outline?${new URLSearchParams(PAGE)}`)),
      first ? await there(name, `/api/v1/annotations/${first.id}`) : undefined,
    ];
    return { kept, fresh: JSON.parse(JSON.stringify([list, index, first ?? null])).map(orUndefined) };
  }
  const orUndefined = (value: unknown) => value ?? undefined;

  async function requireFresh(after: string): Promise<void> {
    for (const name of NAMES) {
      const { kept, fresh } = await answersOf(name);
      assert.deepEqual(kept, fresh, `${name} after ${after}`);
    }
  }

  const send = (name: Name, path: string, body: object, method = 'POST') =>
    call(people[name], path, { method, body, headers: { 'if-match': '*' } });
  const member = (body: object) => send('teacher', ofGroup(`members/${people.boris.id}`), body, 'PATCH');
  /** Some note of the group; what may not be done with it is refused, which is a change of nothing. */
  const someNote = async (n: number) => {
    const { id: groupId } = await db.group.findUniqueOrThrow({ where: { slug } });
    const notes = await db.annotation.findMany({ where: { groupId }, orderBy: { id: 'asc' } });
    return `/api/v1/annotations/${notes[n % notes.length]?.id}`;
  };
  const CHANGES: Record<string, (n: number) => Promise<unknown>> = {
    'a gloss': () => send('anna', ofGroup('annotations'), GLOSS),
    'a private gloss': () => send('boris', ofGroup('annotations'), { ...GLOSS, visibility: 'private' }),
    'a reply': async (n) => send('boris', `${await someNote(n)}/replies`, { body: 'Quite so.' }),
    'a word to staff': async (n) =>
      send('anna', `${await someNote(n)}/replies`, { body: 'Is it?', visibility: 'staff' }),
    'an edit': async (n) => send('anna', await someNote(n), { body: `Edit ${n}.`, tags: ['x'] }, 'PATCH'),
    'another visibility': async (n) =>
      send('anna', await someNote(n), { visibility: n % 2 ? 'private' : 'group' }, 'PATCH'),
    'a deletion': async (n) => send('boris', await someNote(n), {}, 'DELETE'),
    'an agreement': async (n) => send('boris', `${await someNote(n)}/agree`, {}),
    'a flag': async (n) => send('boris', `${await someNote(n)}/flags`, { reason: 'wrong', note: 'No.' }),
    ...Object.fromEntries(
      ['hide', 'restore', 'lock', 'unlock', 'pin', 'endorse'].map((action) => [
        action,
        async (n: number) =>
          send('teacher', `${await someNote(n)}/moderation`, { action, reason: 'Because.' }),
      ]),
    ),
    'another name': (n) => db.user.update({ where: { id: people.anna.id }, data: { name: `Anna ${n}` } }),
    'passages in doubt': (n) => db.passage.updateMany({ data: { anchor: n % 2 ? 'fuzzy' : 'exact' } }),
    'subgroups apart': (n) => db.group.update({ where: { slug }, data: { subgroupsApart: n % 2 === 0 } }),
    'a closed edition': (n) =>
      db.edition.update({ where: { slug: PAGE.edition }, data: { access: n % 2 ? 'groups' : 'public' } }),
  };

  it('is what would be read anew, after whatever change another process makes', async () => {
    const change = fc.tuple(fc.constantFrom(...Object.keys(CHANGES)), fc.nat(1000));
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 14, maxLength: 18 }), async (changes) => {
        await db.edition.update({ where: { slug: PAGE.edition }, data: { access: 'public' } });
        await createOwnSeminar();
        await postReply(people.boris, (await postGloss(people.anna, slug)).id);
        await until(async () => (await there('boris', ofGroup('annotations'))).items?.length === 2, SOON);
        await requireFresh('the beginning');
        for (const [name, n] of changes) {
          await CHANGES[name]?.(n);
          await requireFresh(name);
        }
      }),
      { numRuns: 3 },
    );
    await db.edition.update({ where: { slug: PAGE.edition }, data: { access: 'public' } });
  });

  it('follows who asks, as soon as the other process knows of them', async () => {
    await createOwnSeminar();
    await postGloss(people.anna, slug);
    const changes: Record<string, () => Promise<unknown>> = {
      'another role': () => member({ role: 'assistant' }),
      'the old role': () => member({ role: 'student' }),
      archiving: () => send('teacher', ofGroup(''), { archived: true }, 'PATCH'),
    };
    for (const [name, change] of Object.entries(changes)) {
      await change();
      const isKnown = async () => {
        const { kept, fresh } = await answersOf('boris');
        return isDeepStrictEqual(kept, fresh);
      };
      await until(isKnown, SOON);
      await requireFresh(name);
    }
  });

  it('ends when time opens an assignment, though nobody writes', async () => {
    await createOwnSeminar();
    const reveal = new Date(Date.now() + 1_500).toISOString();
    const path = ofGroup('assignments');
    const task = { title: 'Blind', edition: PAGE.edition, sections: ['doc1'], mode: 'blind-until', reveal };
    const made = await call(people.teacher, path, { body: task });
    assert.equal(made.status, 201, await made.clone().text());
    await postGloss(people.anna, slug, { assignment: (await made.json()).id });
    const count = async () => (await there('boris', ofGroup('annotations'))).items?.length;
    await until(async () => (await count()) !== undefined, SOON);
    await until(async () => (await count()) === 1, 10);
    await requireFresh('the reveal');
  });

  it('costs the state of the database alone', async () => {
    await createOwnSeminar();
    await postGloss(people.anna, slug);
    const read = async () => void (await (await call(people.anna, ofGroup('annotations'))).arrayBuffer());
    // Whoever follows the group is woken a moment after the gloss, and that is a transaction.
    await until(async () => {
      const sent = (await sentStatements(read)).map(({ text }) => text);
      const states = sent.filter((text) => text.includes('pg_current_snapshot'));
      return states.length === 1 && !sent.some((text) => text.includes('annotation a'));
    }, SOON);
  });
});

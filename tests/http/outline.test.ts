import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { readSummaries, summarize } from '@/app/reader/data/annotation-summary';
import type { PageIndex } from '@/lib/annotation/page-index/schema';
import type { Annotation } from '@/lib/annotation/schema';
import { db } from '@/lib/db';
import { fingerprint } from '@/lib/kernel/code-points';
import { newId } from '@/lib/kernel/ids';
import { freshDatabase } from '../support/fresh-database';
import {
  anonymous,
  call,
  createSeminar,
  createUserWithToken,
  postGloss,
  postReply,
  publishSampleEdition,
  type TestUser,
} from '../support/seminar';

const PAGE = 'edition=gheorghiu-2009&section=doc1,article';

describe('the outline of a page', () => {
  let student: TestUser;
  let instructor: TestUser;
  let group = '';

  before(async () => {
    await freshDatabase();
    await publishSampleEdition();
    student = await createUserWithToken('student');
    instructor = await createUserWithToken('instructor');
    group = await createSeminar({
      student: { somebody: student, role: 'student' },
      instructor: { somebody: instructor, role: 'instructor' },
    });
  });

  const outline = (who: TestUser, query = PAGE) => call(who, `/api/v1/groups/${group}/outline?${query}`);
  const drawn = async (who: TestUser, query = PAGE): Promise<PageIndex> => (await outline(who, query)).json();

  it('is not there for strangers, and wants an edition and its sections', async () => {
    for (const who of [anonymous, await createUserWithToken('stranger')])
      assert.equal((await outline(who)).status, 404);
    for (const query of ['', 'edition=gheorghiu-2009', `${PAGE}&cursor=x`, `${PAGE}&near=doc1`]) {
      assert.equal((await outline(student, query)).status, 422, query);
    }
  });

  it('has a page whole, with what is on its footnotes, in lists and exports too', async () => {
    const other = await createSeminar({ student: { somebody: student, role: 'student' } });
    const { notes } = await (await call(student, '/api/v1/editions/gheorghiu-2009/sections/article')).json();
    const on = async (section: string) => (await postGloss(student, other, { section, start: 0, end: 5 })).id;
    const expected = [await on('article'), await on(notes[4].id), await on(notes[0].id)];
    await on('doc1');
    const page = 'edition=gheorghiu-2009&page=article';
    const at = (path: string) => call(student, `/api/v1/groups/${other}/${path}${page}`);
    assert.deepEqual((await (await at('outline?')).json()).ids, expected);
    const { items } = await (await at('annotations?')).json();
    assert.deepEqual(
      items.map(({ id }: { id: string }) => id),
      expected,
    );
    const exported = await (await at('export?format=jsonld&')).text();
    assert.equal(expected.filter((id) => exported.includes(id)).length, 3);
    assert.equal((await call(student, `/api/v1/groups/${other}/annotations?page=article`)).status, 422);
  });

  it('says of every annotation what the list says, for whoever asks', async () => {
    const both = [
      { quote: { exact: 'нездоровой шумихи' } },
      { section: 'article', quote: { exact: 'unhealthy clamor' } },
    ];
    const root = await postGloss(student, group, {
      start: undefined,
      end: undefined,
      passages: both,
      tags: ['b', 'a'],
    });
    await postReply(instructor, root.id, { tags: ['c'] });
    const hidden = await postReply(instructor, root.id, { tags: ['hidden'] });
    const whole = await postGloss(instructor, group, { start: undefined, end: undefined, kind: 'question' });
    await postGloss(instructor, group, { visibility: 'private', tags: ['private'] });
    const lost = await postGloss(student, group, { section: 'article', start: 0, end: 5 });
    await postGloss(student, group, { section: 'doc2', start: 0, end: 5 });
    await db.passage.updateMany({
      where: { annotationId: lost.id },
      data: { anchor: 'orphaned', start: null, end: null },
    });
    const decide = async ({ id, version }: Annotation, action: string) => {
      const body = { action, reason: 'So it is.', version };
      const answered = await call(instructor, `/api/v1/annotations/${id}/moderation`, { body });
      assert.equal(answered.status, 200, action);
    };
    await decide(hidden, 'hide');
    await decide(root, 'pin');
    await decide(lost, 'endorse');
    await decide(whole, 'resolve');

    for (const who of [student, instructor]) {
      const { items } = await (
        await call(who, `/api/v1/groups/${group}/annotations?${PAGE}&limit=500`)
      ).json();
      const list: Annotation[] = items;
      const outline = await drawn(who);
      // A page that reads the outline knows of each what it would know by the annotation itself.
      assert.deepEqual(readSummaries(outline), list.map(summarize));
      const { ids, roots, versions, passages, sections, tags, texts, next, ...all } = outline;
      const those = (holds: (note: Annotation) => boolean) =>
        list.flatMap((note, i) => (holds(note) ? [i] : []));
      assert.deepEqual(
        ids,
        list.map(({ id }) => id),
      );
      assert.deepEqual(
        roots,
        list.map(({ parent, root }) => (parent === null ? '' : root)),
      );
      assert.deepEqual(
        versions,
        list.map(({ version }) => version),
      );
      assert.deepEqual(
        all.revisions,
        list.map(({ parent }) => (parent === null ? 1 : 0)),
      );
      assert.deepEqual(
        all.mine,
        those(({ mine }) => mine),
      );
      assert.deepEqual(
        all.gone,
        those(({ state, body }) => state === 'deleted' || body === ''),
      );
      assert.deepEqual(
        all.kinds.of.map((kind) => all.kinds.names[kind]),
        list.map(({ kind }) => kind),
      );
      assert.deepEqual(
        all.authors.of.map((author) => all.authors.people[author]),
        list.map(({ author }) => author),
      );
      assert.deepEqual(
        all.created,
        list.map(({ created }) => Math.floor(Date.parse(created) / 1000)),
      );
      assert.deepEqual(
        all.tagged.notes.map((note, i) => [note, tags[all.tagged.tags[i] ?? -1]]),
        list.flatMap((note, i) => note.tags.map((tag) => [i, tag])),
      );
      assert.deepEqual(
        all.resolved,
        those(({ resolved }) => resolved),
      );
      assert.deepEqual(
        all.pinned,
        those(({ pinned }) => pinned),
      );
      assert.deepEqual(
        all.endorsed,
        those(({ endorsed }) => endorsed),
      );
      assert.deepEqual([...tags].sort(), [...new Set(list.flatMap((note) => note.tags))].sort());
      const quoted = list.flatMap((note, i) => note.passages.map((passage) => [i, passage] as const));
      assert.deepEqual(
        passages.notes.map((note, i) => [
          ...[
            note,
            sections[passages.sections[i] ?? -1],
            passages.starts[i],
            passages.ends[i],
            passages.words[i],
          ],
        ]),
        quoted.map(([note, { section, start, end, exact }]) => [
          note,
          section,
          start,
          end,
          fingerprint(exact ?? ''),
        ]),
      );
      assert.deepEqual(texts, []);
      assert.equal(next, null);
    }
    assert.equal((await drawn(student)).gone.length, 1);
    assert.ok(!(await drawn(student)).tags.includes('hidden'));
  });

  it('goes on after its cursor', async () => {
    const { ids } = await drawn(student);
    const rest = await drawn(student, `${PAGE}&cursor=${ids[1]}`);
    assert.deepEqual(rest.ids, ids.slice(2));
  });

  it('brings what the threads nearest to a place say, whole, and to each what they may see', async () => {
    const other = await createSeminar({
      student: { somebody: student, role: 'student' },
      instructor: { somebody: instructor, role: 'instructor' },
    });
    const made: Annotation[] = [];
    for (let i = 0; i < 30; i++)
      made.push(await postGloss(student, other, { start: i * 10, end: i * 10 + 5 }));
    await postGloss(student, other, { section: 'article', start: 140, end: 145 });
    await postGloss(student, other, { start: undefined, end: undefined });
    const seen = await postReply(instructor, made[20]?.id ?? '');
    await postReply(instructor, made[20]?.id ?? '', {
      visibility: 'private',
      body: 'Between me and myself.',
    });

    const near = async (who: TestUser, place: string) => {
      const outline: PageIndex = await (
        await call(who, `/api/v1/groups/${other}/outline?${PAGE}&near=${place}`)
      ).json();
      return outline.texts;
    };
    const middle = await near(student, 'doc1:200');
    // As many on either side as there are; with each its answers.
    const nearest = made.slice(6).map(({ id }) => id);
    assert.deepEqual(middle.map(({ id }) => id).sort(), [...nearest, seen.id].sort());
    const list = await (
      await call(student, `/api/v1/groups/${other}/annotations?thread=${made[20]?.id}`)
    ).json();
    assert.deepEqual(
      middle.filter(({ root }) => root === made[20]?.id),
      list.items,
    );
    assert.equal((await near(instructor, 'doc1:200')).length, middle.length + 1);
    assert.deepEqual(
      (await near(student, 'article:9999')).map(({ section }) => section),
      ['article'],
    );
    assert.deepEqual(await near(student, 'elsewhere:1'), []);
  });

  it('is followed by the texts of several threads at once', async () => {
    const threads = [await postGloss(student, group), await postGloss(student, group)];
    const reply = await postReply(instructor, threads[0]?.id ?? '');
    const named = (...roots: (string | undefined)[]) =>
      call(student, `/api/v1/groups/${group}/annotations?thread=${roots.join()}`);
    const { items } = await (await named(threads[1]?.id, threads[0]?.id)).json();
    assert.deepEqual(
      items.map(({ id }: Annotation) => id),
      [threads[0]?.id, threads[1]?.id, reply.id],
    );
    assert.deepEqual((await (await named(newId())).json()).items, []);
    assert.equal((await named(threads[0]?.id, 'x')).status, 422);
  });
});

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { before, beforeEach, describe, it } from 'node:test';
import type { Annotation } from '@/lib/annotation/schema';
import { db } from '@/lib/db';
import { operator } from '@/lib/identity';
import { publishDraft, uploadDraft } from '@/lib/publication';
import { freshDatabase } from '../support/fresh-database';
import {
  anonymous,
  atBrowser,
  call,
  createSeminar,
  createUserWithToken,
  postGloss,
  postReply,
  publishSampleEdition,
  type TestUser,
} from '../support/seminar';

const CLAMOR = 'нездоровой шумихи';
const LD = { 'content-type': 'application/ld+json' };

describe('kinds of glosses', () => {
  const people = {} as Record<'instructor' | 'anna' | 'boris' | 'reader' | 'outsider', TestUser>;
  let slug = '';

  before(async () => {
    await freshDatabase();
    await publishSampleEdition();
    const source = await readFile('seed/gheorghiu-2009.xml', 'utf8');
    for (const other of ['second', 'closed']) {
      const text = source.replace('xml:id="gheorghiu-2009"', `xml:id="${other}"`);
      await publishDraft(operator, (await uploadDraft(operator, text)).slug);
    }
    for (const name of ['instructor', 'anna', 'boris', 'reader', 'outsider'] as const)
      people[name] = await createUserWithToken(name);
  });

  beforeEach(async () => {
    slug = await createSeminar({
      instructor: { somebody: people.instructor, role: 'instructor' },
      anna: { somebody: people.anna, role: 'student' },
      boris: { somebody: people.boris, role: 'student' },
      reader: { somebody: people.reader, role: 'reader' },
    });
  });

  const path = (rest: string) => `/api/v1/groups/${slug}/${rest}`;
  const post = (body: object, who = people.anna) => call(who, path('annotations'), { body });
  const items = async (who: TestUser, query: string): Promise<Annotation[]> =>
    (await (await call(who, path(`annotations?${query}`))).json()).items;
  const errors = async (response: Response) =>
    ((await response.json()).errors ?? []).map(({ pointer }: { pointer: string }) => pointer);

  describe('a link', () => {
    const two = (second: object = {}) => ({
      kind: 'link',
      body: 'The same clamor.',
      passages: [
        { edition: 'gheorghiu-2009', section: 'doc1', quote: { exact: CLAMOR } },
        { edition: 'second', section: 'article', quote: { exact: 'unhealthy clamor' }, ...second },
      ],
    });
    const link = async (): Promise<Annotation> => (await post(two())).json();

    it('joins passages of two editions, and is found by either', async () => {
      const made = await post(two());
      assert.equal(made.status, 201, await made.clone().text());
      const { id, edition, section, passages } = (await made.json()) as Annotation;
      assert.deepEqual([edition, section], ['gheorghiu-2009', 'doc1']);
      assert.deepEqual(
        passages.map((passage) => [passage.edition, passage.section, passage.exact]),
        [
          ['gheorghiu-2009', 'doc1', CLAMOR],
          ['second', 'article', 'unhealthy clamor'],
        ],
      );
      await postReply(people.boris, id);
      const found: [string, number][] = [
        ['edition=gheorghiu-2009', 2],
        ['edition=second', 2],
        ['edition=second&section=article', 2],
        ['edition=second&page=article', 2],
        ['edition=second&section=doc1', 0],
        ['edition=gheorghiu-2009&section=article', 0],
        ['edition=closed', 0],
        ['section=article', 2],
      ];
      for (const [query, count] of found)
        assert.equal((await items(people.boris, query)).length, count, query);
      for (const [query, place] of [
        ['edition=gheorghiu-2009&section=doc1', 'doc1'],
        ['edition=second&section=article', 'article'],
      ]) {
        const outline = await (await call(people.boris, path(`outline?${query}`))).json();
        assert.ok(outline.ids.includes(id), query);
        assert.deepEqual(outline.sections, [place], 'passages of the other edition stand on another page');
        assert.equal(outline.passages.notes.length, 1);
      }
    });

    it('is exported as linking with both targets, and comes back', async () => {
      const { id } = await link();
      const { items } = (await (await call(people.anna, path('export?format=jsonld'))).json()).first;
      const [document] = items;
      assert.equal(document.motivation, 'linking');
      assert.deepEqual(
        document.target.map(({ source }: { source: string }) => source.replace(/^.*\/editions/, '')),
        ['/gheorghiu-2009/doc1', '/second/article'],
      );
      const other = await createSeminar({ anna: { somebody: people.anna, role: 'owner' } });
      const body = JSON.stringify([document]);
      const response = await call(people.anna, `/api/v1/groups/${other}/import`, { body, headers: LD });
      assert.ok(response.ok, await response.clone().text());
      const [back] = (await (await call(people.anna, `/api/v1/groups/${other}/annotations`)).json()).items;
      assert.notEqual(back.id, id);
      assert.deepEqual(
        [back.kind, back.passages.map(({ edition, exact }: Annotation) => [edition, exact])],
        [
          'link',
          [
            ['gheorghiu-2009', CLAMOR],
            ['second', 'unhealthy clamor'],
          ],
        ],
      );
    });

    it('names the field that is not right, and tells nothing of an edition that is closed', async () => {
      await db.edition.update({ where: { slug: 'closed' }, data: { access: 'groups' } });
      const [known, unknown] = [
        await post(two({ edition: 'closed' })),
        await post(two({ edition: 'never-was' })),
      ];
      assert.deepEqual([known.status, unknown.status], [422, 422]);
      assert.equal(await known.text(), await unknown.text());
      assert.deepEqual(await errors(await post(two({ edition: 'never-was' }))), ['/passages/1/section']);
      assert.deepEqual(await errors(await post({ ...two(), edition: 'second' })), ['/passages/0/edition']);
      const unnamed = { kind: 'link', body: 'x', passages: [{ section: 'doc1', start: 1, end: 2 }] };
      assert.deepEqual(await errors(await post(unnamed)), ['/edition']);
      await db.edition.update({ where: { slug: 'closed' }, data: { access: 'public' } });
    });

    it('is not there for whoever may not read one of its editions, with no word of it', async () => {
      const made: Annotation = await (await post(two({ edition: 'closed' }))).json();
      await db.edition.update({ where: { slug: 'closed' }, data: { access: 'groups' } });
      assert.equal((await call(people.boris, `/api/v1/annotations/${made.id}`)).status, 404);
      assert.deepEqual(await items(people.boris, 'edition=gheorghiu-2009'), []);
      const own: Annotation = await (await call(people.anna, `/api/v1/annotations/${made.id}`)).json();
      assert.deepEqual(
        own.passages.map(({ exact }) => exact),
        [null, null],
      );
      await db.edition.update({ where: { slug: 'closed' }, data: { access: 'public' } });
    });
  });

  describe('a highlight', () => {
    const passage = { edition: 'gheorghiu-2009', section: 'doc1', start: 948, end: 965 };

    it('needs no words, and is private unless it says otherwise', async () => {
      const made = await post({ ...passage, kind: 'highlight' });
      assert.equal(made.status, 201, await made.clone().text());
      const own: Annotation = await made.json();
      assert.deepEqual([own.kind, own.body, own.visibility, own.exact], ['highlight', '', 'private', CLAMOR]);
      assert.equal((await call(people.instructor, `/api/v1/annotations/${own.id}`)).status, 404);
      const shared: Annotation = await (
        await post({ ...passage, kind: 'highlight', visibility: 'group' })
      ).json();
      assert.equal(shared.visibility, 'group');
      const outline = await (
        await call(people.anna, path('outline?edition=gheorghiu-2009&section=doc1'))
      ).json();
      assert.deepEqual([outline.ids.length, outline.gone], [2, []], 'a mark without words is no tombstone');
    });

    it('is the only kind that goes without words', async () => {
      for (const body of [undefined, '', '  '])
        assert.deepEqual(await errors(await post({ ...passage, body })), ['/body']);
      const { id, version }: Annotation = await (await post({ ...passage, kind: 'highlight' })).json();
      const patch = (body: object) =>
        call(people.anna, `/api/v1/annotations/${id}`, {
          method: 'PATCH',
          body,
          headers: { 'if-match': `"${version}"` },
        });
      assert.equal((await patch({ kind: 'gloss' })).status, 422);
      assert.equal((await patch({ kind: 'gloss', body: 'Now with words.' })).status, 200);
    });

    it('is exported as highlighting, and comes back with its tags', async () => {
      await post({ ...passage, kind: 'highlight', visibility: 'group', tags: ['tone'] });
      const { items } = (await (await call(people.anna, path('export?format=jsonld'))).json()).first;
      assert.equal(items[0].motivation, 'highlighting');
      const other = await createSeminar({ anna: { somebody: people.anna, role: 'owner' } });
      await call(people.anna, `/api/v1/groups/${other}/import`, { body: JSON.stringify(items), headers: LD });
      const [back] = (await (await call(people.anna, `/api/v1/groups/${other}/annotations`)).json()).items;
      assert.deepEqual([back.kind, back.body, back.tags], ['highlight', '', ['tone']]);
    });

    it('opens no assignment and counts for none', async () => {
      const assignment = await (
        await call(people.instructor, path('assignments'), {
          body: {
            title: 'One',
            edition: 'gheorghiu-2009',
            sections: ['doc1'],
            mode: 'post-first',
            expected: { glosses: 1, replies: 0 },
          },
        })
      ).json();
      const inIt = { ...passage, assignment: assignment.id };
      const others = await (await post({ ...inIt, body: 'First.' }, people.boris)).json();
      const sees = async () => (await call(people.anna, `/api/v1/annotations/${others.id}`)).status;
      await post({ ...inIt, kind: 'highlight', visibility: 'group' });
      assert.equal(await sees(), 404);
      const overview = await (
        await call(people.instructor, path(`overview?assignment=${assignment.id}`))
      ).json();
      const anna = overview.items.find(
        ({ member }: { member: { id: string } }) => member.id === people.anna.id,
      );
      assert.equal(anna.glosses, 0);
      await post({ ...inIt, body: 'With words.' });
      assert.equal(await sees(), 200);
    });
  });

  describe('a variant and a source', () => {
    const on = { edition: 'gheorghiu-2009', section: 'doc1', start: 948, end: 965 };
    const citation = {
      text: 'Historical Yearbook VI, p. 125',
      address: 'https://example.org/yearbook?p=125',
    };
    const variant = { ...on, kind: 'variant', body: 'So in the copy.', reading: 'нездоровой шумихе' };
    const source = { ...on, kind: 'source', body: 'Here it was printed.', citation };
    const change = async (note: Annotation, body: object): Promise<Response> =>
      call(people.anna, `/api/v1/annotations/${note.id}`, {
        method: 'PATCH',
        body,
        headers: { 'if-match': `"${note.version}"` },
      });

    it('hold a reading and a citation with its address, and no other kind does', async () => {
      const made: Annotation = await (await post(variant)).json();
      assert.deepEqual([made.reading, made.citation], [variant.reading, null]);
      assert.deepEqual((await (await post(source)).json()).citation, citation);
      assert.deepEqual(await errors(await post({ ...variant, kind: 'gloss' })), ['/reading']);
      assert.deepEqual(await errors(await post({ ...source, kind: 'variant' })), ['/citation']);
      for (const address of ['javascript:alert(1)', 'example.org', 'https://a b'])
        assert.deepEqual(await errors(await post({ ...source, citation: { ...citation, address } })), [
          '/citation/address',
        ]);
      const changed: Annotation = await (await change(made, { reading: 'другое' })).json();
      assert.deepEqual([changed.reading, changed.edited === null], ['другое', false]);
      assert.deepEqual(await errors(await change(changed, { citation })), ['/citation']);
      const other: Annotation = await (await change(changed, { kind: 'source', citation })).json();
      assert.deepEqual([other.reading, other.citation], [null, citation]);
      const { items: versions } = await (
        await call(people.anna, `/api/v1/annotations/${made.id}/history`)
      ).json();
      assert.deepEqual(
        versions.map(({ reading }: Annotation) => reading),
        [variant.reading, 'другое', null],
      );
    });

    it('are exported with them, and come back', async () => {
      for (const body of [variant, source]) assert.equal((await post(body)).status, 201);
      const exported = async (format: string) =>
        (await call(people.instructor, path(`export?format=${format}`))).text();
      for (const format of ['csv', 'md', 'html', 'tei', 'ttl']) {
        const text = await exported(format);
        for (const words of [variant.reading, 'Historical Yearbook VI', 'https://example.org/yearbook'])
          assert.ok(text.includes(words), `${format}: ${words}`);
      }
      const file = await exported('jsonld');
      const before = slug;
      slug = await createSeminar({ instructor: { somebody: people.instructor, role: 'instructor' } });
      const body = file.replaceAll(`/groups/${before}/`, `/groups/${slug}/`);
      const report = await call(people.instructor, path('import'), { body, headers: LD });
      assert.equal(report.status, 201, await report.clone().text());
      const back = await items(people.instructor, '');
      assert.deepEqual(
        back.map(({ kind, body, reading, citation }) => ({ kind, body, reading, citation })),
        [
          { kind: 'variant', body: variant.body, reading: variant.reading, citation: null },
          { kind: 'source', body: source.body, reading: null, citation },
        ],
      );
      const [first] = JSON.parse(await exported('jsonld')).first.items;
      assert.deepEqual(
        first.body.map(({ purpose }: { purpose: string }) => purpose),
        ['commenting', 'editing'],
      );
    });

    it('tell nothing of them once they are tombstones', async () => {
      const note: Annotation = await (await post(variant)).json();
      await call(people.instructor, `/api/v1/annotations/${note.id}/moderation`, {
        body: { action: 'hide', reason: 'x', version: note.version },
      });
      const seen = await call(people.boris, `/api/v1/annotations/${note.id}`);
      assert.ok(!(await seen.text()).includes(variant.reading));
    });
  });

  describe('tags', () => {
    const tagsFor = async (who: TestUser) => (await (await call(who, path('tags'))).json()).items;
    const rename = (who: TestUser, from: string[], to: string) =>
      call(who, path('tags/rename'), { body: { from, to } });

    it('are offered by who sets the group up, in their order, and go into its copy', async () => {
      const offer = (who: TestUser, tagSet: string[]) =>
        call(who, `/api/v1/groups/${slug}`, { method: 'PATCH', body: { tagSet } });
      assert.equal((await offer(people.anna, ['tone'])).status, 403);
      assert.deepEqual(await errors(await offer(people.instructor, ['a\nb'])), ['/tagSet/0']);
      assert.equal((await offer(people.instructor, ['tone', 'law', 'tone'])).status, 200);
      await post({ section: 'doc1', edition: 'gheorghiu-2009', body: 'x', tags: ['own', 'law'] });
      assert.deepEqual(await tagsFor(people.boris), [
        { tag: 'tone', count: 0, offered: true },
        { tag: 'law', count: 1, offered: true },
        { tag: 'own', count: 1, offered: false },
      ]);
      const copy = await call(await atBrowser(people.instructor), path('copy'), { body: { name: 'Next' } });
      assert.deepEqual((await copy.json()).tagSet, ['tone', 'law']);
    });

    it('are renamed and made one by staff, in what staff sees, and the version before is kept', async () => {
      await call(people.instructor, `/api/v1/groups/${slug}`, {
        method: 'PATCH',
        body: { tagSet: ['Diplomacy', 'law'] },
      });
      const note = await postGloss(people.anna, slug, { tags: ['diplomacy', 'law', 'Diplomacy'] });
      const own = await postGloss(people.anna, slug, { tags: ['Diplomacy'], visibility: 'private' });
      assert.equal((await rename(people.anna, ['law'], 'x')).status, 403);
      assert.equal((await rename(people.outsider, ['law'], 'x')).status, 404);
      const done = await rename(people.instructor, ['Diplomacy', 'diplomats'], 'diplomacy');
      assert.deepEqual(await done.json(), { changed: 1 });
      const seen = async (id: string) => (await call(people.anna, `/api/v1/annotations/${id}`)).json();
      const changed = await seen(note.id);
      assert.deepEqual([changed.tags, changed.version, changed.edited], [['diplomacy', 'law'], 2, null]);
      assert.deepEqual((await seen(own.id)).tags, ['Diplomacy'], 'what is private is not staff’s');
      const { items: versions } = await (
        await call(people.anna, `/api/v1/annotations/${note.id}/history`)
      ).json();
      assert.deepEqual(versions[0].tags, ['diplomacy', 'law', 'Diplomacy']);
      assert.deepEqual(
        (await tagsFor(people.boris)).map(({ tag }: { tag: string }) => tag),
        ['diplomacy', 'law'],
      );
      const events = await db.event.findMany({ where: { annotationId: note.id }, orderBy: { seq: 'asc' } });
      assert.deepEqual(
        events.map(({ kind }) => kind),
        ['annotation.created', 'annotation.changed'],
      );
    });
  });

  describe('agreeing', () => {
    const agree = (who: TestUser, id: string, method = 'POST') =>
      call(who, `/api/v1/annotations/${id}/agree`, { method });
    const seenBy = async (who: TestUser, id: string): Promise<Annotation> =>
      (await call(who, `/api/v1/annotations/${id}`)).json();

    it('counts each person once, tells whether one did, and is taken back', async () => {
      const note = await postGloss(people.anna, slug, { kind: 'question' });
      for (const who of [people.boris, people.boris, people.instructor])
        assert.equal((await agree(who, note.id)).status, 200);
      const own = await seenBy(people.anna, note.id);
      assert.deepEqual([own.agreements, own.agreed, own.version], [2, false, note.version]);
      assert.equal((await seenBy(people.boris, note.id)).agreed, true);
      for (const _ of [1, 2]) assert.equal((await agree(people.boris, note.id, 'DELETE')).status, 200);
      assert.deepEqual(
        [(await seenBy(people.boris, note.id)).agreements, (await items(people.boris, ''))[0]?.agreements],
        [1, 1],
      );
    });

    it('is for those who see it and may write, and not for its author', async () => {
      const note = await postGloss(people.anna, slug);
      const hidden = await postGloss(people.anna, slug, { visibility: 'staff' });
      const cases: [TestUser, string, number][] = [
        [people.anna, note.id, 403],
        [people.reader, note.id, 403],
        [people.outsider, note.id, 404],
        [anonymous, note.id, 404],
        [people.boris, hidden.id, 404],
      ];
      for (const [who, id, status] of cases) {
        assert.equal((await agree(who, id)).status, status);
        assert.equal((await agree(who, id, 'DELETE')).status, status);
      }
      assert.ok(!(await seenBy(people.reader, note.id)).can.includes('agree'));
    });

    it('tells nothing of itself once the note is a tombstone', async () => {
      const note = await postGloss(people.anna, slug);
      await agree(people.instructor, note.id);
      await call(people.instructor, `/api/v1/annotations/${note.id}/moderation`, {
        body: { action: 'hide', reason: 'x', version: note.version },
      });
      const seen = await seenBy(people.boris, note.id);
      assert.deepEqual([seen.state, seen.agreements], ['hidden', 0]);
    });
  });

  it('a question that is marked as answered waits for nobody, and does again when it is reopened', async () => {
    const note = await postGloss(people.anna, slug, { kind: 'question' });
    const waits = async () => (await items(people.boris, 'unanswered=1')).some(({ id }) => id === note.id);
    const act = async (who: TestUser, action: string) =>
      (await call(who, `/api/v1/annotations/${note.id}/moderation`, { body: { action, reason: '' } })).status;
    assert.equal(await waits(), true);
    assert.equal(await act(people.boris, 'resolve'), 403, 'the asker and staff alone say so');
    assert.equal(await act(people.anna, 'resolve'), 200);
    assert.equal(await waits(), false);
    assert.equal(await act(people.instructor, 'reopen'), 200);
    assert.equal(await waits(), true);
  });
});

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { before, describe, it } from 'node:test';
import type { Annotation } from '@/lib/annotation/schema';
import { db } from '@/lib/db';
import { operator } from '@/lib/identity';
import { unzip } from '@/lib/kernel/unzip';
import { publishDraft, uploadDraft } from '@/lib/publication';
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

describe('a notebook', () => {
  const people = {} as Record<'anna' | 'boris', TestUser>;
  let [first, second, other] = ['', '', ''];
  const written: Annotation[] = [];

  before(async () => {
    await freshDatabase();
    await publishSampleEdition();
    const source = await readFile('seed/gheorghiu-2009.xml', 'utf8');
    await publishDraft(
      operator,
      (await uploadDraft(operator, source.replace('xml:id="gheorghiu-2009"', 'xml:id="closed"'))).slug,
    );
    for (const name of ['anna', 'boris'] as const) people[name] = await createUserWithToken(name);
    const anna = { somebody: people.anna, role: 'student' as const };
    const boris = { somebody: people.boris, role: 'student' as const };
    [first, second] = [await createSeminar({ anna, boris }), await createSeminar({ anna, boris })];
    other = await createSeminar({ boris });
    written.push(await postGloss(people.anna, first, { body: 'Alpha of the first.', tags: ['tone'] }));
    written.push(
      await postGloss(people.anna, second, { body: 'Beta, for me alone.', visibility: 'private' }),
    );
    const foreign = await postGloss(people.boris, second, { body: 'Gamma of another.', kind: 'question' });
    written.push(await postReply(people.anna, foreign.id, { body: 'Delta, an answer.' }));
  });

  const list = async (query = '', who = people.anna): Promise<{ items: Annotation[]; next: string | null }> =>
    (await call(who, `/api/v1/me/annotations${query}`)).json();
  const bodies = async (query = '') => (await list(query)).items.map(({ body }) => body);
  const exported = async (query: string) => call(people.anna, `/api/v1/me/annotations/export?${query}`);

  it('has what one wrote in all groups, newest first, and nothing of others', async () => {
    assert.deepEqual(await bodies(), ['Delta, an answer.', 'Beta, for me alone.', 'Alpha of the first.']);
    assert.equal((await call(anonymous, '/api/v1/me/annotations')).status, 401);
  });

  it('is searched, filtered and paged', async () => {
    assert.deepEqual(await bodies('?q=beta'), ['Beta, for me alone.']);
    assert.deepEqual(await bodies(`?group=${first}`), ['Alpha of the first.']);
    assert.deepEqual(await bodies('?tag=tone'), ['Alpha of the first.']);
    assert.deepEqual(await bodies('?kind=question'), []);
    assert.equal((await call(people.anna, `/api/v1/me/annotations?group=${other}`)).status, 404);
    const page = await list('?limit=2');
    assert.deepEqual([page.items.length, page.next], [2, page.items[1]?.id]);
    assert.deepEqual(await bodies(`?limit=2&cursor=${page.next}`), ['Alpha of the first.']);
  });

  it('keeps what one wrote in a group that one has left', async () => {
    const leaver = await createUserWithToken('leaver');
    const { id: groupId } = await db.group.findUniqueOrThrow({ where: { slug: first } });
    await db.member.create({ data: { groupId, userId: leaver.id, role: 'student' } });
    await postGloss(leaver, first, { body: 'Before I left.' });
    await call(leaver, `/api/v1/groups/${first}/members/${leaver.id}`, { method: 'DELETE' });
    assert.deepEqual(
      (await list('', leaver)).items.map(({ body }) => body),
      ['Before I left.'],
    );
    assert.deepEqual((await list(`?group=${first}`, leaver)).items.length, 1);
  });

  it('is taken away as Markdown, HTML and Word, with passages and references', async () => {
    const chosen = `ids=${written[0]?.id},${written[2]?.id}`;
    const markdown = await (await exported(`format=md&${chosen}`)).text();
    assert.match(markdown, /^# Notes of anna/);
    assert.match(markdown, /«нездоровой шумихи»/);
    assert.match(markdown, /Alpha of the first\.[\s\S]*\/annotations\/[0-9a-f-]{36}/);
    assert.match(markdown, /Delta, an answer/);
    assert.doesNotMatch(markdown, /Beta|Gamma/);
    const html = await (await exported(`format=html&${chosen}`)).text();
    assert.match(html, /Alpha of the first/);
    assert.ok(html.endsWith('</html>\n'));
    const docx = await exported('format=docx');
    assert.match(docx.headers.get('content-disposition') ?? '', /notebook\.docx/);
    const files = await unzip(Buffer.from(await docx.arrayBuffer()));
    const document = files.get('word/document.xml');
    assert.match(Buffer.from(document ?? []).toString(), /Beta, for me alone/);
  });

  it('gives nobody the notes of others, whatever ids they name', async () => {
    const foreign = await postGloss(people.boris, first, { body: 'Not hers.' });
    const markdown = await (await exported(`format=md&ids=${foreign.id}`)).text();
    assert.doesNotMatch(markdown, /Not hers/);
    assert.equal((await exported('ids=nonsense')).status, 422);
  });

  describe('copies a note', () => {
    const copy = (id: string, group: string, who = people.anna, more = {}) =>
      call(who, `/api/v1/annotations/${id}/copy`, { body: { group, ...more } });

    it('into another group, on the same passage, without its answers', async () => {
      const note = await postGloss(people.anna, first, { kind: 'variant', tags: ['x'], body: 'Copied.' });
      await postReply(people.boris, note.id);
      const made = await copy(note.id, second);
      assert.equal(made.status, 201, await made.clone().text());
      const copied: Annotation = await made.json();
      assert.deepEqual(
        [copied.group, copied.start, copied.exact, copied.kind, copied.tags, copied.body, copied.replies],
        [second, note.start, note.exact, 'variant', ['x'], 'Copied.', 0],
      );
      assert.notEqual(copied.id, note.id);
    });

    it('of one’s own alone, into a group of one’s own, where its text is read', async () => {
      const note = await postGloss(people.anna, first);
      assert.equal((await copy(note.id, second, people.boris)).status, 403);
      assert.equal((await copy(note.id, other)).status, 404);
      const reply = written[2]?.id ?? '';
      assert.equal((await copy(reply, first)).status, 409);
      const { id: groupId } = await db.group.findUniqueOrThrow({ where: { slug: first } });
      await db.readingListItem.create({ data: { groupId, position: 9, edition: 'closed' } });
      await db.edition.update({ where: { slug: 'closed' }, data: { access: 'groups' } });
      const closed = await postGloss(people.anna, first, { edition: 'closed' });
      const refused = await copy(closed.id, second);
      assert.equal(refused.status, 422);
      assert.equal((await refused.json()).errors[0].pointer, '/group');
    });
  });
});

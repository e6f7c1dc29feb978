import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { before, describe, it } from 'node:test';
import type { Annotation } from '@/lib/annotation/schema';
import { db } from '@/lib/db';
import { getSection } from '@/lib/edition';
import { anonymous as anybody } from '@/lib/identity/schema';
import { ROLES } from '@/lib/policy';
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

const slug = 'gheorghiu-2009';
const CHANGED = 'Уважаемые товарищи!';
const GONE = 'Вместе с тем, учитывая, что';

describe('correcting an edition through the API', () => {
  const people: Record<string, TestUser> = {};
  let admin: TestUser;
  let group = '';
  let source = '';
  const made: Record<string, Annotation> = {};

  const quoted = (who: TestUser, exact: string, more = {}) =>
    postGloss(who, group, { start: undefined, end: undefined, quote: { exact }, ...more });
  const person = (role: string) => people[role] as TestUser;
  const settle = (who: TestUser, id: string, body: unknown) =>
    call(who, `/api/v1/annotations/${id}/anchor`, { body });
  const put = (who: TestUser, text: string, type = 'application/tei+xml') =>
    call(who, `/api/v1/editions/${slug}/draft`, {
      method: 'PUT',
      body: text,
      headers: { 'content-type': type },
    });
  const publish = async (change: (text: string) => string) => {
    source = change(source);
    assert.equal((await put(admin, source)).status, 200);
    const answer = await call(admin, `/api/v1/editions/${slug}/publication`, { body: {} });
    assert.equal(answer.status, 200);
  };
  const waiting = async (who: TestUser): Promise<[string, string | null][]> => {
    const answer = await call(who, `/api/v1/groups/${group}/anchors`);
    assert.equal(answer.status, 200);
    const { items } = (await answer.json()) as { items: { annotation: Annotation; now: string | null }[] };
    return items.map(({ annotation, now }) => [annotation.id, now]);
  };

  before(async () => {
    await freshDatabase();
    await publishSampleEdition();
    for (const role of [...ROLES, 'author']) people[role] = await createUserWithToken(role);
    admin = await createUserWithToken('admin');
    await db.user.update({ where: { id: admin.id }, data: { admin: true } });
    group = await createSeminar({
      ...Object.fromEntries(ROLES.map((role) => [role, { somebody: person(role), role }])),
      author: { somebody: person('author'), role: 'student' },
    });
    source = await readFile('seed/gheorghiu-2009.xml', 'utf8');
    made.fuzzy = await quoted(person('author'), CHANGED);
    made.lost = await quoted(person('author'), GONE);
    made.private = await quoted(person('author'), GONE, { visibility: 'private' });
    made.exact = await postGloss(person('author'), group, { start: 0, end: 10 });
  });

  it('takes a draft in, from administrators only, and says what is wrong with a file', async () => {
    const next = source
      .replace('Уважаемые товарищи', 'Уважаемые друзья и товарищи')
      .replace('Вместе с тем, учитывая, что', '');
    assert.equal((await put(anonymous, next)).status, 401);
    assert.equal((await put(person('owner'), next)).status, 403);
    assert.equal((await put(admin, next, 'application/json')).status, 415);
    const broken = await put(admin, next.replace('</body>', ''));
    assert.equal(broken.status, 422);
    assert.match(JSON.stringify(await broken.json()), /\d+:\d+/);
    assert.equal((await call(admin, `/api/v1/editions/${slug}/draft`)).status, 404);
    assert.equal((await put(admin, next.replace(`xml:id="${slug}"`, 'xml:id="other"'))).status, 409);
    const taken = await put(admin, next);
    const { report, ...draft } = await taken.json();
    assert.equal(report.sameSequence, true);
    assert.deepEqual(draft, { slug, revision: 2, sections: 12, unchanged: false, format: 'tei' });
    assert.equal((await getSection(anybody, slug, 'doc1')).revision, 1);
  });

  it('rehearses and publishes, for administrators only, the draft that was looked at', async () => {
    const path = `/api/v1/editions/${slug}`;
    assert.equal((await call(anonymous, `${path}/draft`)).status, 401);
    assert.equal((await call(person('owner'), `${path}/draft`)).status, 403);
    assert.equal((await call(admin, '/api/v1/editions/none/draft')).status, 404);
    const rehearsal = await (await call(admin, `${path}/draft`)).json();
    const [section] = rehearsal.sections;
    assert.deepEqual([section.fuzzy, section.orphaned, section.exact, section.hidden], [1, 2, 1, 1]);
    const publish = (who: TestUser, body: unknown) => call(who, `${path}/publication`, { body });
    assert.equal((await publish(person('owner'), {})).status, 403);
    assert.equal((await publish(admin, { sha256: 'another' })).status, 409);
    assert.equal((await publish(admin, { hash: '' })).status, 422);
    const published = await publish(admin, { sha256: rehearsal.sha256 });
    assert.equal(published.status, 200);
    const counts = { section: 'doc1', exact: 1, moved: 0, fuzzy: 1, orphaned: 2 };
    assert.deepEqual(await published.json(), { slug, revision: 2, sections: [counts] });
    assert.equal((await publish(admin, {})).status, 409);
    assert.equal((await call(anonymous, `${path}/sections/doc1?revision=3`)).status, 404);
  });

  it('lists what waits for its author and for staff, with the text that stands there now', async () => {
    const shared: [string, string | null][] = [
      [made.fuzzy!.id, 'Уважаемые друзья и товарищи!'],
      [made.lost!.id, null],
    ];
    for (const role of ROLES) {
      const staff = ['owner', 'instructor', 'assistant'].includes(role);
      assert.deepEqual(await waiting(person(role)), staff ? shared : [], role);
    }
    assert.deepEqual(await waiting(person('author')), [...shared, [made.private!.id, null]]);
    assert.equal((await call(anonymous, `/api/v1/groups/${group}/anchors`)).status, 404);
    assert.equal(
      (await call(await createUserWithToken('stranger'), `/api/v1/groups/${group}/anchors`)).status,
      404,
    );
  });

  it('lets each role do what its list and its abilities say, on every note', async () => {
    for (const role of [...ROLES, 'author']) {
      const listed = (await waiting(person(role))).map(([id]) => id);
      for (const [name, { id }] of Object.entries(made)) {
        const seen = await call(person(role), `/api/v1/annotations/${id}`);
        const can: string[] = seen.status === 200 ? ((await seen.json()) as Annotation).can : [];
        assert.equal(can.includes('reanchor'), listed.includes(id), `${role} ${name}`);
        // A stale version tells who may from who may not, and changes nothing.
        const wrong = name === 'fuzzy' ? 'leave' : 'confirm';
        const { status } = await settle(person(role), id, { action: wrong });
        const expected = listed.includes(id) ? 409 : seen.status === 404 ? 404 : 403;
        assert.equal(status, expected, `${role} ${name}`);
      }
    }
    assert.equal((await settle(anonymous, made.fuzzy!.id, { action: 'confirm' })).status, 404);
    assert.equal((await settle(person('author'), 'none', { action: 'confirm' })).status, 404);
  });

  it('refuses a stale version and what is no passage', async () => {
    const author = person('author');
    const { id } = made.lost!;
    assert.equal((await settle(author, id, { action: 'leave', version: 7 })).status, 409);
    assert.equal((await settle(author, id, { action: 'move', start: 0, end: 5, revision: 1 })).status, 409);
    for (const body of [
      { action: 'move', start: 5, end: 5 },
      { action: 'move', start: 5, end: 1_000_000 },
      { action: 'move' },
      { action: 'guess' },
    ]) {
      assert.equal((await settle(author, id, body)).status, 422, JSON.stringify(body));
    }
  });

  it('confirms, leaves and moves, keeps the earlier passage, and writes it down', async () => {
    const author = person('author');
    const confirmed = await (await settle(author, made.fuzzy!.id, { action: 'confirm', version: 1 })).json();
    assert.deepEqual(
      [confirmed.anchor, confirmed.exact, confirmed.version, confirmed.anchorRevision],
      ['fuzzy', CHANGED, 2, 2],
    );
    assert.equal((await settle(person('assistant'), made.lost!.id, { action: 'leave' })).status, 200);
    assert.deepEqual(await waiting(person('owner')), []);

    const reply = await postReply(person('student'), made.lost!.id);
    assert.equal((await settle(person('owner'), reply.id, { action: 'leave' })).status, 403);
    const { text } = await getSection(anybody, slug, 'doc1');
    const start = [...text.slice(0, text.indexOf('нездоровой'))].length;
    const moved = await (
      await settle(author, made.lost!.id, { action: 'move', start, end: start + 10, version: 2 })
    ).json();
    assert.deepEqual(
      [moved.anchor, moved.exact, moved.revision, moved.start, moved.written],
      ['exact', 'нездоровой', 2, start, { revision: 2, start, end: start + 10 }],
    );
    const { items } = await (await call(author, `/api/v1/annotations/${moved.id}/history`)).json();
    assert.deepEqual(
      items.map(({ passages: [passage] }: { passages: { exact: string; anchor: string }[] }) =>
        passage ? [passage.exact, passage.anchor] : null,
      ),
      [[GONE, 'orphaned'], null],
    );
    const events = await db.event.count({ where: { kind: 'annotation.reanchored' } });
    assert.equal(events, 3);
  });

  it('takes the last decision back, step by step, for whoever may decide', async () => {
    const author = person('author');
    const [lost, fuzzy] = [made.lost!.id, made.fuzzy!.id];
    const undo = (who: TestUser, id: string, more = {}) => settle(who, id, { action: 'undo', ...more });
    const stands = async (answer: Response) => {
      assert.equal(answer.status, 200);
      const [passage] = ((await answer.json()) as Annotation).passages;
      return [passage!.anchor, passage!.exact, passage!.start !== null, passage!.settled];
    };
    assert.equal((await undo(person('student'), lost)).status, 403);
    assert.equal((await undo(anonymous, lost)).status, 404);
    assert.equal((await undo(author, lost, { version: 2 })).status, 409);
    assert.equal((await undo(author, lost, { passage: 1 })).status, 422);
    assert.equal((await undo(author, made.exact!.id)).status, 409);

    // It was moved after it had been left so.
    assert.deepEqual(await stands(await undo(author, lost, { version: 3 })), ['orphaned', GONE, false, true]);
    assert.deepEqual(await stands(await undo(author, lost)), ['orphaned', GONE, false, false]);
    assert.deepEqual(await stands(await undo(person('instructor'), fuzzy)), ['fuzzy', CHANGED, true, false]);
    assert.deepEqual(
      (await waiting(person('owner'))).map(([id]) => id),
      [fuzzy, lost],
    );
    assert.equal((await undo(author, fuzzy)).status, 409);

    await settle(author, fuzzy, { action: 'confirm' });
    const moved = await settle(author, lost, { action: 'move', start: 100, end: 110 });
    const { version, tags } = (await moved.json()) as Annotation;
    await call(author, `/api/v1/annotations/${lost}`, {
      method: 'PATCH',
      body: { tags: [...tags, 'since'] },
      headers: { 'If-Match': `"${version}"` },
    });
    assert.equal((await undo(author, lost)).status, 409);
  });

  it('lets it wait again only where a publication changes the words or the state', async () => {
    source = source
      .replace('Уважаемые товарищи', 'Уважаемые друзья и товарищи')
      .replace('Вместе с тем, учитывая, что', '');
    await publish((text) => text.replace('DOCUMENT I<', 'DOCUMENT ONE<'));
    assert.ok(!(await waiting(person('owner'))).some(([id]) => id === made.fuzzy!.id));
    await publish((text) => text.replace('Уважаемые друзья и товарищи', 'Уважаемые наши товарищи'));
    const again = (await waiting(person('owner'))).find(([id]) => id === made.fuzzy!.id);
    assert.deepEqual(again, [made.fuzzy!.id, 'Уважаемые наши товарищи!']);
    await publish((text) => text.replace('Уважаемые наши товарищи', 'Уважаемые товарищи'));
    assert.ok(!(await waiting(person('author'))).some(([id]) => id === made.fuzzy!.id));
  });

  it('takes no move back that a publication has followed since', async () => {
    const id = made.private!.id;
    const author = person('author');
    assert.equal((await settle(author, id, { action: 'move', start: 200, end: 210 })).status, 200);
    await publish((text) => text.replace('DOCUMENT ONE<', 'DOCUMENT I<'));
    assert.equal((await settle(author, id, { action: 'undo' })).status, 409);
  });
});

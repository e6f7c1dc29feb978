import assert from 'node:assert/strict';
import { before, beforeEach, describe, it } from 'node:test';
import type { Assignment, StudentProgress } from '@/lib/assignment/schema';
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

const HOUR = 3_600_000;
const ago = (hours: number) => new Date(Date.now() - hours * HOUR).toISOString();
const ahead = (hours: number) => new Date(Date.now() + hours * HOUR).toISOString();

describe('an assignment', () => {
  const people = {} as Record<'owner' | 'assistant' | 'anna' | 'boris' | 'reader' | 'outsider', TestUser>;
  let slug = '';

  before(async () => {
    await freshDatabase();
    await publishSampleEdition();
    for (const name of ['owner', 'assistant', 'anna', 'boris', 'reader', 'outsider'] as const)
      people[name] = await createUserWithToken(name);
  });

  beforeEach(async () => {
    slug = await createSeminar({
      owner: { somebody: people.owner, role: 'owner' },
      assistant: { somebody: people.assistant, role: 'assistant' },
      anna: { somebody: people.anna, role: 'student' },
      boris: { somebody: people.boris, role: 'student' },
      reader: { somebody: people.reader, role: 'reader' },
    });
  });

  const path = (rest = '') => `/api/v1/groups/${slug}/assignments${rest}`;

  async function make(fields: Record<string, unknown> = {}): Promise<Assignment> {
    const body = { title: 'Document I', edition: 'gheorghiu-2009', sections: ['doc1'], ...fields };
    const response = await call(people.owner, path(), { body });
    assert.equal(response.status, 201, await response.clone().text());
    return (await response.json()) as Assignment;
  }
  async function change(id: string, body: Record<string, unknown>): Promise<Response> {
    return call(people.owner, path(`/${id}`), { method: 'PATCH', body });
  }
  async function seenBy(user: TestUser, id: string): Promise<Assignment> {
    return (await (await call(user, path(`/${id}`))).json()) as Assignment;
  }
  async function idsFor(user: TestUser): Promise<string[]> {
    const { items } = await (await call(user, `/api/v1/groups/${slug}/annotations`)).json();
    return items.map(({ id }: { id: string }) => id);
  }
  async function statusOf(user: TestUser, assignment: string): Promise<number> {
    const body = { edition: 'gheorghiu-2009', section: 'doc1', start: 0, end: 5, body: 'x', assignment };
    return (await call(user, `/api/v1/groups/${slug}/annotations`, { body })).status;
  }

  it('is made and changed by staff alone, and seen by every member', async () => {
    const made = await make({ instructions: '*Gloss* two words.', expected: { glosses: 2, replies: 1 } });
    assert.match(made.html, /<em>Gloss<\/em>/);
    assert.deepEqual(made.expected, { glosses: 2, replies: 1 });
    for (const user of [people.owner, people.assistant, people.anna, people.reader])
      assert.equal((await seenBy(user, made.id)).title, 'Document I');
    for (const user of [people.outsider, anonymous]) {
      assert.equal((await call(user, path())).status, 404);
      assert.equal((await call(user, path(`/${made.id}`))).status, 404);
    }
    for (const user of [people.anna, people.reader]) {
      const body = { title: 'Mine', edition: 'gheorghiu-2009' };
      assert.equal((await call(user, path(), { body })).status, 403);
      assert.equal((await call(user, path(`/${made.id}`), { method: 'PATCH', body: {} })).status, 403);
    }
    assert.equal(
      (await call(people.assistant, path(`/${made.id}`), { method: 'PATCH', body: {} })).status,
      200,
    );
    assert.equal((await (await change(made.id, { title: 'Letter I' })).json()).title, 'Letter I');
  });

  it('names the field that is wrong', async () => {
    const wrong = async (fields: Record<string, unknown>) => {
      const body = { title: 'T', edition: 'gheorghiu-2009', ...fields };
      const response = await call(people.owner, path(), { body });
      assert.equal(response.status, 422);
      return (await response.json()).errors.map(({ pointer }: { pointer: string }) => pointer);
    };
    assert.deepEqual(await wrong({ title: ' ' }), ['/title']);
    assert.deepEqual(await wrong({ title: 'a\nb' }), ['/title']);
    assert.deepEqual(await wrong({ edition: 'nowhere' }), ['/edition']);
    assert.deepEqual(await wrong({ sections: ['doc1', 'doc9'] }), ['/sections/1']);
    assert.deepEqual(await wrong({ mode: 'secret' }), ['/mode']);
    assert.deepEqual(await wrong({ due: 'tomorrow' }), ['/due']);
    assert.deepEqual(await wrong({ expected: { glosses: -1 } }), ['/expected/glosses']);
  });

  it('takes glosses on its sections and their footnotes', async () => {
    const { id } = await make({ sections: ['article'] });
    const { notes } = await (
      await call(people.anna, '/api/v1/editions/gheorghiu-2009/sections/article')
    ).json();
    const note = { section: notes[0].id, start: 0, end: 3, assignment: id };
    assert.equal((await postGloss(people.anna, slug, note)).assignment, id);
    assert.equal(await statusOf(people.anna, id), 422);
  });

  it('does not take a student’s words before it opens, and nobody’s once it has closed', async () => {
    const { id } = await make({ opens: ahead(1) });
    assert.equal(await statusOf(people.anna, id), 409);
    assert.equal(await statusOf(people.owner, id), 201);
    await change(id, { opens: ago(1) });
    const gloss = await postGloss(people.anna, slug, { assignment: id });
    for (const closing of [{ closed: true }, { closed: false, closes: ago(1) }]) {
      assert.equal((await (await change(id, closing)).json()).closed, true);
      for (const user of [people.anna, people.owner]) {
        assert.equal(await statusOf(user, id), 409);
        const reply = { body: { body: 'x' } };
        assert.equal((await call(user, `/api/v1/annotations/${gloss.id}/replies`, reply)).status, 409);
      }
      const edit = { method: 'PATCH', body: { body: 'y' }, headers: { 'If-Match': `"${gloss.version}"` } };
      assert.equal((await call(people.anna, `/api/v1/annotations/${gloss.id}`, edit)).status, 409);
      const ld = await call(people.anna, `/groups/${slug}/annotations/${gloss.id}`, {
        headers: { accept: 'application/ld+json' },
      });
      const put = await call(people.anna, `/groups/${slug}/annotations/${gloss.id}`, {
        method: 'PUT',
        body: await ld.text(),
        headers: { 'If-Match': ld.headers.get('etag') ?? '', 'content-type': 'application/ld+json' },
      });
      assert.equal(put.status, 409);
      assert.deepEqual(await idsFor(people.boris), await idsFor(people.owner));
    }
    assert.equal((await (await change(id, { closed: false })).json()).closed, false);
    assert.equal(await statusOf(people.anna, id), 201);
  });

  it('shows the others once one’s own gloss is published, for good', async () => {
    const { id } = await make({ mode: 'post-first', premoderated: true });
    const first = await postGloss(people.owner, slug, { assignment: id });
    assert.deepEqual(await idsFor(people.anna), []);
    await postGloss(people.anna, slug, { assignment: id, visibility: 'private' });
    await postGloss(people.anna, slug, { assignment: id, visibility: 'staff' });
    const held = await postGloss(people.anna, slug, { assignment: id });
    assert.equal(held.state, 'pending');
    assert.equal((await idsFor(people.anna)).includes(first.id), false);
    assert.equal((await seenBy(people.anna, id)).mine?.sees, false);
    const approve = { body: { action: 'approve' } };
    await call(people.assistant, `/api/v1/annotations/${held.id}/moderation`, approve);
    assert.equal((await idsFor(people.anna)).includes(first.id), true);
    assert.equal((await seenBy(people.anna, id)).mine?.sees, true);
    const { version } = await (await call(people.anna, `/api/v1/annotations/${held.id}`)).json();
    const headers = { 'If-Match': `"${version}"` };
    const deletion = await call(people.anna, `/api/v1/annotations/${held.id}`, { method: 'DELETE', headers });
    assert.ok(deletion.ok);
    assert.equal((await idsFor(people.anna)).includes(first.id), true);
    assert.equal((await idsFor(people.boris)).includes(first.id), false);
  });

  it('holds back once more what was edited, or kept private first, where it is premoderated', async () => {
    const { id } = await make({ premoderated: true });
    const own = await postGloss(people.anna, slug, { assignment: id, visibility: 'private' });
    assert.equal(own.state, 'published');
    const patch = async (version: number, body: Record<string, unknown>) =>
      (
        await call(people.anna, `/api/v1/annotations/${own.id}`, {
          method: 'PATCH',
          body,
          headers: { 'If-Match': `"${version}"` },
        })
      ).json();
    const shown = await patch(own.version, { visibility: 'group' });
    assert.equal(shown.state, 'pending');
    const approval = { body: { action: 'approve' } };
    const approved = await (
      await call(people.owner, `/api/v1/annotations/${own.id}/moderation`, approval)
    ).json();
    assert.equal(approved.state, 'published');
    assert.equal((await patch(approved.version, { body: 'Otherwise.' })).state, 'pending');
  });

  it('does not show what was written for oneself by another mode', async () => {
    const { id } = await make({ mode: 'private' });
    await postGloss(people.anna, slug, { assignment: id });
    assert.deepEqual(await idsFor(people.owner), []);
    assert.equal((await change(id, { mode: 'open' })).status, 409);
    assert.equal((await change(id, { title: 'Still private' })).status, 200);
  });

  describe('its dates', () => {
    it('are one’s own after an extension, which is for staff and that person', async () => {
      const due = ago(2);
      const { id } = await make({ due, repliesDue: due });
      const dates = { due: ahead(24), repliesDue: null };
      const extension = (user: TestUser, member: string) =>
        call(user, path(`/${id}/extensions/${member}`), { method: 'PUT', body: dates });
      assert.equal((await extension(people.anna, people.anna.id)).status, 403);
      assert.equal((await extension(people.owner, people.outsider.id)).status, 404);
      assert.equal((await extension(people.assistant, people.anna.id)).status, 200);
      const own = await seenBy(people.anna, id);
      assert.deepEqual([own.due, own.repliesDue, own.extended], [dates.due, due, true]);
      const others = await seenBy(people.boris, id);
      assert.deepEqual([others.due, others.extended], [due, false]);
      assert.doesNotMatch(JSON.stringify(others), new RegExp(dates.due));
      const inTime = await postGloss(people.anna, slug, { assignment: id });
      const tooLate = await postGloss(people.boris, slug, { assignment: id });
      const lateReply = await postReply(people.anna, tooLate.id);
      assert.deepEqual([inTime.late, tooLate.late, lateReply.late], [false, true, true]);
      const lateTo = async (user: TestUser) =>
        (await (await call(user, `/api/v1/annotations/${tooLate.id}`)).json()).late;
      assert.deepEqual([await lateTo(people.owner), await lateTo(people.anna)], [true, false]);
    });

    it('are asked for by a student, and the answer ends the request', async () => {
      const { id } = await make({ due: ahead(1) });
      const body = { reason: 'I was ill.' };
      const asked = await call(people.anna, path(`/${id}/extension-request`), { method: 'PUT', body });
      assert.equal((await asked.json()).mine.request, 'I was ill.');
      const request = async () => {
        const overview = `/api/v1/groups/${slug}/overview?assignment=${id}`;
        const { items } = await (await call(people.owner, overview)).json();
        return (items as StudentProgress[]).find(({ member }) => member.id === people.anna.id)?.request;
      };
      assert.equal(await request(), 'I was ill.');
      await call(people.owner, path(`/${id}/extensions/${people.anna.id}`), {
        method: 'PUT',
        body: { due: ahead(48) },
      });
      assert.equal(await request(), null);
    });
  });

  describe('the overview', () => {
    const overview = async (user: TestUser, query = '') => {
      const response = await call(user, `/api/v1/groups/${slug}/overview${query}`);
      assert.equal(response.status, 200, await response.clone().text());
      return ((await response.json()) as { items: StudentProgress[] }).items;
    };

    it('counts what is published and shared, replies to oneself too', async () => {
      const { id } = await make({ expected: { glosses: 2, replies: 1 }, due: ago(1) });
      const gloss = await postGloss(people.anna, slug, { assignment: id });
      await postGloss(people.anna, slug, { assignment: id, visibility: 'private' });
      await postGloss(people.anna, slug, { assignment: id, visibility: 'staff' });
      const hidden = await postGloss(people.anna, slug, { assignment: id });
      const hide = { body: { action: 'hide', reason: 'Off topic.' } };
      await call(people.owner, `/api/v1/annotations/${hidden.id}/moderation`, hide);
      await postReply(people.anna, gloss.id);
      await call(people.anna, path(`/${id}/done`), { method: 'PUT' });
      const [anna, boris] = await overview(people.assistant, `?assignment=${id}`);
      assert.deepEqual(anna?.member, { id: people.anna.id, name: 'anna' });
      assert.deepEqual([anna?.glosses, anna?.replies, anna?.late, anna?.done], [2, 1, 2, true]);
      assert.deepEqual(anna?.expected, { glosses: 2, replies: 1 });
      assert.ok(anna?.last);
      assert.deepEqual([boris?.glosses, boris?.done, boris?.last], [0, false, null]);
      const { mine } = await seenBy(people.anna, id);
      assert.deepEqual([mine?.glosses, mine?.replies, mine?.late], [2, 1, 2]);
    });

    it('is of the whole group without an assignment, and for staff alone', async () => {
      const { id } = await make();
      await postGloss(people.anna, slug, { assignment: id });
      await postGloss(people.anna, slug);
      assert.equal((await overview(people.owner))[0]?.glosses, 2);
      assert.equal((await overview(people.owner))[0]?.owes, false);
      // What was written elsewhere is not written there.
      await make({ expected: { glosses: 1, replies: 0 } });
      const [anna] = await overview(people.owner);
      assert.deepEqual([anna?.glosses, anna?.expected.glosses, anna?.owes], [2, 1, true]);
      for (const [user, status] of [
        [people.anna, 403],
        [people.reader, 403],
        [people.outsider, 404],
        [anonymous, 404],
      ] as const) {
        assert.equal((await call(user, `/api/v1/groups/${slug}/overview`)).status, status);
        assert.equal((await call(user, `/api/v1/groups/${slug}/gradebook.csv`)).status, status);
      }
    });

    it('tells staff nothing of a private assignment', async () => {
      const { id } = await make({ mode: 'private' });
      await postGloss(people.anna, slug, { assignment: id });
      const [anna] = await overview(people.owner, `?assignment=${id}`);
      assert.deepEqual([anna?.glosses, anna?.last], [0, null]);
      assert.equal((await seenBy(people.anna, id)).mine?.glosses, 1);
    });
  });

  it('is a part of the gradebook, which no spreadsheet takes for formulas', async () => {
    const { id } = await make({ title: '=Letter "I"' });
    await postGloss(people.anna, slug, { assignment: id });
    const body = { grade: '=1+1', comment: 'Well read.' };
    const grades = path(`/${id}/grades/${people.anna.id}`);
    assert.equal((await call(people.anna, grades, { method: 'PUT', body })).status, 403);
    assert.equal((await call(people.assistant, grades, { method: 'PUT', body })).status, 200);
    const csv = await (await call(people.owner, `/api/v1/groups/${slug}/gradebook.csv`)).text();
    const [head, anna, boris] = csv.split('\r\n');
    const columns = ['glosses', 'replies', 'late', 'grade'].map((name) => `"'=Letter ""I"": ${name}"`);
    assert.equal(head, ['email', 'name', ...columns].join(','));
    assert.equal(anna, `${people.anna.email},anna,1,0,0,'=1+1`);
    assert.equal(boris, `${people.boris.email},boris,0,0,0,`);
    assert.equal((await seenBy(people.anna, id)).mine?.comment, 'Well read.');
    assert.equal((await seenBy(people.boris, id)).mine?.comment, '');
  });

  it('is seen by staff as by a student who has written nothing, where their browser asks for that, and only read', async () => {
    const { id } = await make({ mode: 'post-first' });
    const gloss = await postGloss(people.anna, slug, { assignment: id });
    const open = await postGloss(people.anna, slug);
    const { session } = await atBrowser(people.owner);
    const look = (seen: string, path: string, more: object = {}) =>
      call(anonymous, path, {
        headers: { cookie: `next-auth.session-token=${session}; see-as-student=${seen}` },
        ...more,
      });
    const idsSeen = async (seen: string) =>
      (await (await look(seen, `/api/v1/groups/${slug}/annotations`)).json()).items.map(
        (note: { id: string }) => note.id,
      );
    assert.deepEqual(await idsSeen('another'), [gloss.id, open.id]);
    assert.deepEqual(await idsSeen(slug), [open.id]);
    const { role, can } = await (await look(slug, `/api/v1/groups/${slug}`)).json();
    assert.deepEqual([role, can.includes('assign')], ['student', false]);
    assert.equal((await look(slug, `/api/v1/groups/${slug}/overview`)).status, 403);
    assert.equal((await look(slug, `/api/v1/annotations/${gloss.id}`)).status, 404);
    const write = await look(slug, `/api/v1/annotations/${open.id}/replies`, {
      method: 'POST',
      body: { body: 'x' },
    });
    assert.equal(write.status, 403);
    const cookie = `see-as-student=${slug}`;
    const { items } = await (
      await call(people.owner, `/api/v1/groups/${slug}/annotations`, { headers: { cookie } })
    ).json();
    assert.equal(items.length, 2, 'a script is told by its token alone');
  });

  it('is removed only where nobody has written', async () => {
    const remove = async (id: string) =>
      (await call(people.owner, path(`/${id}`), { method: 'DELETE' })).status;
    const { id } = await make();
    await postGloss(people.anna, slug, { assignment: id });
    assert.equal(await remove(id), 409);
    assert.equal(await remove((await make()).id), 204);
  });

  describe('a private word', () => {
    it('is for the author of the note answered and staff, both ways', async () => {
      const gloss = await postGloss(people.anna, slug);
      const word = await postReply(people.owner, gloss.id, { visibility: 'author' });
      const back = await postReply(people.anna, word.id);
      assert.equal(back.visibility, 'author');
      const all = [gloss.id, word.id, back.id];
      assert.deepEqual(await idsFor(people.anna), all);
      assert.deepEqual(await idsFor(people.assistant), all);
      assert.deepEqual(await idsFor(people.boris), [gloss.id]);
      assert.deepEqual(await idsFor(people.reader), [gloss.id]);
      const { replies } = await (await call(people.boris, `/api/v1/annotations/${gloss.id}`)).json();
      assert.equal(replies, 0);
    });

    it('is no visibility of a gloss, and nothing below it is shown to more', async () => {
      const passage = { edition: 'gheorghiu-2009', section: 'doc1', start: 0, end: 5, body: 'x' };
      const body = { ...passage, visibility: 'author' };
      assert.equal((await call(people.anna, `/api/v1/groups/${slug}/annotations`, { body })).status, 422);
      const gloss = await postGloss(people.anna, slug);
      const word = await postReply(people.owner, gloss.id, { visibility: 'author' });
      const below = await postReply(people.anna, word.id, { visibility: 'staff' });
      for (const parent of [word.id, below.id]) {
        const reply = { body: { body: 'x', visibility: 'group' } };
        assert.equal((await call(people.owner, `/api/v1/annotations/${parent}/replies`, reply)).status, 422);
      }
      const edit = (id: string, version: number, visibility: string) =>
        call(people.anna, `/api/v1/annotations/${id}`, {
          method: 'PATCH',
          body: { visibility },
          headers: { 'If-Match': `"${version}"` },
        });
      assert.equal((await edit(below.id, below.version, 'group')).status, 422);
      assert.equal((await edit(gloss.id, gloss.version, 'author')).status, 422);
      assert.equal((await edit(below.id, below.version, 'author')).status, 200);
    });

    it('comes back from a file as narrow as it was, whatever the file says of what is below it', async () => {
      const gloss = await postGloss(people.anna, slug);
      const word = await postReply(people.owner, gloss.id, { visibility: 'author' });
      await postReply(people.anna, word.id);
      const file = await (await call(people.owner, `/api/v1/groups/${slug}/export?format=jsonld`)).json();
      const text = JSON.stringify(file);
      const names = [...text.matchAll(/"[^"]*visibility":"author"/g)].map(([name]) => name);
      assert.equal(names.length, 2);
      const [last = ''] = names.slice(-1);
      const at = text.lastIndexOf(last);
      const wider = text.slice(0, at) + last.replace('"author"', '"group"') + text.slice(at + last.length);
      const other = await createSeminar({
        owner: { somebody: people.owner, role: 'owner' },
        boris: { somebody: people.boris, role: 'student' },
      });
      const imported = await call(people.owner, `/api/v1/groups/${other}/import`, { body: wider });
      assert.equal(imported.status, 201, await imported.clone().text());
      const { items } = await (await call(people.owner, `/api/v1/groups/${other}/annotations`)).json();
      assert.deepEqual(
        items.map(({ visibility }: { visibility: string }) => visibility),
        ['group', 'author', 'author'],
      );
    });

    it('is not made of a reply that others have answered for more people', async () => {
      const gloss = await postGloss(people.anna, slug);
      const reply = await postReply(people.boris, gloss.id);
      await postReply(people.anna, reply.id);
      const narrowed = await call(people.boris, `/api/v1/annotations/${reply.id}`, {
        method: 'PATCH',
        body: { visibility: 'author' },
        headers: { 'If-Match': `"${reply.version}"` },
      });
      assert.equal(narrowed.status, 409);
    });
  });
});

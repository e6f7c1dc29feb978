import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { createAccount, operator } from '@/lib/identity';
import { draftLetter, sendDueMail } from '@/lib/notice';
import { freshDatabase } from '../support/fresh-database';
import { type MailServer, startMailServer } from '../support/mail-server';
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

const HOUR = 3_600_000;
const ahead = (hours: number) => new Date(Date.now() + hours * HOUR).toISOString();

type Told = {
  items: { id: string; kind: string; annotation: string | null; group: string; read: boolean }[];
  unread: number;
};

let mail: MailServer;
const people = {} as Record<'owner' | 'assistant' | 'anna' | 'boris' | 'clara' | 'outsider', TestUser>;
let slug = '';

before(async () => {
  await freshDatabase();
  mail = await startMailServer();
  process.env.SMTP_URL = mail.url;
  await publishSampleEdition();
});
after(() => mail.close());

beforeEach(async () => {
  // People of their own for each test, since notices are of a person and not of a seminar.
  for (const name of ['owner', 'assistant', 'anna', 'boris', 'clara', 'outsider'] as const)
    people[name] = await createUserWithToken(name);
  slug = await createSeminar({
    owner: { somebody: people.owner, role: 'owner' },
    assistant: { somebody: people.assistant, role: 'assistant' },
    anna: { somebody: people.anna, role: 'student' },
    boris: { somebody: people.boris, role: 'student' },
    clara: { somebody: people.clara, role: 'student' },
  });
  mail.mails.length = 0;
});

async function noticesOf(user: TestUser, query = ''): Promise<Told> {
  const response = await call(user, `/api/v1/notices${query}`);
  assert.equal(response.status, 200, await response.clone().text());
  return response.json();
}
const kindsOf = async (user: TestUser) => (await noticesOf(user)).items.map(({ kind }) => kind);
const aboutOf = async (user: TestUser) =>
  (await noticesOf(user)).items.map(({ kind, annotation }) => `${kind} ${annotation}`);

async function moderate(id: string, action: string, who = people.owner): Promise<void> {
  const body = { action, reason: 'For a reason.' };
  const response = await call(who, `/api/v1/annotations/${id}/moderation`, { body });
  assert.equal(response.status, 200, await response.clone().text());
}
const mention = (user: TestUser) => `What says @[Somebody](${user.id})?`;

describe('a notice', () => {
  it('tells of an answer to one’s note, in a thread where one wrote, and of nothing that one did oneself', async () => {
    const { id } = await postGloss(people.anna, slug);
    const first = await postReply(people.boris, id);
    const second = await postReply(people.clara, first.id);
    assert.deepEqual(await aboutOf(people.anna), [`answer ${second.id}`, `answer ${first.id}`]);
    assert.deepEqual(await aboutOf(people.boris), [`answer ${second.id}`]);
    assert.deepEqual(await aboutOf(people.clara), []);
    assert.deepEqual(await aboutOf(people.owner), []);
  });

  it('has the contract’s fields, and is for whoever is signed in', async () => {
    const { id } = await postGloss(people.anna, slug);
    const reply = await postReply(people.boris, id);
    const { items, unread } = await noticesOf(people.anna);
    assert.equal(unread, 1);
    const { id: notice, created, ...rest } = items[0] as Told['items'][number] & { created: string };
    assert.deepEqual(rest, { kind: 'answer', annotation: reply.id, group: slug, read: false });
    assert.ok(Date.parse(created) > Date.now() - HOUR && notice);
    assert.equal((await call(anonymous, '/api/v1/notices')).status, 401);
  });

  it('tells of a mention, once, also of one that an edit adds, and never of somebody outside the group', async () => {
    const { id, version } = await postGloss(people.anna, slug, { body: mention(people.boris) });
    assert.deepEqual(await aboutOf(people.boris), [`mention ${id}`]);
    const body = { body: `${mention(people.boris)} ${mention(people.clara)} ${mention(people.outsider)}` };
    const headers = { 'if-match': `"${version}"` };
    const edited = await call(people.anna, `/api/v1/annotations/${id}`, { method: 'PATCH', body, headers });
    assert.equal(edited.status, 200, await edited.clone().text());
    assert.deepEqual(await aboutOf(people.boris), [`mention ${id}`]);
    assert.deepEqual(await aboutOf(people.clara), [`mention ${id}`]);
    assert.deepEqual(await aboutOf(people.outsider), []);
  });

  it('is one for a person and a note: a mention in an answer is a mention', async () => {
    const { id } = await postGloss(people.anna, slug);
    await postReply(people.boris, id, { body: mention(people.anna) });
    assert.deepEqual(await kindsOf(people.anna), ['mention']);
  });

  it('of what is hidden, withdrawn, private or for staff is nowhere and is not counted, and comes back with it', async () => {
    const { id } = await postGloss(people.anna, slug);
    const reply = await postReply(people.boris, id, { body: mention(people.clara) });
    await moderate(reply.id, 'hide');
    for (const user of [people.anna, people.clara]) {
      assert.deepEqual(await noticesOf(user), { items: [], unread: 0 });
      assert.deepEqual(await noticesOf(user, '?unread=1'), { items: [], unread: 0 });
    }
    assert.deepEqual(await kindsOf(people.boris), ['decision']);
    await moderate(reply.id, 'restore');
    assert.deepEqual(await kindsOf(people.anna), ['answer']);
    assert.deepEqual(await kindsOf(people.clara), ['mention']);

    for (const visibility of ['private', 'staff', 'author']) {
      await postReply(people.boris, id, { body: mention(people.clara), visibility });
      assert.deepEqual(await kindsOf(people.clara), ['mention'], visibility);
    }
    // The author of the note answered is told of the private word alone.
    assert.deepEqual(await kindsOf(people.anna), ['answer', 'answer']);
    const { etag } = Object.fromEntries(
      (await call(people.boris, `/api/v1/annotations/${reply.id}`)).headers,
    );
    await call(people.boris, `/api/v1/annotations/${reply.id}`, {
      method: 'DELETE',
      headers: { 'if-match': etag ?? '' },
    });
    assert.deepEqual(await kindsOf(people.clara), []);
  });

  it('of a post-first assignment comes when the door opens', async () => {
    const made = await call(people.owner, `/api/v1/groups/${slug}/assignments`, {
      body: { title: 'I', edition: 'gheorghiu-2009', sections: ['doc1'], mode: 'post-first' },
    });
    const { id: assignment } = await made.json();
    const { id } = await postGloss(people.anna, slug, { body: mention(people.boris), assignment });
    assert.deepEqual(
      (await kindsOf(people.boris)).filter((kind) => kind !== 'date'),
      [],
    );
    await postGloss(people.boris, slug, { assignment });
    assert.ok((await aboutOf(people.boris)).includes(`mention ${id}`));
  });

  it('tells an author of decisions, and staff of reports, and nobody else of either', async () => {
    const { id } = await postGloss(people.anna, slug);
    await call(people.boris, `/api/v1/annotations/${id}/flags`, { body: { reason: 'wrong', note: '' } });
    assert.deepEqual(await kindsOf(people.owner), ['report']);
    assert.deepEqual(await kindsOf(people.assistant), ['report']);
    for (const user of [people.anna, people.boris, people.clara]) assert.deepEqual(await kindsOf(user), []);
    await moderate(id, 'hide');
    assert.deepEqual(await aboutOf(people.anna), [`decision ${id}`]);
    await call(people.owner, `/api/v1/groups/${slug}/members/${people.assistant.id}`, {
      method: 'PATCH',
      body: { role: 'student' },
    });
    assert.deepEqual(await kindsOf(people.assistant), []);
  });

  it('tells students of dates: what opens, what is due within a day, more time of one’s own', async () => {
    const body = { title: 'I', edition: 'gheorghiu-2009', sections: ['doc1'], due: ahead(5) };
    const made = await call(people.owner, `/api/v1/groups/${slug}/assignments`, { body });
    const { id } = await made.json();
    assert.deepEqual(await kindsOf(people.anna), ['date', 'date']);
    assert.deepEqual(await kindsOf(people.owner), []);
    const extension = `/api/v1/groups/${slug}/assignments/${id}/extensions/${people.anna.id}`;
    await call(people.owner, extension, { method: 'PUT', body: { due: ahead(200), repliesDue: null } });
    assert.deepEqual(await kindsOf(people.anna), ['date', 'date', 'date']);
    assert.equal((await noticesOf(people.anna)).items[0]?.annotation, null);
    assert.deepEqual(await kindsOf(people.boris), ['date', 'date']);
  });

  it('tells those who still owe something what staff writes to them, by mail too, and nobody else', async () => {
    const path = `/api/v1/groups/${slug}/assignments`;
    const task = { title: 'Letter I', edition: 'gheorghiu-2009', expected: { glosses: 1 } };
    const { id } = await (await call(people.owner, path, { body: task })).json();
    await postGloss(people.anna, slug, { assignment: id });
    const words = 'Please write before Monday. <b>';
    const remind = (who: TestUser, body: object) => call(who, `${path}/${id}/reminders`, { body });
    for (const who of [people.anna, people.clara]) assert.equal((await remind(who, { words })).status, 403);
    assert.equal((await remind(people.outsider, { words })).status, 404);
    assert.equal((await remind(anonymous, { words })).status, 401);
    assert.equal((await remind(people.owner, { words: ' ' })).status, 422);
    assert.deepEqual(await (await remind(people.assistant, { words })).json(), { sent: 2 });
    const letterFor = async (who: TestUser) => (await draftLetter(who.id))?.text ?? '';
    for (const who of [people.boris, people.clara]) assert.ok((await letterFor(who)).includes(words));
    for (const who of [people.anna, people.owner]) assert.ok(!(await letterFor(who)).includes(words));
  });

  it('is read when one says so, by id or all of them, and only one’s own', async () => {
    const { id } = await postGloss(people.anna, slug);
    await postReply(people.boris, id);
    await postReply(people.boris, id);
    const [first, second] = (await noticesOf(people.anna)).items;
    const mark = (who: TestUser, read: unknown) =>
      call(who, '/api/v1/notices', { method: 'PATCH', body: { read } });
    await mark(people.clara, [first?.id]);
    assert.equal((await noticesOf(people.anna)).unread, 2);
    assert.deepEqual(await (await mark(people.anna, [first?.id])).json(), { unread: 1 });
    assert.deepEqual(
      (await noticesOf(people.anna, '?unread=1')).items.map(({ id }) => id),
      [second?.id],
    );
    assert.deepEqual(await (await mark(people.anna, 'all')).json(), { unread: 0 });
    assert.equal((await mark(people.anna, ['x'])).status, 422);
    assert.equal((await mark(people.anna, 'none')).status, 422);
  });

  it('comes in pages', async () => {
    const { id } = await postGloss(people.anna, slug);
    for (let i = 0; i < 5; i++) await postReply(people.boris, id);
    const seen: string[] = [];
    let next: string | undefined = '/api/v1/notices?limit=2';
    while (next) {
      const response = await call(people.anna, next);
      seen.push(...(await response.json()).items.map(({ id }: { id: string }) => id));
      next = /<[^>]*(\/api[^>]*)>; rel="next"/.exec(response.headers.get('link') ?? '')?.[1];
    }
    assert.equal(new Set(seen).size, 5);
    assert.equal(seen.length, 5);
  });

  it('of a group that one has left is gone', async () => {
    const { id } = await postGloss(people.anna, slug);
    await postReply(people.boris, id);
    assert.equal((await noticesOf(people.anna)).unread, 1);
    await call(people.anna, `/api/v1/groups/${slug}/members/${people.anna.id}`, { method: 'DELETE' });
    assert.deepEqual(await noticesOf(people.anna), { items: [], unread: 0 });
  });
});

describe('watching', () => {
  const watch = (who: TestUser, id: string, method = 'POST') =>
    call(who, `/api/v1/annotations/${id}/watch`, { method });

  it('a thread tells of its replies; to end it tells of answers to oneself alone', async () => {
    const { id } = await postGloss(people.anna, slug);
    assert.equal((await watch(people.clara, id)).status, 204);
    const reply = await postReply(people.boris, id);
    assert.deepEqual(await aboutOf(people.clara), [`watched ${reply.id}`]);
    await watch(people.clara, id, 'DELETE');
    await watch(people.boris, id, 'DELETE');
    await postReply(people.anna, id);
    const answer = await postReply(people.anna, reply.id);
    assert.deepEqual(await aboutOf(people.clara), [`watched ${reply.id}`]);
    assert.deepEqual(await aboutOf(people.boris), [`answer ${answer.id}`]);
    assert.deepEqual(await (await call(people.anna, `/api/v1/annotations/${id}/watch`)).json(), {
      watching: true,
    });
    assert.deepEqual(await (await call(people.boris, `/api/v1/annotations/${id}/watch`)).json(), {
      watching: false,
    });
  });

  it('is for whoever may see the thread', async () => {
    const { id } = await postGloss(people.anna, slug, { visibility: 'private' });
    assert.equal((await watch(people.clara, id)).status, 404);
    assert.equal((await watch(people.outsider, id)).status, 404);
    assert.equal((await watch(anonymous, id)).status, 401);
  });

  it('a section tells of its notes, and a student’s questions tell staff', async () => {
    const path = `/api/v1/groups/${slug}/watched`;
    const section = { edition: 'gheorghiu-2009', section: 'doc1' };
    assert.equal((await call(people.clara, path, { body: section })).status, 204);
    assert.equal((await call(people.clara, path, { body: { person: people.anna.id } })).status, 403);
    assert.equal((await call(people.owner, path, { body: { person: people.anna.id } })).status, 204);
    const gloss = await postGloss(people.anna, slug);
    const question = await postGloss(people.anna, slug, { kind: 'question' });
    assert.deepEqual(await aboutOf(people.clara), [`watched ${question.id}`, `watched ${gloss.id}`]);
    assert.deepEqual(await aboutOf(people.owner), [`watched ${question.id}`]);
    assert.deepEqual((await (await call(people.clara, path)).json()).items, [section]);
    await call(people.clara, path, { method: 'DELETE', body: section });
    assert.deepEqual((await (await call(people.clara, path)).json()).items, []);
  });
});

describe('who can be mentioned', () => {
  const offered = async (who: TestUser, query: string) => {
    const response = await call(who, `/api/v1/groups/${slug}/mentionable?${query}`);
    return (await response.json()).items.map(({ name }: { name: string }) => name);
  };

  it('is whoever may see the note', async () => {
    const { id } = await postGloss(people.anna, slug);
    assert.deepEqual(await offered(people.boris, ''), ['anna', 'assistant', 'clara', 'owner']);
    assert.deepEqual(await offered(people.boris, 'q=CLA'), ['clara']);
    assert.deepEqual(await offered(people.boris, 'visibility=staff'), ['assistant', 'owner']);
    assert.deepEqual(await offered(people.boris, `visibility=author&parent=${id}`), [
      'anna',
      'assistant',
      'owner',
    ]);
    assert.deepEqual(await offered(people.boris, 'visibility=private'), []);
    assert.equal((await call(people.outsider, `/api/v1/groups/${slug}/mentionable`)).status, 404);
  });
});

describe('mail', () => {
  const choose = (who: TestUser, change: Record<string, unknown>) =>
    call(who, '/api/v1/me', { method: 'PATCH', body: change });
  const mailsTo = (who: TestUser) => mail.mails.filter(({ to }) => JSON.stringify(to).includes(who.email));

  it('quotes the passage and the words, and says where to answer and how to end it', async () => {
    assert.equal((await choose(people.anna, { mail: 'daily' })).status, 200);
    const { id } = await postGloss(people.anna, slug);
    const reply = await postReply(people.boris, id, { body: `**Perhaps** ${mention(people.anna)} <b>&` });
    await sendDueMail({ all: true });
    const [letter, ...more] = mailsTo(people.anna);
    assert.deepEqual(more, []);
    assert.equal(letter?.subject, `boris mentioned you – Seminar ${slug.replace('seminar-', '')}`);
    for (const text of ['нездоровой шумихи', 'Perhaps', '@Somebody', `/annotations/${reply.id}`])
      assert.ok(letter.text?.includes(text), text);
    assert.match(String(letter.html), /нездоровой шумихи[\s\S]*<strong>Perhaps<\/strong>[\s\S]*&#x26;/);
    const list = letter.headers.get('list') as unknown as Record<string, { url: string; name: string }>;
    assert.equal(list['unsubscribe-post']?.name, 'List-Unsubscribe=One-Click');
    const unsubscribe = list.unsubscribe as { url: string };
    const path = new URL(unsubscribe.url).pathname;
    const click = (where: string) =>
      call(anonymous, where, {
        body: 'List-Unsubscribe=One-Click',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      });
    assert.equal((await click(`${path}x`)).status, 404);
    assert.equal((await click(path.replace(people.anna.id, people.boris.id))).status, 404);
    assert.equal((await click(path)).status, 204);
    await postReply(people.boris, id);
    await sendDueMail({ all: true });
    assert.equal(mailsTo(people.anna).length, 1);
  });

  it('comes once for each notice, and not for what was read', async () => {
    const { id } = await postGloss(people.anna, slug);
    await postReply(people.boris, id);
    await sendDueMail({ all: true });
    await sendDueMail({ all: true });
    assert.equal(mailsTo(people.anna).length, 1);
    await postReply(people.boris, id);
    await call(people.anna, '/api/v1/notices', { method: 'PATCH', body: { read: 'all' } });
    await sendDueMail({ all: true });
    assert.equal(mailsTo(people.anna).length, 1);
  });

  it('tells what may be seen when it is sent: nothing hidden since, and what is shown again', async () => {
    const { id } = await postGloss(people.anna, slug);
    const secret = await postReply(people.boris, id, { body: 'A secret word.' });
    await postReply(people.clara, id, { body: 'A plain word.' });
    await moderate(secret.id, 'hide');
    await sendDueMail({ all: true });
    const [letter] = mailsTo(people.anna);
    assert.ok(letter?.text?.includes('A plain word.'));
    assert.ok(!`${letter?.text}${letter?.html}${letter?.subject}`.includes('secret'));
    await moderate(secret.id, 'restore');
    await sendDueMail({ all: true });
    assert.ok(mailsTo(people.anna)[1]?.text?.includes('A secret word.'));
  });

  it('is in the reader’s language', async () => {
    await choose(people.anna, { locale: 'ru' });
    await choose(people.boris, { locale: 'ro' });
    const { id } = await postGloss(people.anna, slug);
    const reply = await postReply(people.boris, id);
    await postReply(people.clara, reply.id);
    await sendDueMail({ all: true });
    assert.match(mailsTo(people.anna)[0]?.subject ?? '', /^2 новых уведомления – Seminar/);
    assert.match(mailsTo(people.boris)[0]?.subject ?? '', /^clara a răspuns/);
  });

  it('of a digest waits for its morning; mail at once does not', async () => {
    await choose(people.anna, { mail: 'at-once' });
    await choose(people.boris, { mail: 'weekly' });
    await choose(people.clara, { mail: 'never' });
    const { id } = await postGloss(people.anna, slug);
    await postReply(people.boris, id, { body: mention(people.clara) });
    await postReply(people.anna, id, { body: mention(people.boris) });
    await sendDueMail();
    assert.equal(mailsTo(people.anna).length, 1);
    assert.equal(mailsTo(people.boris).length, 0);
    await sendDueMail({ all: true });
    assert.equal(mailsTo(people.boris).length, 1);
    assert.equal(mailsTo(people.clara).length, 0);
  });

  it('refuses what is no rhythm and no time zone', async () => {
    assert.equal((await choose(people.anna, { mail: 'hourly' })).status, 422);
    assert.equal((await choose(people.anna, { timeZone: 'Mars/Olympus' })).status, 422);
    assert.equal((await choose(people.anna, { timeZone: 'Europe/Bucharest' })).status, 200);
  });

  it('never has a header of somebody else’s making', async () => {
    const { id: boris } = await createAccount(operator, { email: `x${Date.now()}@tests.example`, name: 'x' });
    assert.ok(boris);
    assert.equal((await choose(people.boris, { name: 'Boris\r\nBcc: all@example.org' })).status, 422);
    const body = { title: 'I\u2028Bcc: x', edition: 'gheorghiu-2009', sections: ['doc1'] };
    await call(people.owner, `/api/v1/groups/${slug}/assignments`, { body });
    await sendDueMail({ all: true });
    for (const { bcc } of mailsTo(people.anna)) assert.equal(bcc, undefined);
  });
});

describe('a feed', () => {
  it('has one’s notices for whoever knows its address, by what may be seen now', async () => {
    const made = await call(people.anna, '/api/v1/me/feed', { method: 'POST' });
    assert.equal(made.status, 201);
    const path = new URL((await made.json()).address).pathname;
    const { id } = await postGloss(people.anna, slug);
    const reply = await postReply(people.boris, id, { body: 'A word & more.' });
    const feed = async (where = path) => call(anonymous, where);
    const response = await feed();
    assert.match(response.headers.get('content-type') ?? '', /^application\/atom\+xml/);
    const text = await response.text();
    assert.match(text, /<feed xmlns="http:\/\/www.w3.org\/2005\/Atom"/);
    assert.ok(text.includes(`/annotations/${reply.id}`) && text.includes('A word &#x26;#x26; more.'), text);
    await moderate(reply.id, 'hide');
    assert.ok(!(await (await feed()).text()).includes('A word'));
    assert.equal((await feed(`${path}x`)).status, 404);
    await call(people.anna, '/api/v1/me/feed', { method: 'DELETE' });
    assert.equal((await feed()).status, 404);
  });
});

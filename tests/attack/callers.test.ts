import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { createTokenFor, operator } from '@/lib/identity';
import { freshDatabase } from '../support/fresh-database';
import {
  anonymous,
  call,
  createAdmin,
  createSeminar,
  createUserWithToken,
  postGloss,
  postReply,
  publishSampleEdition,
  type TestUser,
} from '../support/seminar';
import { type Operation, readOperations, textOf } from './operations';

/** What must not reach everybody, each with a word that stands nowhere else. */
const SECRETS = [
  'private',
  'staff',
  'group',
  'hidden',
  'pending-reply',
  'name',
  'reason',
  'email',
  'code',
] as const;
type Secret = (typeof SECRETS)[number];
const markerOf = (secret: Secret) => `marker-${secret}-xq`;

const CALLERS = [
  ...(['nobody', 'outsider', 'neighbour', 'reader', 'student'] as const),
  ...(['author', 'assistant', 'owner', 'admin'] as const),
];
type Caller = (typeof CALLERS)[number];

/** Who may read which secret (design.md, "Who sees a note"). An administrator sees accounts, and no note. */
const MAY_READ: Record<Secret, Caller[]> = {
  private: ['author'],
  staff: ['author', 'assistant', 'owner'],
  group: ['author', 'assistant', 'owner', 'student', 'reader'],
  hidden: ['author', 'assistant', 'owner'],
  'pending-reply': ['author', 'assistant', 'owner'],
  name: ['author', 'assistant', 'owner', 'student', 'reader'],
  reason: ['author', 'assistant', 'owner'],
  email: ['author', 'assistant', 'owner', 'admin'],
  code: ['owner'],
};

describe('every call, by everybody', () => {
  const users = {} as Record<Caller, TestUser>;
  let operations: Operation[] = [];
  let known: Record<string, string[]> = {};
  let code = '';

  before(async () => {
    await freshDatabase();
    const edition = await publishSampleEdition();
    for (const caller of ['outsider', 'neighbour', 'reader', 'student', 'assistant', 'owner'] as const) {
      users[caller] = await createUserWithToken(caller);
    }
    users.nobody = anonymous;
    users.author = await createUserWithToken(markerOf('email'), 'moderate', 'An author');
    users.admin = await createAdmin();
    const { owner, assistant, author, student, reader, neighbour } = users;
    const group = await createSeminar({
      owner: { somebody: owner, role: 'owner' },
      assistant: { somebody: assistant, role: 'assistant' },
      author: { somebody: author, role: 'student' },
      student: { somebody: student, role: 'student' },
      reader: { somebody: reader, role: 'reader' },
    });
    await createSeminar({ neighbour: { somebody: neighbour, role: 'owner' } });
    const body = { name: markerOf('name'), description: markerOf('name') };
    assert.equal((await call(owner, `/api/v1/groups/${group}`, { method: 'PATCH', body })).status, 200);
    const invited = await call(owner, `/api/v1/groups/${group}/invitations`, { body: { role: 'student' } });
    ({ code } = await invited.json());
    const write = (secret: Secret, visibility = 'group') =>
      postGloss(author, group, { body: `${markerOf(secret)} said`, visibility, tags: [markerOf(secret)] });
    const notes = [await write('private', 'private'), await write('staff', 'staff'), await write('group')];
    const hidden = await write('hidden');
    const reply = await postReply(author, notes[2]?.id ?? '', {
      body: markerOf('staff'),
      visibility: 'staff',
    });
    const decision = { action: 'hide', reason: markerOf('reason'), version: hidden.version };
    assert.equal(
      (await call(owner, `/api/v1/annotations/${hidden.id}/moderation`, { body: decision })).status,
      200,
    );
    known = {
      group: [group],
      id: [...notes.map(({ id }) => id), hidden.id, reply.id, author.id],
      edition: [edition],
      section: ['doc1'],
      code: ['nocode'],
      format: ['jsonld'],
      canvas: ['p125'],
    };
    ({ operations } = await readOperations());
  });

  /** The addresses of a call, one for each value that is known of its parameters. */
  function addressesOf({ path }: Pick<Operation, 'path'>): string[] {
    const [name] = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name as string);
    if (!name) return [path];
    return (known[name] ?? ['x']).flatMap((value) => addressesOf({ path: path.replace(`{${name}}`, value) }));
  }

  const protocol = () => [
    '/annotations/',
    '/annotations/?page=0',
    ...addressesOf({ path: '/groups/{group}/annotations/' }),
    ...addressesOf({ path: '/groups/{group}/annotations/?page=0' }),
    ...addressesOf({ path: '/groups/{group}/annotations/{id}' }),
    ...addressesOf({ path: '/annotations/{id}' }),
    ...['jsonl', 'ttl', 'csv', 'md', 'html', 'tei'].flatMap((format) =>
      addressesOf({ path: `/api/v1/groups/{group}/export?format=${format}` }),
    ),
    ...SECRETS.flatMap((secret) =>
      addressesOf({ path: `/api/v1/groups/{group}/annotations?q=${markerOf(secret)}` }),
    ),
  ];
  const reading = () => [
    ...operations.filter(({ method }) => method === 'GET').flatMap(addressesOf),
    ...protocol(),
  ];

  function assertNothingLeaks(caller: Caller, address: string, text: string): void {
    for (const secret of SECRETS) {
      if (MAY_READ[secret].includes(caller)) continue;
      const word = secret === 'code' ? code : markerOf(secret);
      // What was searched for is told in a link to the next page: it is the caller's own word.
      const said = text.replaceAll(`q=${word}`, '');
      assert.ok(!said.includes(word), `${caller} reads ${secret} at ${address}`);
    }
  }

  for (const caller of CALLERS) {
    it(`shows ${caller} what is theirs to see, and no more, wherever it is read`, async () => {
      let found = 0;
      for (const address of reading()) {
        const response = await call(users[caller], address);
        assert.ok(response.status < 500, `${address}: ${response.status}`);
        const text = await textOf(response);
        assertNothingLeaks(caller, address, text + [...response.headers].join());
        if (SECRETS.some((secret) => text.includes(markerOf(secret)))) found++;
      }
      // The markers are there to be found: by those who may.
      assert.equal(found > 0, !['nobody', 'outsider', 'neighbour'].includes(caller), `${found} answers`);
    });
  }

  it('lets nobody write who is not in the group, and tells them nothing by it', async () => {
    const writing = operations.filter(
      ({ method, path }) => method !== 'GET' && /\{(group|id|code)\}/.test(path),
    );
    assert.ok(writing.length > 15, `only ${writing.length} calls were seen`);
    const bound = await createTokenFor(operator, users.neighbour.email, { scope: 'moderate' });
    const strangers: [Caller, TestUser][] = [
      ['nobody', users.nobody],
      ['outsider', users.outsider],
      ['neighbour', users.neighbour],
      ['neighbour', { ...users.neighbour, token: bound.token }],
      ['admin', users.admin],
    ];
    for (const [caller, user] of strangers) {
      for (const operation of writing) {
        for (const address of addressesOf(operation)) {
          const response = await call(user, address, {
            method: operation.method,
            headers: { 'if-match': '*', 'content-type': operation.types[0] ?? 'application/json' },
            ...(operation.types.length > 0 && { body: '{}' }),
          });
          const text = await textOf(response);
          assert.ok(
            response.status >= 400 && response.status < 500,
            `${caller} ${operation.method} ${address}`,
          );
          assertNothingLeaks(caller, address, text);
        }
      }
    }
    const { items } = await (
      await call(users.owner, `/api/v1/groups/${known.group?.[0]}/annotations`)
    ).json();
    assert.equal(items.length, 4);
  });
});

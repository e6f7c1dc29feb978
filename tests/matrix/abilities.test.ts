import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import type { Annotation } from '@/lib/annotation/schema';
import { db, type Prisma } from '@/lib/db';
import { createTokenFor, operator } from '@/lib/identity';
import { newId } from '@/lib/kernel/ids';
import type { Ability } from '@/lib/policy';
import { freshDatabase } from '../support/fresh-database';
import {
  call,
  createSeminar,
  createUserWithToken,
  publishSampleEdition,
  type TestUser,
} from '../support/seminar';

/**
 * Who may do what to a note, as a generated matrix: role × scope of token × state × ownership × place in the thread ×
 * action. Each action is sent to the API on a note of its own; `expected` is the table of lib/policy/annotation.ts once more, written
 * apart from it; and what `can` says of the note must be what the API then does.
 */

const ROLES = ['owner', 'instructor', 'assistant', 'moderator', 'student', 'reader'] as const;
const VIEWERS = [...ROLES, 'former', 'outsider'] as const;
const SCOPES = ['moderate', 'write', 'read'] as const;
/** `appealed` is hidden, by the owner, with an appeal that waits. */
const STATES = ['published', 'locked', 'pending', 'hidden', 'appealed', 'denied', 'deleted'] as const;
const ACTIONS = [
  ...(['reply', 'edit', 'delete', 'flag', 'agree', 'approve', 'deny', 'hide', 'restore', 'revise'] as const),
  ...(['lock', 'unlock', 'pin', 'unpin', 'endorse', 'unendorse', 'resolve', 'reopen'] as const),
  ...(['move', 'merge', 'split', 'appeal', 'refuse-appeal'] as const),
] satisfies Ability[];
type Viewer = (typeof VIEWERS)[number];
type Action = (typeof ACTIONS)[number];
type Cell = {
  viewer: Viewer;
  scope: (typeof SCOPES)[number];
  state: (typeof STATES)[number];
  mine: boolean;
  root: boolean;
};

const PASSAGE = { edition: 'gheorghiu-2009', section: 'doc1', start: 948, end: 965, body: 'A hullabaloo.' };

const seesAll = (viewer: Viewer) => ['owner', 'instructor', 'assistant', 'moderator'].includes(viewer);
const isMember = (viewer: Viewer) => (ROLES as readonly string[]).includes(viewer);

function isSeen({ viewer, state, mine }: Cell): boolean {
  if (mine || seesAll(viewer)) return true;
  return isMember(viewer) && state !== 'pending' && state !== 'denied';
}

function expected(cell: Cell, action: Action): boolean {
  const { viewer, scope, state, mine, root } = cell;
  if (scope === 'read' || !isSeen(cell)) return false;
  const decides = seesAll(viewer) && scope === 'moderate';
  const writes = isMember(viewer) && viewer !== 'reader';
  const isShown = state === 'published' || state === 'locked';
  const isDeleted = state === 'deleted';
  const isOpen = state !== 'locked' || seesAll(viewer);
  // The owner decided first, and others are there to answer the appeal.
  const mayAnswer = state !== 'appealed' || viewer !== 'owner';
  switch (action) {
    case 'reply':
      return writes && isShown && isOpen;
    case 'edit':
      return writes && mine && !isDeleted && isOpen;
    case 'delete':
      return viewer !== 'reader' && mine && !isDeleted;
    case 'flag':
    case 'agree':
      return writes && !mine && isShown;
    case 'approve':
      return decides && (isShown || state === 'pending' || state === 'denied');
    case 'deny':
      return decides && state === 'pending';
    case 'hide':
      return decides && isShown;
    case 'restore':
      return isDeleted ? writes && mine : decides && mayAnswer && ['hidden', 'appealed'].includes(state);
    case 'revise':
      return decides && mayAnswer && !isDeleted;
    case 'lock':
      return decides && root && !isDeleted && state !== 'locked';
    case 'unlock':
      return decides && root && state === 'locked';
    case 'pin':
      return decides && root && isShown;
    case 'endorse':
      return decides && isShown;
    case 'resolve':
      return writes && root && isShown && (mine || decides);
    case 'move':
    case 'split':
      return decides && !root && !isDeleted;
    case 'merge':
      return decides && root && !isDeleted;
    case 'appeal':
      return viewer !== 'former' && mine && ['hidden', 'denied'].includes(state);
    case 'refuse-appeal':
      return decides && mayAnswer && state === 'appealed';
    default:
      return false;
  }
}

/** Every role with a token that moderates; of tokens that may less, and of who is no member, the states that tell them apart. */
const CELLS: Cell[] = VIEWERS.flatMap((viewer) =>
  SCOPES.flatMap((scope) =>
    STATES.flatMap((state) =>
      [true, false].flatMap((mine) => [true, false].map((root) => ({ viewer, scope, state, mine, root }))),
    ),
  ),
).filter(({ viewer, scope, state, mine, root }) => {
  if (viewer === 'outsider' && (mine || state !== 'published')) return false;
  if (scope === 'read' && (state !== 'published' || !root)) return false;
  if (scope === 'write' && !(root && ['published', 'locked', 'hidden', 'deleted'].includes(state)))
    return false;
  // The lock of a thread is on its root.
  return root || ['published', 'pending', 'hidden', 'deleted'].includes(state);
});

describe('what a viewer may do to a note', () => {
  const people = {} as Record<Viewer | 'author', TestUser>;
  const tokens = new Map<string, TestUser>();
  let slug = '';
  let groupId = '';
  let elsewhere = '';
  /** The notes of each cell: one to look at, and one for each action. */
  const notes = new Map<Cell, Map<Action | 'look', string>>();

  before(async () => {
    await freshDatabase();
    await publishSampleEdition();
    for (const name of [...VIEWERS, 'author'] as const) {
      people[name] = await createUserWithToken(name);
      for (const scope of SCOPES) {
        const { token } = await createTokenFor(operator, people[name].email, { scope });
        tokens.set(`${name} ${scope}`, { ...people[name], token });
      }
    }
    const roleOf = (name: string) => (isMember(name as Viewer) && name !== 'moderator' ? name : 'student');
    const members = ([...ROLES, 'former', 'author'] as const).map((name) => [
      name,
      { somebody: people[name], role: roleOf(name) },
    ]);
    slug = await createSeminar(Object.fromEntries(members));
    groupId = (await db.group.findUniqueOrThrow({ where: { slug } })).id;
    const change = (id: string, body: object) =>
      call(people.owner, `/api/v1/groups/${slug}/members/${id}`, { method: 'PATCH', body });
    assert.equal((await change(people.moderator.id, { moderates: true })).status, 200);
    const gone = `/api/v1/groups/${slug}/members/${people.former.id}`;
    assert.equal((await call(people.owner, gone, { method: 'DELETE' })).status, 204);
    await writeNotes();
  });

  /** Writes all notes at once, as they are after what happened to them. */
  async function writeNotes(): Promise<void> {
    const roots: Prisma.AnnotationCreateManyInput[] = [];
    const replies: Prisma.AnnotationCreateManyInput[] = [];
    const decisions: Prisma.DecisionCreateManyInput[] = [];
    const appeals: Prisma.AppealCreateManyInput[] = [];
    const place = {
      groupId,
      edition: 'gheorghiu-2009',
      section: 'doc1',
      revision: 1,
      body: 'A word.',
      tags: [],
    };
    const other = { ...place, authorId: people.author.id };
    const add = (id: string) => {
      roots.push({ ...other, id, rootId: id });
      return id;
    };
    elsewhere = add(newId());
    for (const cell of CELLS) {
      const { viewer, state, mine, root } = cell;
      const ids = new Map<Action | 'look', string>();
      const authorId = people[mine ? viewer : 'author'].id;
      const shown = state === 'locked' ? 'published' : state === 'appealed' ? 'hidden' : state;
      const above = root ? null : add(newId());
      for (const action of ['look', ...ACTIONS] as const) {
        const id = newId();
        ids.set(action, id);
        const row = { ...place, id, authorId, state: shown, locked: state === 'locked', deletedFrom: null };
        if (above === null) roots.push({ ...row, rootId: id });
        else replies.push({ ...row, rootId: above, parentId: above, revision: null });
        if (shown !== 'hidden' && shown !== 'denied') continue;
        if (state !== 'appealed' && action !== 'look' && action !== 'appeal') continue;
        const decision = newId();
        const actorId = people.owner.id;
        const did = shown === 'hidden' ? ('hide' as const) : ('deny' as const);
        decisions.push({ groupId, id: decision, annotationId: id, actorId, action: did, reason: 'Rude.' });
        if (state === 'appealed')
          appeals.push({ groupId, annotationId: id, decisionId: decision, authorId, words: 'It is not.' });
      }
      notes.set(cell, ids);
    }
    await db.annotation.createMany({ data: roots });
    await db.annotation.createMany({ data: replies });
    await db.decision.createMany({ data: decisions });
    await db.appeal.createMany({ data: appeals });
  }

  function send(user: TestUser, id: string, action: Action): Promise<Response> {
    const path = `/api/v1/annotations/${id}`;
    const headers = { 'if-match': '"1"' };
    switch (action) {
      case 'reply':
        return call(user, `${path}/replies`, { body: { body: 'So it is.' } });
      case 'edit':
        return call(user, path, { method: 'PATCH', body: { body: 'Another word.' }, headers });
      case 'delete':
        return call(user, path, { method: 'DELETE', headers });
      case 'flag':
        return call(user, `${path}/flags`, { body: { reason: 'wrong' } });
      case 'agree':
        return call(user, `${path}/agree`, { method: 'POST' });
      case 'appeal':
        return call(user, `${path}/appeal`, { body: { words: 'It is a quotation.' } });
      default: {
        const to = action === 'move' || action === 'merge' ? elsewhere : undefined;
        return call(user, `${path}/moderation`, { body: { action, reason: 'So.', version: 1, to } });
      }
    }
  }

  for (const viewer of VIEWERS) {
    for (const scope of SCOPES) {
      const cells = CELLS.filter((cell) => cell.viewer === viewer && cell.scope === scope);
      if (cells.length === 0) continue;
      it(`is for the ${viewer} with a token that may ${scope} what the table says, in ${cells.length * ACTIONS.length} cases`, async () => {
        const user = tokens.get(`${viewer} ${scope}`) as TestUser;
        const faults = (await Promise.all(cells.map((cell) => faultsOf(user, cell)))).flat();
        assert.deepEqual(faults, []);
      });
    }
  }

  /** Where the API does for a cell what the table or `can` does not say, in words. */
  async function faultsOf(user: TestUser, cell: Cell): Promise<string[]> {
    const ids = notes.get(cell) as Map<Action | 'look', string>;
    const named = `${cell.mine ? 'own' : 'other'} ${cell.state} ${cell.root ? 'root' : 'reply'}`;
    const look = await call(user, `/api/v1/annotations/${ids.get('look')}`);
    if ((look.status === 200) !== isSeen(cell)) return [`${named}: GET ${look.status}`];
    const { can }: Pick<Annotation, 'can'> = look.status === 200 ? await look.json() : { can: [] };
    const faults: string[] = [];
    for (const action of ACTIONS) {
      const { status } = await send(user, ids.get(action) ?? '', action);
      const isDone = status >= 200 && status < 300;
      // Who has left reads what they wrote, and nothing of the thread that it stands in.
      const refusals = isSeen(cell) ? (cell.viewer === 'former' ? [403, 404] : [403, 409, 423]) : [404, 403];
      if (isDone !== can.includes(action))
        faults.push(`${named}: can says ${!isDone}, ${action} is ${status}`);
      if (isDone !== expected(cell, action)) faults.push(`${named}: ${action} is ${status}`);
      else if (!isDone && !refusals.includes(status)) faults.push(`${named}: ${action} refused by ${status}`);
    }
    return faults;
  }

  const inGroup = (path: string) => `/api/v1/groups/${slug}${path}`;
  /** A call for each ability in a group. */
  const CALLS: Record<string, (user: TestUser) => Promise<Response>> = {
    members: (user) => call(user, inGroup('/members')),
    invite: (user) => call(user, inGroup('/invitations'), { body: { role: 'student' } }),
    settings: (user) => call(user, inGroup(''), { method: 'PATCH', body: { description: 'A seminar.' } }),
    moderate: (user) => call(user, inGroup('/moderation/queue')),
    assign: (user) => call(user, inGroup('/overview')),
    import: (user) => call(user, inGroup('/import?dryRun=1'), { body: [] }),
    write: (user) => call(user, inGroup('/annotations'), { body: PASSAGE }),
  };

  it('is so of a group as a whole', async () => {
    const faults: string[] = [];
    for (const viewer of ROLES) {
      for (const scope of SCOPES) {
        const user = tokens.get(`${viewer} ${scope}`) as TestUser;
        const { can } = await (await call(user, inGroup(''))).json();
        for (const [action, send] of Object.entries(CALLS)) {
          const { status } = await send(user);
          if (status < 300 !== can.includes(action))
            faults.push(`${viewer} ${scope}: ${action} is ${status}, can says ${can.includes(action)}`);
        }
      }
    }
    assert.deepEqual(faults, []);
  });

  it('has 300 cases or more', () => {
    assert.ok(CELLS.length * ACTIONS.length >= 300);
  });
});

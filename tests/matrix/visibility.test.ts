import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { searchAnnotations } from '@/lib/annotation';
import { db, type Prisma } from '@/lib/db';
import { viewerOf } from '@/lib/identity';
import { anonymous as nobody } from '@/lib/identity/schema';
import { newId } from '@/lib/kernel/ids';
import { draftLetter } from '@/lib/notice';
import { openEvents } from '../support/event-stream';
import { freshDatabase } from '../support/fresh-database';
import {
  anonymous,
  call,
  createSeminar,
  createUserWithToken,
  publishSampleEdition,
  type TestUser,
} from '../support/seminar';
import { until } from '../support/until';

/**
 * design.md, "Who sees a note", as a generated matrix: role × state × visibility × mode, of roots and of replies,
 * on every path that reads. `expected` below is the table once more, written apart from the SQL condition.
 */

const STATES = ['published', 'pending', 'hidden', 'denied', 'deleted'] as const;
const VISIBILITIES = ['private', 'staff', 'group'] as const;
/** A reply may be a private word to the author of what it answers, too. */
const REPLY_VISIBILITIES = [...VISIBILITIES, 'author'] as const;
const PAST = new Date(Date.now() - 86_400_000);
const FUTURE = new Date(Date.now() + 86_400_000);
const MODES = {
  none: null,
  open: { mode: 'open' },
  'post-first': { mode: 'post_first' },
  'blind-until, past': { mode: 'blind_until', reveal: PAST },
  'blind-until, to come': { mode: 'blind_until', reveal: FUTURE },
  'blind-until, undated': { mode: 'blind_until' },
  'staff-only': { mode: 'staff_only' },
  private: { mode: 'private' },
} as const;
type ModeName = keyof typeof MODES;
type Note = {
  id: string;
  author: string;
  state: (typeof STATES)[number];
  visibility: (typeof REPLY_VISIBILITIES)[number];
  mode: ModeName;
  root: Note | null;
};
type Sight = 'whole' | 'tombstone' | 'nothing';

const ROLES = [
  'owner',
  'instructor',
  'assistant',
  'author',
  'replier',
  'posted',
  'withdrawn',
  'student',
  'reader',
] as const;
const roleOf = {
  author: 'student',
  replier: 'student',
  posted: 'student',
  withdrawn: 'student',
} as const;
const VIEWERS = [...ROLES, 'outsider', 'admin', 'nobody'] as const;
type Viewer = (typeof VIEWERS)[number];

const isStaff = (viewer: Viewer) => ['owner', 'instructor', 'assistant'].includes(viewer);
/** Who has or had an own published gloss of visibility `group` in the post-first assignment. */
const hasPosted = (viewer: Viewer) => ['posted', 'withdrawn', 'author'].includes(viewer);

function modeAllows(viewer: Viewer, mode: ModeName): boolean {
  if (mode === 'post-first') return hasPosted(viewer);
  return mode === 'none' || mode === 'open' || mode === 'blind-until, past';
}

const leavesATrace = ({ visibility, state }: Note) =>
  visibility === 'group' && ['published', 'hidden', 'deleted'].includes(state);

function expected(viewer: Viewer, note: Note, isPublic: boolean): Sight {
  if (note.author === viewer) return 'whole';
  const member = (ROLES as readonly string[]).includes(viewer);
  if (!member && !isPublic) return 'nothing';
  if (isStaff(viewer)) {
    const closed =
      note.visibility === 'private' || note.root?.visibility === 'private' || note.mode === 'private';
    return closed ? 'nothing' : 'whole';
  }
  if (note.visibility === 'author') {
    return note.root?.author === viewer && note.state === 'published' ? 'whole' : 'nothing';
  }
  const rootSeen = note.root === null || note.root.author === viewer || leavesATrace(note.root);
  if (!leavesATrace(note) || !rootSeen || !modeAllows(viewer, note.mode)) return 'nothing';
  return note.state === 'published' ? 'whole' : 'tombstone';
}

const markOf = (id: string) => `mark-${id}`;

/** What somebody who may not know of a group does not find. */
const PATHS = [
  '/api/v1/groups/SLUG/annotations',
  '/api/v1/groups/SLUG/outline?edition=gheorghiu-2009&section=doc1',
  '/api/v1/groups/SLUG/annotations?canvas=SLUG',
  '/api/v1/groups/SLUG/export?format=jsonld',
  '/api/v1/groups/SLUG/events',
  '/api/v1/groups/SLUG/tags',
  '/api/v1/groups/SLUG/heat?edition=gheorghiu-2009&section=doc1',
  '/api/v1/groups/SLUG/moderation/queue',
  '/api/v1/groups/SLUG/anchors',
  '/groups/SLUG/annotations/',
];

describe('who sees a note', () => {
  const people = {} as Record<Viewer, TestUser>;
  /** The notes of both groups. */
  const everywhere: Note[] = [];

  before(async () => {
    await freshDatabase();
    await publishSampleEdition();
    for (const name of VIEWERS)
      people[name] = name === 'nobody' ? anonymous : await createUserWithToken(name);
    await db.user.update({ where: { id: people.admin.id }, data: { admin: true } });
  });

  for (const access of ['private', 'restricted'] as const) {
    describe(`in a ${access} group`, () => {
      let slug = '';
      let notes: Note[] = [];

      before(async () => {
        const members = ROLES.map((name) => [
          name,
          { somebody: people[name], role: name in roleOf ? ('student' as const) : (name as 'owner') },
        ]);
        slug = await createSeminar(Object.fromEntries(members), access);
        notes = await everyNote(slug, people);
        everywhere.push(...notes);
        await tellEverybody(slug, people);
      });

      it('is told that a note is gone by whoever saw it, and by nobody else', async () => {
        const members = ROLES.map((name) => [
          name,
          { somebody: people[name], role: name in roleOf ? ('student' as const) : (name as 'owner') },
        ]);
        const leaving = await createSeminar(Object.fromEntries(members), access);
        const all = await everyNote(leaving, people);
        // The replies first: those of a root that is out of sight are so as well.
        for (const isRoot of [false, true]) {
          const parts = all.filter(({ root }) => (root === null) === isRoot);
          await withdraw(leaving, idsOf(parts));
          for (const viewer of VIEWERS) {
            const isMember = (ROLES as readonly string[]).includes(viewer);
            if (access === 'private' && !isMember) continue;
            const gone = (await eventsOf(people[viewer], leaving)).filter(({ kind }) => kind === 'gone');
            const told = parts.filter(
              (note) => note.author !== viewer && expected(viewer, note, access !== 'private') === 'whole',
            );
            const ofParts = gone
              .map(({ annotation }) => annotation as string)
              .filter((id) => idsOf(parts).includes(id));
            assert.deepEqual(ofParts.sort(), idsOf(told), viewer);
          }
        }
      });

      for (const viewer of VIEWERS) {
        describe(`the ${viewer}`, () => {
          const isPublic = access === 'restricted';
          const isMember = (ROLES as readonly string[]).includes(viewer);
          const user = () => people[viewer];
          const sightOf = (note: Note) => expected(viewer, note, isPublic);
          const isSeen = (note: Note) => sightOf(note) !== 'nothing';
          const isWhole = (note: Note) => sightOf(note) === 'whole';
          /** Whether its words are shown: a deleted annotation has none. */
          const speaks = (note: Note) => isWhole(note) && note.state !== 'deleted';
          const idsWhere = (holds: (note: Note) => boolean) => idsOf(notes.filter(holds));
          const api = (path: string) => `/api/v1/groups/${slug}/${path}`;

          if (!isMember && !isPublic) {
            for (const path of PATHS) {
              it(`does not find ${path}`, async () => {
                const headers = { accept: '*/*' };
                const response = await call(user(), path.replaceAll('SLUG', slug), { headers });
                assert.equal(response.status, 404);
              });
            }
          } else {
            it('has the list, and the texts in it', async () => {
              const listed = await allOf(user(), api('annotations?limit=500'));
              assert.deepEqual(idsOf(listed), idsWhere(isSeen));
              assert.deepEqual(marksIn(JSON.stringify(listed)), idsWhere(isWhole));
            });

            it('has the counts of who agrees, where it has the words', async () => {
              const listed = await allOf(user(), api('annotations?limit=500'));
              const agreed = listed.filter(({ agreements }) => agreements > 0);
              assert.deepEqual(idsOf(agreed), idsWhere(isWhole));
            });

            it('has the counts of replies', async () => {
              const listed = await allOf(user(), api('annotations?limit=500'));
              for (const { id, replies } of listed.filter(({ parent }) => parent === null)) {
                const seen = notes.filter((note) => note.root?.id === id && isSeen(note));
                const counted = seen.filter(({ state }) => state !== 'hidden' && state !== 'deleted');
                assert.equal(replies, counted.length);
              }
            });

            it('has the search', async () => {
              const found = await allOf(user(), api('annotations?limit=500&q=mark-'));
              assert.deepEqual(idsOf(found), idsWhere(isWhole));
            });

            it('has the search of all groups', async () => {
              const found: string[] = [];
              for (let cursor: string | undefined, more = true; more; ) {
                const person = viewer === 'nobody' ? nobody : await viewerOf(user().id);
                assert.ok(person);
                const page = await searchAnnotations(person, { words: 'mark-' }, { limit: 500, cursor });
                found.push(...page.items.map(({ annotation }) => annotation.id));
                cursor = page.next ?? undefined;
                more = cursor !== undefined;
              }
              const ours = new Set(notes.map(({ id }) => id));
              assert.deepEqual(found.filter((id) => ours.has(id)).sort(), idsWhere(speaks));
            });

            it('has the events, and none of a note without words for them', async () => {
              const all = await eventsOf(user(), slug);
              const revealed = all.filter(({ kind }) => kind === 'revealed');
              assert.ok(!isStaff(viewer) || revealed.length === 0);
              const events = all.filter((event) => !revealed.includes(event));
              assert.deepEqual(events.map(({ annotation }) => annotation).sort(), idsWhere(isWhole));
              assert.deepEqual([...new Set(events.map(({ kind }) => kind))], ['annotation.created']);
            });

            it('has the count of what is unread, and the list of it', async () => {
              const isNew = (note: Note) =>
                isWhole(note) && note.state === 'published' && note.author !== viewer && viewer !== 'nobody';
              const listed = await allOf(user(), api('annotations?limit=500&unread=1'));
              assert.deepEqual(idsOf(listed), idsWhere(isNew));
              const { unread } = await (await call(user(), `/api/v1/groups/${slug}`)).json();
              assert.equal(unread, isMember ? idsWhere(isNew).length : 0);
            });

            it('has the tags', async () => {
              const tagged = await allOf(user(), api('annotations?limit=500&tag=marked'));
              assert.deepEqual(idsOf(tagged), idsWhere(isWhole));
              const heat = await call(user(), api('heat?edition=gheorghiu-2009&section=doc2'));
              assert.equal(heat.status, isStaff(viewer) ? 200 : 403);
              if (isStaff(viewer)) {
                const said = notes.filter(
                  (note) => isSeen(note) && note.state === 'published' && note.visibility === 'group',
                );
                const paragraphs: { notes: number }[] = (await heat.json()).items;
                const most = Math.max(...paragraphs.map(({ notes }) => notes));
                assert.equal(most, said.length);
              }
              const { items } = await (await call(user(), api('tags'))).json();
              const count = notes.filter((note) => isWhole(note) && note.state !== 'deleted').length;
              assert.deepEqual(items, count > 0 ? [{ tag: 'marked', count, offered: false }] : []);
            });

            it('has the list of a page image', async () => {
              const onImage = await allOf(user(), api(`annotations?limit=500&canvas=${slug}`));
              assert.deepEqual(idsOf(onImage), idsWhere(isSeen));
            });

            it('has the index of a page, and which of it has no words', async () => {
              const path = api('outline?edition=gheorghiu-2009&section=doc1');
              const { ids, gone } = await (await call(user(), path)).json();
              assert.deepEqual([...ids].sort(), idsWhere(isSeen));
              const silent = gone.map((position: number) => ids[position]).sort();
              assert.deepEqual(
                silent,
                idsWhere((note) => isSeen(note) && !speaks(note)),
              );
            });

            for (const format of ['jsonld', 'csv', 'md']) {
              it(`has the export as ${format}`, async () => {
                const file = await call(user(), api(`export?format=${format}`));
                assert.deepEqual(marksIn(await file.text()), idsWhere(isWhole));
              });
            }

            it('has the W3C container, and its total', async () => {
              const contained = idsWhere(speaks);
              const pages: string[] = [];
              for (let page = 0; page * 100 < contained.length + 100; page++) {
                pages.push(await (await call(user(), `/groups/${slug}/annotations/?page=${page}`)).text());
              }
              assert.deepEqual(marksIn(pages.join()), contained);
              const { total } = await (await call(user(), `/groups/${slug}/annotations/`)).json();
              assert.equal(total, contained.length);
            });
          }

          it('has the page image for IIIF viewers', async () => {
            // A thread on a page image is one annotation there: it needs a root that has words.
            const drawn = idsWhere((note) => speaks(note) && (note.root === null || speaks(note.root)));
            const image = await call(user(), `/iiif/gheorghiu-2009/canvas/${slug}/annotations`);
            assert.deepEqual(marksIn(await image.text()), drawn);
          });

          it('has each annotation by itself', async () => {
            for (const note of sampleOf(notes)) {
              const response = await call(user(), `/api/v1/annotations/${note.id}`);
              assert.equal(response.status, isSeen(note) ? 200 : 404, JSON.stringify(note));
              const text = await response.text();
              assert.equal(text.includes(markOf(note.id)), isWhole(note), JSON.stringify(note));
            }
          });

          it('can agree with none that it does not see, and copy none', async () => {
            for (const note of sampleOf(notes)) {
              const path = `/api/v1/annotations/${note.id}`;
              const answers = [
                await call(user(), `${path}/agree`, { method: 'DELETE' }),
                await call(user(), `${path}/copy`, { body: { group: slug } }),
              ];
              for (const answer of answers)
                assert.equal(answer.status === 404, !isSeen(note), `${answer.url} ${JSON.stringify(note)}`);
            }
          });

          if (viewer !== 'nobody') {
            it('has its own notes in its notebook, and no others', async () => {
              const own = (ids: string[]) => notes.filter(({ id }) => ids.includes(id));
              const listed = await allOf(user(), '/api/v1/me/annotations?limit=500');
              const file = await call(user(), '/api/v1/me/annotations/export?format=md');
              const all = notes
                .map(({ id }) => id)
                .join(',')
                .slice(0, 37 * 200 - 1);
              const named = await call(user(), `/api/v1/me/annotations/export?format=md&ids=${all}`);
              const found = own(idsOf(listed));
              assert.deepEqual(
                idsOf(found),
                idsWhere(({ author, state }) => author === viewer && state !== 'deleted'),
              );
              for (const text of [await file.text(), await named.text()])
                assert.ok(own(marksIn(text)).every(({ author }) => author === viewer));
            });
          }

          it('has the history of each', async () => {
            for (const note of sampleOf(notes)) {
              const history = await call(user(), `/api/v1/annotations/${note.id}/history`);
              const text = await history.text();
              assert.equal(text.includes(markOf(note.id)), isWhole(note), JSON.stringify(note));
            }
          });

          it('has the IRI of each', async () => {
            const headers = { accept: 'application/ld+json' };
            for (const note of sampleOf(notes)) {
              const response = await call(user(), `/groups/${slug}/annotations/${note.id}`, { headers });
              const present = note.state === 'deleted' ? 410 : 200;
              assert.equal(response.status, isSeen(note) ? present : 404, JSON.stringify(note));
              const text = await response.text();
              assert.equal(text.includes(markOf(note.id)), speaks(note), JSON.stringify(note));
            }
          });

          if (isMember || (isPublic && viewer !== 'nobody')) {
            it('has the anchors that wait for a decision', async () => {
              const pending = await allOf(user(), api('anchors?limit=500'));
              const isOwn = (note: Note) => note.author === viewer && viewer !== 'reader';
              const mayDecide = (note: Note) => isOwn(note) || (isStaff(viewer) && isWhole(note));
              assert.deepEqual(
                idsOf(pending.map(({ annotation }) => annotation)),
                idsWhere((note) => note.root === null && note.state !== 'deleted' && mayDecide(note)),
              );
            });
          }

          if (viewer !== 'nobody') {
            it('has the notices, their number, their feed and their mail', async () => {
              const told = await everyNoticeOf(user());
              const toldOf = (kind: string) =>
                told
                  .filter((notice) => notice.kind === kind && notice.group === slug)
                  .map(({ annotation }) => annotation)
                  .sort();
              assert.deepEqual(toldOf('watched'), isMember ? idsWhere(speaks) : []);
              assert.deepEqual(toldOf('report'), isStaff(viewer) ? idsWhere(speaks) : []);
              const { unread } = await (await call(user(), '/api/v1/notices?limit=1')).json();
              assert.equal(unread, told.length);
              const { address } = await (await call(user(), '/api/v1/me/feed', { method: 'POST' })).json();
              const feed = marksIn(await (await call(anonymous, new URL(address).pathname)).text());
              const mail = marksIn(await mailOf(user()));
              assert.equal(feed.length > 0 && mail.length > 0, isMember);
              const spoken = new Set(idsOf(everywhere.filter((note) => isMember && speaks(note))));
              assert.deepEqual(
                [...feed, ...mail].filter((id) => !spoken.has(id)),
                [],
              );
            });
          }

          if (isStaff(viewer)) {
            it('has the moderation queue', async () => {
              const queue = await allOf(user(), api('moderation/queue?limit=500'));
              assert.deepEqual(
                idsOf(queue.map(({ annotation }) => annotation)),
                idsWhere((note) => note.state === 'pending' && isWhole(note)),
              );
            });
          } else if (isMember) {
            it('is refused the moderation queue', async () => {
              assert.equal((await call(user(), api('moderation/queue'))).status, 403);
            });
          }
        });
      }
    });
  }
});

/**
 * Every root, and one of twenty-one replies, since each costs a request for each viewer and path. There are twenty
 * under each root, so that every combination of a reply's state and visibility is met under many roots.
 */
function sampleOf(notes: Note[]): Note[] {
  const replies = notes.filter(({ root }) => root !== null);
  return [
    ...notes.filter(({ root }) => root === null),
    ...replies.filter((_, position) => position % 21 === 0),
  ];
}

function idsOf(items: { id: string }[]): string[] {
  return items.map(({ id }) => id).sort();
}

function marksIn(text: string): string[] {
  return [...new Set([...text.matchAll(/mark-([0-9a-f-]{36})/g)].map(([, id]) => id as string))].sort();
}

type Told = { kind: string; annotation: string; group: string };

/** The notices that a person has, of all groups, page after page. */
async function everyNoticeOf(user: TestUser): Promise<Told[]> {
  const told: Told[] = [];
  let path: string | undefined = '/api/v1/notices?limit=200';
  while (path) {
    const response = await call(user, path);
    assert.equal(response.status, 200);
    told.push(...(await response.json()).items);
    path = /<[^>]*(\/api[^>]*)>; rel="next"/.exec(response.headers.get('link') ?? '')?.[1];
  }
  return told;
}

/** The mail that a person would get now, as text and as HTML. */
async function mailOf(user: TestUser): Promise<string> {
  const letter = await draftLetter(user.id);
  return letter ? `${letter.subject} ${letter.text} ${letter.html}` : '';
}

type Item = {
  id: string;
  parent: string | null;
  replies: number;
  agreements: number;
  annotation: { id: string };
};

async function allOf(user: TestUser, path: string): Promise<Item[]> {
  const items: Item[] = [];
  let cursor: string | null = null;
  do {
    const response: Response = await call(user, cursor ? `${path}&cursor=${cursor}` : path);
    assert.equal(response.status, 200, path);
    const page = (await response.json()) as { items: Item[]; next: string | null };
    items.push(...page.items);
    cursor = page.next;
  } while (cursor);
  return items;
}

/** The events of a group, from the first. */
async function eventsOf(user: TestUser, slug: string) {
  const reader = await openEvents(user, slug, { after: '0', query: '?once=1' });
  assert.equal(reader.response.status, 200);
  await until(reader.isEnded);
  return reader.events;
}

/** Takes notes out of the sight of all but their authors, with an event for each. */
async function withdraw(slug: string, ids: string[]): Promise<void> {
  await db.$transaction([
    db.$executeRaw`UPDATE annotation SET state = 'pending', visibility = 'private' WHERE id = ANY(${ids}::uuid[])`,
    db.$executeRaw`UPDATE annotation SET state = 'denied' WHERE id = ANY(${ids}::uuid[])`,
    db.$executeRaw`INSERT INTO event (group_id, kind, annotation_id)
      SELECT g.id, 'annotation.changed', n.id FROM "group" g, unnest(${ids}::uuid[]) n(id) WHERE g.slug = ${slug}`,
  ]);
}

/** Every root by `author`, and under each every reply by `replier`: all states and visibilities, in every mode. */
async function everyNote(slug: string, people: Record<Viewer, TestUser>): Promise<Note[]> {
  const { id: groupId } = await db.group.findUniqueOrThrow({ where: { slug } });
  const assignments = new Map<ModeName, string>();
  const sections = { edition: 'gheorghiu-2009', sections: ['doc1'] };
  for (const [name, settings] of Object.entries(MODES)) {
    if (!settings) continue;
    const id = newId();
    await db.assignment.create({ data: { groupId, id, title: name, ...sections, ...settings } });
    assignments.set(name as ModeName, id);
  }
  const notes: Note[] = [];
  const rows: Prisma.AnnotationCreateManyInput[] = [];
  const add = (
    author: Viewer,
    state: Note['state'],
    visibility: Note['visibility'],
    mode: ModeName,
    root: Note | null,
  ) => {
    const note: Note = { id: newId(), author, state, visibility, mode, root };
    notes.push(note);
    rows.push({
      ...{ groupId, id: note.id, rootId: root?.id ?? note.id, parentId: root?.id ?? null },
      ...{ authorId: people[author].id, edition: 'gheorghiu-2009', section: 'doc1', state, visibility },
      ...{
        assignmentId: assignments.get(mode) ?? null,
        body: markOf(note.id),
        tags: ['marked'],
        revision: 1,
      },
    });
    return note;
  };
  for (const mode of Object.keys(MODES) as ModeName[]) {
    for (const state of STATES) {
      for (const visibility of VISIBILITIES) {
        const root = add('author', state, visibility, mode, null);
        for (const replyState of STATES) {
          for (const replyVisibility of REPLY_VISIBILITIES)
            add('replier', replyState, replyVisibility, mode, root);
        }
      }
    }
  }
  add('posted', 'published', 'group', 'post-first', null);
  const withdrawn = add('withdrawn', 'published', 'group', 'post-first', null);
  // What does not open the post-first assignment: a private gloss, and an answer.
  add('student', 'published', 'private', 'post-first', null);
  await db.annotation.createMany({ data: rows.filter(({ parentId }) => parentId === null) });
  await db.annotation.createMany({ data: rows.filter(({ parentId }) => parentId !== null) });
  await db.event.createMany({
    data: rows.map(({ id }) => ({ groupId, kind: 'annotation.created', annotationId: id })),
  });
  // Somebody who is in none of these groups agrees with all of them: who is told depends on nothing of that person.
  const agreements = rows.map(({ id }) => ({ groupId, annotationId: id, userId: people.outsider.id }));
  await db.agreement.createMany({ data: agreements });
  // The door that a gloss has opened stays open.
  await db.annotation.updateMany({ where: { id: withdrawn.id }, data: { state: 'hidden' } });
  withdrawn.state = 'hidden';
  const lost = { edition: 'gheorghiu-2009', section: 'doc1', anchor: 'orphaned' as const };
  const standing = { groupId, position: 0, revision: 1, anchorRevision: 1, ...lost };
  const roots = rows.filter(({ parentId }) => parentId === null);
  const found = {
    ...standing,
    position: 1,
    section: 'doc2',
    anchor: 'exact' as const,
    start: 0,
    end: 5,
    exact: 'x',
  };
  await db.passage.createMany({
    data: roots.flatMap(({ id }) => [standing, found].map((passage) => ({ ...passage, annotationId: id }))),
  });
  // All of them on one page image, too: a canvas for each group.
  const size = { width: 10, height: 10 };
  const [edition, canvas, imageId] = ['gheorghiu-2009', slug, 'image'];
  await db.image.createMany({ data: { id: imageId, ...size }, skipDuplicates: true });
  await db.canvas.create({ data: { edition, id: canvas, position: 0, label: canvas, imageId, ...size } });
  const region = { groupId, position: 0, edition, canvas, imageId, x: 0, y: 0, w: 1, h: 1 };
  await db.region.createMany({ data: roots.map(({ id }) => ({ ...region, annotationId: id })) });
  return notes;
}

/** Tells everybody of everything in a group: who may see it is asked when a notice is shown. */
async function tellEverybody(slug: string, people: Record<Viewer, TestUser>): Promise<void> {
  const { id: groupId } = await db.group.findUniqueOrThrow({ where: { slug } });
  const told = Object.values(people).filter(({ token }) => token !== null);
  for (const kind of ['watched', 'report']) {
    await db.$executeRaw`
      INSERT INTO notice (group_id, id, user_id, kind, annotation_id, source, created_at)
      SELECT a.group_id, gen_random_uuid(), u.id, ${kind}, a.id, ${kind} || a.id, now()
        FROM annotation a, unnest(${told.map(({ id }) => id)}::uuid[]) AS u(id) WHERE a.group_id = ${groupId}::uuid`;
  }
}

import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { db, type Prisma } from '@/lib/db';
import { newId } from '@/lib/kernel/ids';
import { freshDatabase } from '../support/fresh-database';
import {
  anonymous,
  call,
  createSeminar,
  createUserWithToken,
  publishSampleEdition,
  type TestUser,
} from '../support/seminar';

/**
 * design.md, "Who sees a note", as a generated matrix: role × state × visibility × mode, of roots and of replies,
 * on every path that reads. `expected` below is the table once more, written apart from the SQL condition.
 */

const STATES = ['published', 'pending', 'hidden', 'denied', 'deleted'] as const;
const VISIBILITIES = ['private', 'staff', 'group'] as const;
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
  visibility: (typeof VISIBILITIES)[number];
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
  'student',
  'reader',
] as const;
const roleOf = { author: 'student', replier: 'student', posted: 'student' } as const;
const VIEWERS = [...ROLES, 'outsider', 'admin', 'nobody'] as const;
type Viewer = (typeof VIEWERS)[number];

const isStaff = (viewer: Viewer) => ['owner', 'instructor', 'assistant'].includes(viewer);
/** Who has an own published gloss of visibility `group` in the post-first assignment. */
const hasPosted = (viewer: Viewer) => viewer === 'posted' || viewer === 'author';

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
  const rootSeen = note.root === null || note.root.author === viewer || leavesATrace(note.root);
  if (!leavesATrace(note) || !rootSeen || !modeAllows(viewer, note.mode)) return 'nothing';
  return note.state === 'published' ? 'whole' : 'tombstone';
}

const markOf = (id: string) => `mark-${id}`;

describe('who sees a note', () => {
  const people = {} as Record<Viewer, TestUser>;

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
      });

      for (const viewer of VIEWERS) {
        it(`the ${viewer} sees what the table says, on every path`, async () => {
          const isPublic = access === 'restricted';
          const sights = new Map(notes.map((note) => [note.id, expected(viewer, note, isPublic)]));
          const ids = (...wanted: Sight[]) =>
            [...sights]
              .filter(([, sight]) => wanted.includes(sight))
              .map(([id]) => id)
              .sort();
          const member = (ROLES as readonly string[]).includes(viewer);
          const who = people[viewer];

          if (!member && !isPublic) {
            for (const path of PATHS) {
              const response = await call(who, path.replaceAll('SLUG', slug), { headers: { accept: '*/*' } });
              assert.equal(response.status, 404, path);
            }
          } else {
            const listed = await allOf(who, `/api/v1/groups/${slug}/annotations?limit=500`);
            assert.deepEqual(listed.map(({ id }) => id).sort(), ids('whole', 'tombstone'), 'the list');
            assert.deepEqual(marksIn(JSON.stringify(listed)), ids('whole'), 'the texts of the list');
            for (const { id, replies } of listed.filter(({ parent }) => parent === null)) {
              const seen = notes.filter((note) => note.root?.id === id && sights.get(note.id) !== 'nothing');
              const counted = seen.filter(({ state }) => state !== 'hidden' && state !== 'deleted');
              assert.equal(replies, counted.length, 'the count of replies');
            }

            const searched = await allOf(who, `/api/v1/groups/${slug}/annotations?limit=500&q=mark-`);
            assert.deepEqual(searched.map(({ id }) => id).sort(), ids('whole'), 'the search');
            const tagged = await allOf(who, `/api/v1/groups/${slug}/annotations?limit=500&tag=marked`);
            assert.deepEqual(tagged.map(({ id }) => id).sort(), ids('whole'), 'the tags');

            const onImage = await allOf(who, `/api/v1/groups/${slug}/annotations?limit=500&canvas=${slug}`);
            assert.deepEqual(onImage.map(({ id }) => id).sort(), ids('whole', 'tombstone'), 'a page image');

            const outlined = await (
              await call(who, `/api/v1/groups/${slug}/outline?edition=gheorghiu-2009&section=doc1`)
            ).json();
            assert.deepEqual([...outlined.ids].sort(), ids('whole', 'tombstone'), 'the outline');
            const silent: string[] = outlined.gone.map((note: number) => outlined.ids[note]);
            const speaks = (note: Note) => sights.get(note.id) === 'whole' && note.state !== 'deleted';
            assert.deepEqual(
              silent.sort(),
              notes
                .filter((note) => sights.get(note.id) !== 'nothing' && !speaks(note))
                .map(({ id }) => id)
                .sort(),
              'the outline of what has no words',
            );

            for (const format of ['jsonld', 'csv', 'md']) {
              const file = await call(who, `/api/v1/groups/${slug}/export?format=${format}`);
              assert.deepEqual(marksIn(await file.text()), ids('whole'), `the export as ${format}`);
            }

            const contained = notes.filter(
              (note) => sights.get(note.id) === 'whole' && note.state !== 'deleted',
            );
            const pages: string[] = [];
            for (let page = 0; page * 100 < contained.length + 100; page++) {
              const response = await call(who, `/groups/${slug}/annotations/?page=${page}`);
              pages.push(await response.text());
            }
            assert.deepEqual(marksIn(pages.join()), contained.map(({ id }) => id).sort(), 'the container');
            const { total } = await (await call(who, `/groups/${slug}/annotations/`)).json();
            assert.equal(total, contained.length, 'the total of the container');
          }

          // A thread on a page image is one annotation there: it needs a root that has words.
          const speaking = ({ id, state }: Note) => sights.get(id) === 'whole' && state !== 'deleted';
          const drawn = notes.filter((note) => speaking(note) && (note.root === null || speaking(note.root)));
          const image = await (await call(who, `/iiif/gheorghiu-2009/canvas/${slug}/annotations`)).text();
          assert.deepEqual(
            marksIn(image),
            drawn.map(({ id }) => id).sort(),
            'the page image for IIIF viewers',
          );

          const thread = notes.filter((note) => note.root === null || sampled(note));
          for (const note of thread) {
            const sight = sights.get(note.id);
            const response = await call(who, `/api/v1/annotations/${note.id}`);
            const text = await response.text();
            assert.equal(
              response.status,
              sight === 'nothing' ? 404 : 200,
              `${JSON.stringify(note)} by itself`,
            );
            assert.equal(
              text.includes(markOf(note.id)),
              sight === 'whole',
              `the text of ${JSON.stringify(note)}`,
            );
            const history = await (await call(who, `/api/v1/annotations/${note.id}/history`)).text();
            assert.equal(history.includes(markOf(note.id)), sight === 'whole', `the history of ${note.id}`);
            const iri = await call(who, `/groups/${slug}/annotations/${note.id}`, {
              headers: { accept: 'application/ld+json' },
            });
            const gone = note.state === 'deleted' ? 410 : 200;
            assert.equal(iri.status, sight === 'nothing' ? 404 : gone, `the IRI of ${JSON.stringify(note)}`);
            assert.equal((await iri.text()).includes(markOf(note.id)), sight === 'whole' && gone === 200);
          }

          if (member || (isPublic && viewer !== 'nobody')) {
            const lost = await allOf(who, `/api/v1/groups/${slug}/anchors?limit=500`);
            const own = (note: Note) => note.author === viewer && viewer !== 'reader';
            const settled = notes.filter(
              (note) =>
                note.root === null &&
                note.state !== 'deleted' &&
                (own(note) || (isStaff(viewer) && sights.get(note.id) === 'whole')),
            );
            const found = lost.map(({ annotation }) => annotation.id).sort();
            assert.deepEqual(found, settled.map(({ id }) => id).sort(), 'the places that wait');
          }

          if (isStaff(viewer)) {
            const queue = await allOf(who, `/api/v1/groups/${slug}/moderation/queue?limit=500`);
            const waiting = notes.filter(
              ({ id, state }) => state === 'pending' && sights.get(id) === 'whole',
            );
            const found = queue.map(({ annotation }) => annotation.id).sort();
            assert.deepEqual(found, waiting.map(({ id }) => id).sort(), 'the queue');
          } else if (member) {
            const refused = await call(who, `/api/v1/groups/${slug}/moderation/queue`);
            assert.equal(refused.status, 403);
          }
        });
      }
    });
  }
});

const PATHS = [
  '/api/v1/groups/SLUG/annotations',
  '/api/v1/groups/SLUG/outline?edition=gheorghiu-2009&section=doc1',
  '/api/v1/groups/SLUG/annotations?canvas=SLUG',
  '/api/v1/groups/SLUG/export?format=jsonld',
  '/api/v1/groups/SLUG/moderation/queue',
  '/api/v1/groups/SLUG/anchors',
  '/groups/SLUG/annotations/',
];

/** A sixteenth of the replies: each costs three requests for each viewer. */
const sampled = ({ id }: Note) => id.charCodeAt(id.length - 1) % 16 === 0;

function marksIn(text: string): string[] {
  return [...new Set([...text.matchAll(/mark-([0-9a-f-]{36})/g)].map(([, id]) => id as string))].sort();
}

type Item = { id: string; parent: string | null; replies: number; annotation: { id: string } };

async function allOf(who: TestUser, path: string): Promise<Item[]> {
  const items: Item[] = [];
  let cursor: string | null = null;
  do {
    const response: Response = await call(who, cursor ? `${path}&cursor=${cursor}` : path);
    assert.equal(response.status, 200, path);
    const page = (await response.json()) as { items: Item[]; next: string | null };
    items.push(...page.items);
    cursor = page.next;
  } while (cursor);
  return items;
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
          for (const replyVisibility of VISIBILITIES) add('replier', replyState, replyVisibility, mode, root);
        }
      }
    }
  }
  add('posted', 'published', 'group', 'post-first', null);
  // What does not open the post-first assignment: a private gloss, and an answer.
  add('student', 'published', 'private', 'post-first', null);
  await db.annotation.createMany({ data: rows.filter(({ parentId }) => parentId === null) });
  await db.annotation.createMany({ data: rows.filter(({ parentId }) => parentId !== null) });
  const lost = { edition: 'gheorghiu-2009', section: 'doc1', anchor: 'orphaned' as const };
  const standing = { groupId, position: 0, revision: 1, anchorRevision: 1, ...lost };
  const roots = rows.filter(({ parentId }) => parentId === null);
  await db.passage.createMany({ data: roots.map(({ id }) => ({ ...standing, annotationId: id })) });
  // All of them on one page image, too: a canvas for each group.
  const size = { width: 10, height: 10 };
  const [edition, canvas, imageId] = ['gheorghiu-2009', slug, 'image'];
  await db.image.createMany({ data: { id: imageId, ...size }, skipDuplicates: true });
  await db.canvas.create({ data: { edition, id: canvas, position: 0, label: canvas, imageId, ...size } });
  const region = { groupId, position: 0, edition, canvas, imageId, x: 0, y: 0, w: 1, h: 1 };
  await db.region.createMany({ data: roots.map(({ id }) => ({ ...region, annotationId: id })) });
  return notes;
}

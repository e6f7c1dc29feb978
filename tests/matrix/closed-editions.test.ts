import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, describe, it } from 'node:test';
import sharp from 'sharp';
import { db } from '@/lib/db';
import { operator } from '@/lib/identity';
import { unzip } from '@/lib/kernel/unzip';
import { publishDraft, uploadDraft } from '@/lib/publication';
import { freshDatabase } from '../support/fresh-database';
import {
  anonymous,
  call,
  createAdmin,
  createSeminar,
  createUserWithToken,
  postGloss,
  postReply,
  type TestUser,
} from '../support/seminar';

/**
 * design.md, "Closed editions", as a generated matrix: access × whose list × who asks × every path that leaves the server.
 * Whoever may not read an edition gets the answer that an edition that never was gets, word by word, and no planted
 * word of it; whoever may, gets it.
 */

process.env.SCHOLION_WRITES_PER_MINUTE = '1000000';

const ACCESS = ['public', 'groups'] as const;
const LISTS = ['own', 'none', 'other', 'home'] as const;
const ROLES = ['owner', 'instructor', 'assistant', 'author', 'student', 'reader'] as const;
const VIEWERS = [...ROLES, 'neighbour', 'outsider', 'admin', 'nobody'] as const;
type Viewer = (typeof VIEWERS)[number];
type Cell = { access: (typeof ACCESS)[number]; list: (typeof LISTS)[number] };
const CELLS: Cell[] = ACCESS.flatMap((access) => LISTS.map((list) => ({ access, list })));

const isMember = (viewer: Viewer) => (ROLES as readonly string[]).includes(viewer);

/** Who may read an edition: the table of the design once more, apart from the SQL. */
function mayRead(viewer: Viewer, { access, list }: Cell): boolean {
  if (access === 'public' || viewer === 'admin') return true;
  if (list === 'own') return isMember(viewer);
  if (list === 'other') return viewer === 'neighbour';
  return list === 'home' && (viewer === 'owner' || viewer === 'instructor');
}

/** An edition with its planted words, an image of its own, and a thread of `author` and `student` on it. */
type Planted = Cell & {
  slug: string;
  image: string;
  gloss: string;
  reply: string;
  words: Record<'title' | 'text' | 'canvas' | 'gloss' | 'reply' | 'decision', string>;
};

const MISSING: Planted = {
  access: 'groups',
  list: 'none',
  slug: 'never-was',
  image: '0'.repeat(32),
  gloss: '0190a000-0000-7000-8000-000000000001',
  reply: '0190a000-0000-7000-8000-000000000002',
  words: { title: '', text: '', canvas: '', gloss: '', reply: '', decision: '' },
};

const FORMATS = ['jsonld', 'ttl', 'csv', 'md', 'html', 'tei', 'jsonl'];
type Shot = { path: string; method?: string; headers?: Record<string, string>; body?: unknown };

/** Every path that is about one edition, or about one note on it. */
function pathsOf({ slug, image, gloss, reply }: Planted, group: string): Shot[] {
  const api = `/api/v1/editions/${slug}`;
  const seminar = `/api/v1/groups/${group}`;
  const tile = `/iiif/images/${image}/full/max/0/default.jpg`;
  const linked = { accept: 'application/ld+json' };
  const target = {
    '@context': 'http://www.w3.org/ns/anno.jsonld',
    type: 'Annotation',
    body: { type: 'TextualBody', value: 'x' },
    target: `http://localhost:3000/editions/${slug}/doc1`,
  };
  const onImage = { ...target, target: `http://localhost:3000/iiif/${slug}/canvas/c1` };
  const get = [
    ...[api, `${api}?revision=1`, `${api}/sections/doc1`, `${api}/sections/doc1?revision=1`],
    ...[`${api}/source`, `${api}/source?revision=1`, `${api}/source?draft=1`],
    ...[`${api}/canvases`, `${api}/canvases/c1`],
    ...[`/iiif/${slug}/manifest`, `/iiif/${slug}/canvas/c1/annotations`],
    ...[`/iiif/images/${image}/info.json`, tile],
    ...['annotations?limit=500&', 'outline?section=doc1&'].map((list) => `${seminar}/${list}edition=${slug}`),
    `${seminar}/heat?edition=${slug}&section=doc1`,
    ...[`${seminar}/annotations?q=marker&edition=${slug}`, `${seminar}/annotations?thread=${gloss}`],
    ...FORMATS.map((format) => `${seminar}/export?format=${format}&edition=${slug}`),
    ...[gloss, reply].flatMap((id) => [
      ...[`/api/v1/annotations/${id}`, `/api/v1/annotations/${id}/history`, `/annotations/${id}`],
    ]),
  ].map((path) => ({ path }));
  return [
    ...get,
    ...[gloss, reply].map((id) => ({ path: `/groups/${group}/annotations/${id}`, headers: linked })),
    ...[tile, `/iiif/${slug}/manifest`].flatMap((path) => [
      { path, method: 'HEAD' },
      { path, headers: { range: 'bytes=0-10' } },
      { path, headers: { 'if-none-match': '*' } },
      { path, headers: { 'if-modified-since': new Date().toUTCString() } },
    ]),
    // Writing at it from elsewhere. What is refused is refused in the same words.
    { path: `${seminar}/annotations`, body: { edition: slug, section: 'doc1', body: 'x', start: 1, end: 0 } },
    { path: `${seminar}/import?dryRun=1`, body: [target], headers: { 'content-type': 'application/json' } },
    { path: `${seminar}/import?dryRun=1`, body: [onImage], headers: { 'content-type': 'application/json' } },
  ];
}

/** What is written at an edition by those who may not read it: the answers, and nothing is stored. */
function writesAt({ slug, gloss, reply }: Planted, group: string): Shot[] {
  const seminar = `/api/v1/groups/${group}`;
  const target = `http://localhost:3000/editions/${slug}/doc1`;
  const linked = { 'content-type': 'application/ld+json' };
  const annotation = {
    '@context': 'http://www.w3.org/ns/anno.jsonld',
    type: 'Annotation',
    body: { type: 'TextualBody', value: 'x' },
    target,
  };
  const anyVersion = { 'if-match': '*' };
  return [
    { path: `${seminar}/annotations`, body: { edition: slug, section: 'doc1', body: 'x', start: 0, end: 5 } },
    { path: `${seminar}/annotations`, body: { edition: slug, section: 'doc1', body: 'x' } },
    { path: `${seminar}/annotations`, body: { edition: slug, canvas: 'c1', body: 'x' } },
    { path: `/groups/${group}/annotations/`, body: annotation, headers: linked },
    ...[gloss, reply].flatMap((id) => [
      { path: `/api/v1/annotations/${id}`, method: 'PATCH', body: { body: 'x' }, headers: anyVersion },
      { path: `/api/v1/annotations/${id}`, method: 'DELETE', headers: anyVersion },
      { path: `/api/v1/annotations/${id}/replies`, body: { body: 'x' } },
      { path: `/api/v1/annotations/${id}/flags`, body: { reason: 'wrong', note: '' } },
      { path: `/api/v1/annotations/${id}/moderation`, body: { action: 'hide', reason: 'x' } },
      { path: `/api/v1/annotations/${id}/moderation`, body: { action: 'lock', reason: 'x' } },
      { path: `/api/v1/annotations/${id}/anchor`, body: { action: 'leave' } },
    ]),
    { path: `/api/v1/editions/${slug}`, method: 'PATCH', body: { title: 'x' } },
    { path: `/api/v1/editions/${slug}/draft` },
    { path: `/api/v1/editions/${slug}/draft`, method: 'DELETE' },
    {
      path: `/api/v1/editions/${slug}/draft`,
      method: 'PUT',
      body: 'A text.',
      headers: { 'content-type': 'text/plain' },
    },
    { path: `/api/v1/editions/${slug}/canvases`, body: 'x', headers: { 'content-type': 'image/png' } },
    { path: `/api/v1/editions/${slug}/canvases/c1`, method: 'PATCH', body: { label: 'x' } },
    { path: `/api/v1/editions/${slug}/canvases/c1`, method: 'DELETE' },
    { path: `/api/v1/editions/${slug}/manifest`, body: { url: 'http://localhost/x' } },
    { path: `/api/v1/editions/${slug}/publication`, body: {} },
    { path: `${seminar}/reading-list`, method: 'PUT', body: [{ edition: slug }] },
  ];
}

/** Paths that are about no edition in particular, in which it may be told of. */
const everywhere = (group: string): Shot[] =>
  [
    ...['/api/v1/editions', '/api/v1/groups', '/api/v1/me', `/api/v1/groups/${group}`],
    ...[
      'annotations?limit=500',
      'annotations?q=marker',
      'annotations?section=doc1',
      'annotations?canvas=c1',
    ].map((list) => `/api/v1/groups/${group}/${list}`),
    ...['/api/v1/me/annotations?limit=500', '/api/v1/me/annotations?q=marker'],
    ...['md', 'html', 'docx'].map((format) => `/api/v1/me/annotations/export?format=${format}`),
    ...['assignments', 'overview', 'gradebook.csv', 'tags'].map((list) => `/api/v1/groups/${group}/${list}`),
    ...['reading-list', 'anchors', 'moderation/queue', 'moderation/log', 'members'].map(
      (list) => `/api/v1/groups/${group}/${list}`,
    ),
    ...['zip', ...FORMATS.filter((format) => format !== 'tei')].map(
      (format) => `/api/v1/groups/${group}/export?format=${format}`,
    ),
    ...[`/groups/${group}/annotations/`, `/groups/${group}/annotations/?page=0`, '/annotations/?page=0'],
  ].map((path) => ({ path }));

let checks = 0;
after(() => console.log(`# ${checks} answers were compared`));

for (const groupAccess of ['private', 'restricted'] as const) {
  describe(`editions that a ${groupAccess} group may read`, () => {
    const people = {} as Record<Viewer, TestUser>;
    let group = '';
    const planted: Planted[] = [];

    before(async () => {
      if (groupAccess === 'private') await freshDatabase();
      for (const name of VIEWERS) {
        if (name === 'nobody') people[name] = anonymous;
        else if (name === 'admin') people[name] = await createAdmin();
        else people[name] = await createUserWithToken(name);
      }
      const roleOf = (name: (typeof ROLES)[number]) => (name === 'author' ? 'student' : name);
      const members = ROLES.map((name) => [name, { somebody: people[name], role: roleOf(name) }]);
      group = await createSeminar(Object.fromEntries(members), groupAccess);
      const other = await createSeminar({ owner: { somebody: people.neighbour, role: 'owner' } });
      for (const cell of CELLS) planted.push(await plant(cell, group, other, people));
    });

    for (const cell of CELLS) {
      const name = `${cell.access === 'public' ? 'a public' : 'a closed'} edition on ${cell.list} list`;
      for (const viewer of VIEWERS) {
        const reads = mayRead(viewer, cell);
        it(`${reads ? 'shows' : 'hides'} ${name} ${reads ? 'to' : 'from'} the ${viewer}`, async () => {
          const found = planted.find(({ access, list }) => access === cell.access && list === cell.list);
          assert.ok(found);
          if (reads) await assertShown(people[viewer], found, group, isMember(viewer), groupAccess);
          else await assertHidden(people[viewer], found, group, viewer);
        });
      }
    }

    for (const access of ACCESS) {
      for (const viewer of VIEWERS.filter((name) => name !== 'nobody')) {
        const manages =
          viewer === 'admin' || (access === 'groups' && (viewer === 'owner' || viewer === 'instructor'));
        it(`${manages ? 'shows' : 'hides'} a draft for ${access} ${manages ? 'to' : 'from'} the ${viewer}`, async () => {
          const draft = await plantDraft(access, group);
          if (!manages) return assertHidden(people[viewer], draft, group, 'outsider');
          const found = await call(people[viewer], `/api/v1/editions/${draft.slug}/draft`);
          assert.equal(found.status, 200);
          assert.equal((await call(people[viewer], `/api/v1/editions/${draft.slug}`)).status, 404);
        });
      }
    }
  });
}

/** Nothing that stands on the edition is told, and it is answered for as for one that never was. */
async function assertHidden(user: TestUser, edition: Planted, group: string, viewer: Viewer): Promise<void> {
  const own: string[] = viewer === 'author' ? [edition.gloss] : viewer === 'student' ? [edition.reply] : [];
  const isOwn = ({ path }: Shot) => own.some((id) => path.includes(id));
  const shots = [...pathsOf(edition, group), ...writesAt(edition, group)];
  const missing = [...pathsOf(MISSING, group), ...writesAt(MISSING, group)];
  for (const [i, shot] of shots.entries()) {
    // An author may read and take away what they wrote; that is looked at by itself.
    if (isOwn(shot)) continue;
    // A list has one's own notes whatever they are on; so has its file.
    const isList = /annotations\?|outline|export/.test(shot.path);
    const response = await fire(user, shot);
    assertWordless(response, edition, shot, own.length > 0);
    if (own.length > 0 && isList) continue;
    const absent = await fire(user, missing[i] as Shot);
    assert.deepEqual(normalized(response, edition), normalized(absent, MISSING), shot.path);
  }
  for (const shot of everywhere(group)) {
    assertWordless(await fire(user, shot), edition, shot, own.length > 0);
  }
  for (const id of own) {
    const mine = await call(user, `/api/v1/annotations/${id}`);
    assert.equal(mine.status, 200);
    const { body, can, exact, prefix } = await mine.json();
    assert.match(body, /marker-(gloss|reply)/);
    assert.deepEqual({ can, exact, prefix }, { can: ['delete'], exact: null, prefix: null });
    const file = await (await call(user, `/api/v1/groups/${group}/export?format=jsonld`)).text();
    assert.ok(file.includes(id) && !file.includes(edition.words.text));
  }
}

/** The words are not there; the author's own are, and the name of what they are on. */
function assertWordless(response: Answer, edition: Planted, shot: Shot, isAuthor: boolean): void {
  const { title, text, canvas, gloss, reply, decision } = edition.words;
  const secret = [title, text, canvas, decision, ...(isAuthor ? [] : [gloss, reply, edition.slug])];
  const said = JSON.stringify(shot);
  const told = response.text.replaceAll(/edition=[\w-]+/g, '');
  for (const word of secret) {
    if (word === edition.slug && said.includes(word)) continue;
    assert.ok(!told.includes(word), `${shot.method ?? 'GET'} ${shot.path} tells ${word}`);
    checks++;
  }
  if (!isAuthor) {
    for (const id of [edition.gloss, edition.reply])
      if (!said.includes(id)) assert.ok(!told.includes(id), `${shot.path} tells of a note`);
  }
  assert.doesNotMatch(response.headers['cache-control'] ?? '', /\bpublic\b/, shot.path);
}

/** The edition is there, with what this person may see on it. */
async function assertShown(
  user: TestUser,
  edition: Planted,
  group: string,
  member: boolean,
  access: string,
): Promise<void> {
  const { slug, image, words } = edition;
  const has = async (path: string, word: string) => {
    const { status, text, headers } = await fire(user, { path });
    assert.equal(status, 200, path);
    assert.ok(text.includes(word), `${path} has no ${word}`);
    if (edition.access !== 'public') assert.doesNotMatch(headers['cache-control'] ?? '', /\bpublic\b/, path);
    checks++;
  };
  await has('/api/v1/editions', words.title);
  await has(`/api/v1/editions/${slug}`, words.title);
  await has(`/api/v1/editions/${slug}/sections/doc1`, words.text);
  await has(`/api/v1/editions/${slug}/source`, words.text);
  await has(`/api/v1/editions/${slug}/canvases`, words.canvas);
  await has(`/iiif/${slug}/manifest`, words.title);
  const tile = await call(user, `/iiif/images/${image}/full/max/0/default.jpg`);
  assert.equal(tile.status, 200);
  const isImmutable = /public.*immutable/.test(tile.headers.get('cache-control') ?? '');
  assert.equal(isImmutable, edition.access === 'public');
  if (!member && access === 'private') return;
  await has(`/api/v1/groups/${group}/annotations?limit=500&edition=${slug}`, words.gloss);
  await has(`/api/v1/groups/${group}/annotations?limit=500&edition=${slug}`, words.text);
  await has(`/api/v1/annotations/${edition.gloss}`, words.text);
  await has(`/groups/${group}/annotations/?page=0`, words.gloss);
  await has(`/iiif/${slug}/canvas/c1/annotations`, words.gloss);
  await has(`/api/v1/groups/${group}/export?format=tei&edition=${slug}`, words.text);
}

type Answer = { status: number; text: string; headers: Record<string, string> };

async function fire(user: TestUser, { path, ...rest }: Shot): Promise<Answer> {
  const response = await call(user, path, rest);
  const bytes = Buffer.from(await response.arrayBuffer());
  assert.ok(response.status < 500, `${path}: ${response.status}`);
  const isArchive = response.headers.get('content-type') === 'application/zip';
  const text = isArchive ? await textOfArchive(bytes) : bytes.toString();
  return { status: response.status, text, headers: Object.fromEntries(response.headers) };
}

/** The texts of all files in an archive. */
async function textOfArchive(bytes: Buffer): Promise<string> {
  const files: string[] = [];
  for (const [name, content] of await unzip(bytes)) files.push(name, content.toString());
  return files.join('\n');
}

/** What is left of an answer when the names in the address are taken away, and how much its caller may still write. */
function normalized({ status, text, headers }: Answer, { slug, image, gloss, reply }: Planted): Answer {
  const nameless = (words: string) =>
    [slug, image, gloss, reply].reduce((left, name, i) => left.replaceAll(name, `{${i}}`), words);
  const kept = Object.entries(headers).filter(([name]) => !/^(ratelimit|content-length|date)/.test(name));
  return {
    status,
    text: nameless(text).replaceAll(/"(generated|modified)":"[^"]*"/g, ''),
    headers: Object.fromEntries(kept.map(([name, value]) => [name, nameless(value)])),
  };
}

let editions = 0;

/** A text that was brought in and never published: for the site, or by an instructor for the group. */
async function plantDraft(access: Cell['access'], group: string): Promise<Planted> {
  const slug = `draft-${++editions}`;
  const words = { ...MISSING.words, title: `marker-title-${slug}`, text: `marker-text-${slug}` };
  const source = `${words.title}\n\n${words.text} is what it says.`;
  await uploadDraft(operator, source, { slug, title: words.title });
  const { id } = await db.group.findUniqueOrThrow({ where: { slug: group } });
  await db.edition.update({ where: { slug }, data: { access, homeGroup: access === 'groups' ? id : null } });
  const unused = {
    canvas: 'marker-none',
    gloss: 'marker-none',
    reply: 'marker-none',
    decision: 'marker-none',
  };
  return { ...MISSING, access, slug, words: { ...words, ...unused } };
}

/** Publishes an edition with planted words, has it written on while everybody may read it, and closes it. */
async function plant(
  cell: Cell,
  group: string,
  other: string,
  { admin, author, student, owner }: Record<Viewer, TestUser>,
): Promise<Planted> {
  const slug = `planted-${++editions}-${cell.access}-${cell.list}`;
  const word = (what: string) => `marker-${what}-${slug}`;
  const words = {
    ...{ title: word('title'), text: word('text'), canvas: word('canvas') },
    ...{ gloss: word('gloss'), reply: word('reply'), decision: word('decision') },
  };
  const source = (await readFile('seed/gheorghiu-2009.xml', 'utf8'))
    .replace('xml:id="gheorghiu-2009"', `xml:id="${slug}"`)
    .replaceAll('New Information on', `${words.title} New Information on`)
    .replace('нездоровой шумихи', `нездоровой шумихи ${words.text}`);
  await uploadDraft(operator, source);
  await publishDraft(operator, slug);
  // A picture of its own: the id of an image is a hash of it.
  const tone = { r: editions * 7, g: 90, b: 200 };
  const picture = await sharp({ create: { width: 40, height: 60, channels: 3, background: tone } })
    .jpeg()
    .toBuffer();
  const put = await call(admin, `/api/v1/editions/${slug}/canvases?id=c1&label=${words.canvas}`, {
    method: 'POST',
    headers: { 'content-type': 'image/jpeg' },
    body: new Uint8Array(picture),
  });
  assert.equal(put.status, 201, await put.clone().text());
  const { image } = await put.json();
  const quote = { exact: `нездоровой шумихи ${words.text}` };
  const region = { canvas: 'c1', region: { x: 1, y: 1, w: 9, h: 9 }, section: undefined };
  const gloss = await postGloss(author, group, {
    ...{ edition: slug, section: 'doc1', start: undefined, end: undefined, quote },
    body: words.gloss,
    tags: [words.gloss],
  });
  await postGloss(author, group, {
    ...{ edition: slug, start: undefined, end: undefined, ...region },
    body: `${words.gloss} drawn`,
  });
  const reply = await postReply(student, gloss.id, { body: words.reply });
  const flag = { reason: 'wrong', note: words.decision };
  await call(student, `/api/v1/annotations/${gloss.id}/flags`, { body: flag });
  const decision = { action: 'pin', reason: words.decision };
  const decided = await call(owner, `/api/v1/annotations/${gloss.id}/moderation`, { body: decision });
  assert.equal(decided.status, 200, await decided.clone().text());
  const groups = { own: [group], none: [], other: [other], home: [] }[cell.list];
  const { access } = cell;
  const closed = await call(admin, `/api/v1/editions/${slug}`, {
    method: 'PATCH',
    body: { access, groups },
  });
  assert.equal(closed.status, 200, await closed.clone().text());
  if (cell.list === 'home') {
    const { id } = await db.group.findUniqueOrThrow({ where: { slug: group } });
    await db.edition.update({ where: { slug }, data: { homeGroup: id } });
  }
  return { ...cell, slug, image: image.id, gloss: gloss.id, reply: reply.id, words };
}

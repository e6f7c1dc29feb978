import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import sharp from 'sharp';
import { freshDatabase } from '../support/fresh-database';
import {
  anonymous,
  call,
  createAdmin,
  createSeminar,
  createUserWithToken,
  type TestUser,
} from '../support/seminar';
import { docx, paragraph, run, styled } from '../unit/conversion/docx';
import { zip } from '../unit/conversion/zip';
import { tei } from '../unit/edition/fixture';

const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
const MARKDOWN =
  '# Of rivers\n\nThe first river is long.[^1]\n\n## Its banks\n\nThey are *green*.\n\n[^1]: Very long.\n';

const picture = (tone: number) =>
  sharp({ create: { width: 60, height: 80, channels: 3, background: { r: tone, g: 9, b: 9 } } })
    .jpeg()
    .toBuffer();

describe('a text that is brought in through the API', () => {
  let instructor: TestUser;
  let student: TestUser;
  let outsider: TestUser;
  let admin: TestUser;
  let group = '';

  const send = (who: TestUser, query: string, body: string | Uint8Array, type = 'text/markdown') =>
    call(who, `/api/v1/editions?${query}`, { method: 'POST', body, headers: { 'content-type': type } });
  const problemOf = async (answer: Response) => {
    assert.match(answer.headers.get('content-type') ?? '', /^application\/problem\+json/);
    return (await answer.json()) as {
      code: string;
      detail: string;
      errors?: { pointer: string; detail: string }[];
    };
  };
  const statusOf = async (who: TestUser, path: string) => (await call(who, path)).status;

  before(async () => {
    await freshDatabase();
    instructor = await createUserWithToken('instructor');
    student = await createUserWithToken('student');
    outsider = await createUserWithToken('outsider');
    admin = await createAdmin();
    group = await createSeminar({
      instructor: { somebody: instructor, role: 'instructor' },
      student: { somebody: student, role: 'student' },
    });
  });

  it('brings the pictures of its pages in one archive; one that is missing goes to its page by its name', async () => {
    const source = tei(
      '<p><pb n="1" facs="scans/f1.tif"/>a <pb n="2" facs="f2.jpg"/>b <pb n="3" facs="f2.jpg"/>c <figure><graphic url="map.jpg"/></figure></p>',
    );
    const archive = await zip({
      'text/book.xml': source,
      'text/f1.jpg': await picture(10),
      'text/map.jpg': await picture(20),
      'read me.txt': 'words',
      '__MACOSX/._book.xml': 'x',
    });
    const answer = await send(
      instructor,
      `slug=scanned&group=${group}&language=en`,
      archive,
      'application/zip',
    );
    const { format, report } = await answer.json();
    assert.equal(format, 'tei');
    assert.deepEqual(report.images, { named: 2, here: 1, elsewhere: 0, missing: ['f2.jpg'] });
    assert.deepEqual(
      report.leftOut.map((item: { reason: string }) => item.reason),
      ['other-files'],
    );
    assert.equal((await call(instructor, '/api/v1/editions/scanned/publication', { body: {} })).status, 200);
    const path = '/api/v1/editions/scanned/canvases';
    const pages = async () =>
      (await (await call(student, path)).json()).items.map((item: { page: string }) => item.page);
    assert.deepEqual(await pages(), ['1']);
    const upload = (who: TestUser) =>
      picture(30).then((body) =>
        call(who, `${path}?name=F2.png`, {
          method: 'POST',
          body: new Uint8Array(body),
          headers: { 'content-type': 'image/jpeg' },
        }),
      );
    assert.equal((await upload(student)).status, 403);
    assert.equal((await upload(outsider)).status, 404);
    assert.equal((await upload(instructor)).status, 201);
    assert.deepEqual(await pages(), ['1', '2', '3']);
    const source2 = await (await call(student, '/api/v1/editions/scanned/source')).text();
    assert.match(source2, /graphic url="\/iiif\/images\//);
  });

  it('says of itself what its manager corrects in the draft, and no more once it is published', async () => {
    const words =
      'Die Leute an den Ufern hatten niemals gefragt, woher der Fluss kam und wohin er ging. '.repeat(3);
    const answer = await send(instructor, `slug=said&group=${group}`, words, 'text/plain');
    const { report } = await answer.json();
    assert.equal(
      report.decisions.find((decision: { field: string }) => decision.field === 'language').proposed,
      'de',
    );
    const path = '/api/v1/editions/said';
    const change = (who: TestUser, body: object) => call(who, path, { method: 'PATCH', body });
    const details = { title: 'Vom Fluss', language: 'de', authors: ['A. Ufer'], licence: 'Frei für alle.' };
    assert.equal((await change(student, details)).status, 404);
    assert.equal((await change(instructor, { language: 'no tag!' })).status, 422);
    assert.equal((await change(instructor, details)).status, 200);
    const draft = await (await call(instructor, `${path}/draft`)).json();
    assert.deepEqual(draft.report.decisions, []);
    assert.equal((await call(instructor, `${path}/publication`, { body: {} })).status, 200);
    const { title, language, header, sections } = await (await call(student, path)).json();
    assert.deepEqual(
      [title, language, header.authors, header.licence.statement],
      ['Vom Fluss', 'de', ['A. Ufer'], ['Frei für alle.']],
    );
    const section = await (await call(student, `${path}/sections/${sections[0].id}`)).json();
    assert.deepEqual([section.language, section.paragraphs[0].language], ['de', 'de']);
    assert.equal((await change(instructor, { language: 'en' })).status, 409);
  });

  it('is reported on, is there for nobody else as a draft, and for the class alone when it is published', async () => {
    const answer = await send(instructor, `slug=rivers&group=${group}&language=en`, MARKDOWN);
    assert.equal(answer.status, 201);
    const { slug, format, report } = await answer.json();
    assert.deepEqual([slug, format, report.sameSequence], ['rivers', 'markdown', true]);
    assert.equal(report.words.file, report.words.text + report.words.leftOut);
    const path = '/api/v1/editions/rivers';
    for (const who of [student, outsider, anonymous]) {
      assert.equal(await statusOf(who, path), 404);
      assert.equal(await statusOf(who, `${path}/source`), 404);
    }
    assert.equal((await call(outsider, `${path}/draft`)).status, 404);
    const draft = await (await call(instructor, `${path}/draft`)).json();
    assert.deepEqual([draft.slug, draft.format, draft.sections], ['rivers', 'markdown', []]);
    assert.equal(draft.report.words.file, report.words.file);
    assert.equal((await call(student, `${path}/publication`, { body: {} })).status, 404);
    const published = await call(instructor, `${path}/publication`, { body: {} });
    assert.deepEqual(await published.json(), { slug: 'rivers', revision: 1, sections: [] });
    const edition = await (await call(student, path)).json();
    assert.deepEqual([edition.access, edition.title], ['groups', 'Of rivers']);
    const [section] = edition.sections;
    const text = await (await call(student, `${path}/sections/${section.id}`)).json();
    assert.equal(text.text, 'Of rivers\nThe first river is long.\nIts banks\nThey are green.');
    assert.deepEqual(
      text.notes.map(({ label, offset }: { label: string; offset: number }) => [label, offset]),
      [['1', 34]],
    );
    for (const who of [outsider, anonymous]) {
      assert.equal(await statusOf(who, path), 404);
      assert.equal(await statusOf(who, `${path}/sections/${section.id}`), 404);
    }
  });

  it('can be taken as TEI, corrected, and brought in again with the ids that it had', async () => {
    const path = '/api/v1/editions/rivers';
    const source = await call(student, `${path}/source`);
    assert.match(source.headers.get('content-type') ?? '', /^application\/tei\+xml/);
    const text = await source.text();
    const section = (await (await call(student, path)).json()).sections[0].id;
    const before = await (await call(student, `${path}/sections/${section}`)).json();
    const corrected = text
      .replace('They are', 'The banks are')
      .replace(/<p>(?=The first)/, '<p>A new beginning.</p><p>');
    const put = await call(instructor, `${path}/draft`, {
      method: 'PUT',
      body: corrected,
      headers: { 'content-type': 'application/tei+xml' },
    });
    assert.equal(put.status, 200);
    assert.equal((await call(instructor, `${path}/publication`, { body: {} })).status, 200);
    const after = await (await call(student, `${path}/sections/${section}`)).json();
    const idOf = (
      of: { text: string; paragraphs: { id: string; start: number; end: number }[] },
      words: string,
    ) => of.paragraphs.find(({ start, end }) => of.text.slice(start, end).includes(words))?.id;
    for (const words of ['Of rivers', 'The first river', 'Its banks', 'green']) {
      assert.equal(idOf(after, words), idOf(before, words), words);
    }
    assert.ok(!before.paragraphs.some(({ id }: { id: string }) => id === idOf(after, 'A new beginning')));
  });

  it('shows an instructor who replaces it what becomes of the notes of the own group, and nothing of another', async () => {
    const path = '/api/v1/editions/rivers';
    const other = await createSeminar({ outsider: { somebody: outsider, role: 'owner' } });
    await call(admin, path, { method: 'PATCH', body: { groups: [group, other] } });
    const section = (await (await call(student, path)).json()).sections[0].id;
    const words = 'The banks are';
    const gloss = { edition: 'rivers', section, quote: { exact: words }, body: 'x', kind: 'gloss' };
    for (const [who, where] of [
      [student, group],
      [outsider, other],
    ] as const) {
      const posted = await call(who, `/api/v1/groups/${where}/annotations`, { body: gloss });
      assert.equal(posted.status, 201);
    }
    const source = await (await call(student, `${path}/source`)).text();
    const put = await call(instructor, `${path}/draft`, {
      method: 'PUT',
      body: source.replace(words, 'They were'),
      headers: { 'content-type': 'application/tei+xml' },
    });
    assert.equal(put.status, 200);
    const { sections } = await (await call(instructor, `${path}/draft`)).json();
    const total = (counts: Record<string, number>) =>
      ['exact', 'moved', 'fuzzy', 'orphaned'].reduce((sum, state) => sum + (counts[state] ?? 0), 0);
    assert.equal(total(sections[0]), 1);
    const published = await (await call(instructor, `${path}/publication`, { body: {} })).json();
    assert.equal(total(published.sections[0]), 1);
  });

  it('is refused to those who may not, before it is read', async () => {
    assert.equal((await send(anonymous, 'slug=x', MARKDOWN)).status, 401);
    assert.equal((await send(student, `slug=x&group=${group}`, MARKDOWN)).status, 403);
    assert.equal((await send(outsider, `slug=x&group=${group}`, MARKDOWN)).status, 404);
    assert.equal((await send(instructor, 'slug=x', MARKDOWN)).status, 403);
    assert.equal((await send(instructor, `slug=x&group=${group}&access=public`, MARKDOWN)).status, 403);
    assert.equal((await send(admin, 'slug=x&access=nobody', MARKDOWN)).status, 422);
    assert.equal((await send(admin, 'slug=X_y', MARKDOWN)).status, 422);
    assert.equal((await send(admin, 'slug=x&language=no+tag', MARKDOWN)).status, 422);
    assert.equal((await send(admin, 'slug=x', '{"a":1}', 'application/json')).status, 415);
    assert.equal((await send(admin, 'slug=rivers', MARKDOWN)).status, 409);
    assert.equal(await statusOf(admin, '/api/v1/editions/x/draft'), 404);
  });

  it('is refused where it is no text, and leaves nothing', async () => {
    const png = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]);
    const bodies: [string | Uint8Array, string][] = [
      ['<TEI><text><body><p>a</q></body></text></TEI>', 'application/tei+xml'],
      ['<TEI><text><body><p> </p></body></text></TEI>', 'application/tei+xml'],
      [png, 'image/png'],
      [new Uint8Array(0), 'text/plain'],
      [' \n ', 'text/plain'],
    ];
    for (const [body, type] of bodies) {
      const answer = await send(admin, 'slug=nothing', body, type);
      assert.equal(answer.status, 422, `${type}: ${answer.status}`);
      assert.ok((await problemOf(answer)).detail.length > 10);
      assert.equal(await statusOf(admin, '/api/v1/editions/nothing/draft'), 404);
    }
    const broken = await problemOf(
      await send(admin, 'slug=nothing', bodies[0]?.[0] ?? '', 'application/tei+xml'),
    );
    assert.match(broken.errors?.[0]?.pointer ?? '', /^\d+:\d+$/);
  });

  it('gets a name of its own, from the file or its title, and another where that is taken', async () => {
    const names = [];
    for (let time = 0; time < 2; time++) {
      const answer = await send(admin, 'title=Пражская+весна', MARKDOWN);
      assert.equal(answer.status, 201);
      names.push((await answer.json()).slug);
    }
    assert.deepEqual(names, ['prazhskaia-vesna', 'prazhskaia-vesna-2']);
    const own = await (await send(admin, '', tei('<p>a</p>'), 'application/tei+xml')).json();
    assert.equal(own.slug, 'fixture');
  });

  it('leaves the reading list of its group before it is published, by its own settings', async () => {
    await send(instructor, `slug=listed&group=${group}&language=en`, 'Words to be listed.', 'text/plain');
    const settings = (groups: string[]) =>
      call(instructor, '/api/v1/editions/listed', { method: 'PATCH', body: { groups } });
    assert.deepEqual((await (await settings([])).json()).groups, []);
    assert.equal((await call(instructor, '/api/v1/editions/listed/publication', { body: {} })).status, 200);
    assert.equal(await statusOf(student, '/api/v1/editions/listed'), 404);
    assert.deepEqual((await (await settings([group])).json()).groups, [group]);
    assert.equal(await statusOf(student, '/api/v1/editions/listed'), 200);
  });

  it('is gone when its draft is discarded, and can be brought in again', async () => {
    const path = '/api/v1/editions/prazhskaia-vesna';
    assert.equal((await call(student, `${path}/draft`, { method: 'DELETE' })).status, 404);
    assert.equal((await call(admin, `${path}/draft`, { method: 'DELETE' })).status, 204);
    assert.equal(await statusOf(admin, `${path}/draft`), 404);
    assert.equal((await send(admin, 'slug=prazhskaia-vesna', MARKDOWN)).status, 201);
  });

  it('shows the pictures of a Word file to its readers alone', async () => {
    const png = await sharp({ create: { width: 40, height: 20, channels: 3, background: '#a33' } })
      .png()
      .toBuffer();
    const picture =
      '<w:r><w:drawing><wp:inline><wp:docPr id="1" descr="A spot"/><a:graphic><a:graphicData><pic:pic><pic:blipFill><a:blip r:embed="i"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>';
    const file = await docx(styled('Titlu1', 'Rivers') + paragraph(run('One river. ') + picture), {
      parts: { 'word/media/image1.png': png },
    });
    const answer = await send(instructor, `slug=pictured&group=${group}`, new Uint8Array(file), DOCX);
    assert.equal(answer.status, 201);
    assert.equal((await call(instructor, '/api/v1/editions/pictured/publication', { body: {} })).status, 200);
    const [{ id }] = (await (await call(student, '/api/v1/editions/pictured')).json()).sections;
    const section = await (await call(student, `/api/v1/editions/pictured/sections/${id}`)).json();
    const [, address = ''] = /"url":"([^"]+)"/.exec(JSON.stringify(section)) ?? [];
    assert.match(address, /^\/iiif\/images\/[0-9a-f]{64}\/full\/max\/0\/default\.jpg$/);
    assert.equal(await statusOf(student, address), 200);
    assert.equal(await statusOf(outsider, address), 404);
    assert.equal(await statusOf(anonymous, address), 404);
  });

  it('is made one edition by one of two who send the same name at once', async () => {
    const people = [admin, await createAdmin()];
    const answers = await Promise.all(
      people.map((who) => send(who, 'slug=twice', tei('<p>a</p>'), 'application/xml')),
    );
    assert.deepEqual(answers.map(({ status }) => status).sort(), [201, 409]);
  });
});

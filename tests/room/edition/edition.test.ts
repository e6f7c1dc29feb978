import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { db, disconnect } from '@/lib/db';
import {
  findDraft,
  getCurrentRevision,
  getEdition,
  getReadingPage,
  getSection,
  getSource,
  listEditions,
  type SectionChange,
  selectChangedSections,
  selectSectionChange,
} from '@/lib/edition';
import { editionSchema, sectionSchema } from '@/lib/edition/schema';
import { operator } from '@/lib/identity';
import { anonymous } from '@/lib/identity/schema';
import type { AppError } from '@/lib/kernel/errors';
import { publishDraft, uploadDraft } from '@/lib/publication';
import { freshDatabase } from '../../support/fresh-database';

const source = readFileSync('seed/gheorghiu-2009.xml', 'utf8');
const slug = 'gheorghiu-2009';
const code = (wanted: string) => (error: AppError) => error.code === wanted;

/** The edition under another name, so that tests do not meet. */
function copy(name: string): string {
  return source.replace(`xml:id="${slug}"`, `xml:id="${name}"`);
}

/** Uploads and publishes, and gives the sections that the new revision changes in the one before. */
async function publish(text: string): Promise<{ slug: string; revision: number; changes: SectionChange[] }> {
  const { slug } = await uploadDraft(operator, text);
  const draft = await findDraft(slug);
  assert.ok(draft);
  const sections = draft.current === null ? [] : await selectChangedSections(draft);
  const changes = await Promise.all(sections.map((section) => selectSectionChange(draft, section)));
  const { revision } = await publishDraft(operator, slug);
  return { slug, revision, changes };
}

before(freshDatabase);
after(disconnect);

describe('an edition', () => {
  it('is not seen before it is published', async () => {
    const { report, ...imported } = await uploadDraft(operator, source);
    assert.deepEqual(
      [report.sameSequence, report.words.file],
      [true, report.words.text + report.words.leftOut],
    );
    assert.deepEqual(imported, { slug, revision: 1, sections: 12, unchanged: false, format: 'tei' });
    await assert.rejects(getSection(anonymous, slug, 'doc1'), code('not_found'));
    await assert.rejects(getSection(anonymous, slug, 'doc1', 1), code('not_found'));
    await assert.rejects(getEdition(anonymous, slug), code('not_found'));
    assert.deepEqual(await listEditions(anonymous), []);
  });

  it('is read after publication with the golden hashes', async () => {
    const { sections, revision } = await publishDraft(operator, slug);
    assert.equal(revision, 1);
    // Nobody could have written anything before.
    assert.deepEqual(sections, []);
    const hashes = await Promise.all(
      ['article', 'doc1', 'doc2', 'article.n5'].map(async (id) =>
        (await getSection(anonymous, slug, id)).sha256.slice(0, 16),
      ),
    );
    assert.deepEqual(hashes, [
      '16c105948884a057',
      'd2c3165c2a4b47c6',
      'd09499fb6d9c5eef',
      '754e0549926f1ac9',
    ]);
    assert.equal(await getCurrentRevision(anonymous, slug), 1);
    assert.equal(await getSource(anonymous, slug), source);
  });

  it('has the public shapes that the API tells', async () => {
    const doc1 = sectionSchema.strict().parse(await getSection(anonymous, slug, 'doc1'));
    assert.equal(doc1.paragraphs.length, 22);
    const p4 = doc1.paragraphs.find(({ id }) => id === 'doc1.p4');
    assert.deepEqual(p4, {
      id: 'doc1.p4',
      start: 1007,
      end: 1226,
      language: 'ru',
      kind: 'p',
      number: '4',
      reference: null,
      containers: [],
      details: {},
    });
    assert.equal(doc1.paragraphs[0]?.number, null);
    assert.deepEqual([doc1.previous?.id, doc1.next?.id], ['article', 'doc2']);
    assert.deepEqual(doc1.pages, [
      { label: '125', offset: 0 },
      { label: '126', offset: 2319 },
      { label: '127', offset: 5170 },
    ]);
    assert.equal(doc1.corrections.length, 16);
    const edition = editionSchema.strict().parse(await getEdition(anonymous, slug));
    assert.deepEqual(
      edition.sections.map(({ id, length }) => [id, length]),
      [
        ['article', 5120],
        ['doc1', 6661],
        ['doc2', 1110],
      ],
    );
    assert.match(edition.sections.find(({ id }) => id === 'doc2')?.opening ?? '', /^ЦК КПСС не считает.*…$/);
    const [listed] = await listEditions(anonymous);
    assert.deepEqual([listed?.slug, listed?.revision, listed?.authors], [slug, 1, ['Simion Gheorghiu']]);
  });

  it('is read for a page with its notes, in order', async () => {
    const { section, notes } = await getReadingPage(anonymous, slug, 'article');
    assert.deepEqual(
      notes.map(({ label }) => label),
      section.notes.map(({ label }) => label),
    );
    assert.equal(notes[4]?.home, 'article');
    assert.deepEqual((await getReadingPage(anonymous, slug, 'doc2')).notes, []);
  });

  it('is not found under another name', async () => {
    await assert.rejects(getSection(anonymous, slug, 'doc3'), code('not_found'));
    await assert.rejects(getSection(anonymous, 'no-such', 'doc1'), code('not_found'));
    await assert.rejects(getSection(anonymous, slug, 'doc1', 99), code('not_found'));
    await assert.rejects(publishDraft(operator, 'no-such'), code('not_found'));
  });
});

describe('a new revision', () => {
  it('is not made by the same bytes', async () => {
    const made = await publish(copy('same'));
    const { report: _, ...again } = await uploadDraft(operator, copy('same'));
    assert.deepEqual(again, {
      slug: made.slug,
      revision: 1,
      sections: 12,
      unchanged: true,
      format: 'tei',
    });
    await assert.rejects(publishDraft(operator, made.slug), code('conflict'));
  });

  it('replaces an earlier draft, also when the current bytes come back', async () => {
    const first = copy('drafts');
    await publish(first);
    const second = await uploadDraft(operator, first.replace('Наш посол', 'Посол наш'));
    const third = await uploadDraft(operator, first.replace('Наш посол', 'Посол Союза'));
    assert.deepEqual([second.revision, third.revision], [2, 2]);
    assert.equal(await db.revision.count({ where: { edition: 'drafts' } }), 2);
    assert.equal((await uploadDraft(operator, first)).unchanged, true);
    assert.equal(await db.revision.count({ where: { edition: 'drafts' } }), 1);
  });

  it('tells each section whose text changed, with both texts', async () => {
    const first = copy('changing');
    await publish(first);
    const before = await getSection(anonymous, 'changing', 'doc1');
    const { revision, changes } = await publish(first.replace('Наш посол', 'Посол наш'));
    assert.equal(revision, 2);
    assert.deepEqual(
      changes.map(({ section, previous, revision }) => [section, previous, revision]),
      [['doc1', 1, 2]],
    );
    assert.equal(changes[0]?.before, before.text);
    const now = await getSection(anonymous, 'changing', 'doc1');
    assert.equal(changes[0]?.after, now.text);
    assert.equal(now.revision, 2);
    assert.match(now.text, /Посол наш/);
    assert.equal((await getSection(anonymous, 'changing', 'doc1', 1)).text, before.text);
  });

  it('changes no text when only a correction changes', async () => {
    const first = copy('corrected');
    await publish(first);
    const { revision, changes } = await publish(first.replace('>совместные</corr>', '>совместными</corr>'));
    assert.equal(revision, 2);
    assert.deepEqual(changes, []);
    const { corrections } = await getSection(anonymous, 'corrected', 'doc1');
    assert.equal(corrections[0]?.corrected, 'совместными');
  });

  it('is not published when staging fails, or its end does', async () => {
    const first = copy('failing');
    await publish(first);
    await uploadDraft(operator, first.replace('Наш посол', 'Посол наш'));
    const fail = () => {
      throw new Error('no room');
    };
    await assert.rejects(publishDraft(operator, 'failing', { onSection: fail }), /no room/);
    assert.equal(await getCurrentRevision(anonymous, 'failing'), 1);
    await db.$executeRaw`CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql
      AS 'BEGIN RAISE EXCEPTION ''no room''; END'`;
    await db.$executeRaw`CREATE TRIGGER failing BEFORE UPDATE ON edition FOR EACH ROW EXECUTE FUNCTION fail()`;
    await assert.rejects(publishDraft(operator, 'failing'), /no room/);
    await db.$executeRaw`DROP TRIGGER failing ON edition`;
    assert.equal(await getCurrentRevision(anonymous, 'failing'), 1);
    assert.equal((await findDraft('failing'))?.revision, 2);
  });

  it('is refused whole when the file is broken', async () => {
    await assert.rejects(uploadDraft(operator, copy('broken').replace('</body>', '')), code('invalid'));
    assert.equal(await db.edition.count({ where: { slug: 'broken' } }), 0);
  });

  it('is made once when two import and publish at the same time', async () => {
    const text = copy('twice');
    await Promise.all([uploadDraft(operator, text), uploadDraft(operator, text)]);
    const outcomes = await Promise.allSettled([
      publishDraft(operator, 'twice'),
      publishDraft(operator, 'twice'),
    ]);
    assert.deepEqual(outcomes.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
    assert.equal(await db.revision.count({ where: { edition: 'twice' } }), 1);
  });
});

describe('a published revision', () => {
  const key = { edition: 'frozen', revision: 1 };
  const refused = /is published and cannot be changed/;

  before(async () => {
    await publish(copy('frozen'));
  });

  it('cannot be changed, not even by SQL', async () => {
    for (const table of ['section', 'paragraph', 'note', 'page', 'correction', 'span']) {
      for (const statement of [
        `UPDATE ${table} SET revision = 2 WHERE edition = 'frozen'`,
        `DELETE FROM ${table} WHERE edition = 'frozen' AND revision = 1`,
      ]) {
        await assert.rejects(db.$executeRawUnsafe(statement), /is published|foreign key/, statement);
      }
    }
    await assert.rejects(
      db.$executeRaw`UPDATE section SET text = 'x' WHERE edition = 'frozen' AND id = 'doc1'`,
      refused,
    );
    await assert.rejects(
      db.revision.updateMany({ where: { edition: 'frozen' }, data: { source: '' } }),
      refused,
    );
    await assert.rejects(
      db.revision.updateMany({ where: { edition: 'frozen' }, data: { publishedAt: null } }),
      refused,
    );
    await assert.rejects(db.span.deleteMany({ where: key }), refused);
    await assert.rejects(
      db.page.create({ data: { ...key, section: 'doc1', label: '129', offset: 1 } }),
      refused,
    );
  });

  it('has a draft beside it that can be changed', async () => {
    await uploadDraft(operator, copy('frozen').replace('Наш посол', 'Посол наш'));
    const changed = await db.page.updateMany({
      where: { edition: 'frozen', revision: 2, label: '126' },
      data: { label: '126a' },
    });
    assert.equal(changed.count, 1);
    const move = db.page.updateMany({
      where: { edition: 'frozen', revision: 2, label: '125' },
      data: { revision: 1, label: '130' },
    });
    await assert.rejects(move, refused);
  });
});

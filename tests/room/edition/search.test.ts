import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { before, describe, it } from 'node:test';
import { db, isTooSlow, Prisma, queryInBatches } from '@/lib/db';
import { getSection, searchEdition, searchLibrary } from '@/lib/edition';
import { operator } from '@/lib/identity';
import { anonymous, type Viewer } from '@/lib/identity/schema';
import { sliceCodePoints } from '@/lib/kernel/code-points';
import type { AppError } from '@/lib/kernel/errors';
import { publishDraft, uploadDraft } from '@/lib/publication';
import { freshDatabase } from '../../support/fresh-database';

const source = readFileSync('seed/gheorghiu-2009.xml', 'utf8');
const slug = 'gheorghiu-2009';
const first = (words: string) => searchEdition(anonymous, slug, { words, page: 1 });

before(async () => {
  await freshDatabase();
  await uploadDraft(operator, source);
  await publishDraft(operator, slug);
});

describe('the search in an edition', () => {
  it('finds words with their place, whatever accents and capitals', async () => {
    const { places, count, state } = await first('НЕЗДОРОВОЙ шумихи');
    assert.deepEqual([count, state], [1, 'done']);
    const [place] = places;
    assert.ok(place?.paragraph);
    assert.deepEqual([place.page, place.words, place.paragraph.id], ['doc1', 'нездоровой шумихи', 'doc1.p3']);
    const [, from = '', to = ''] = /@(\d+)-(\d+)$/.exec(place.citation ?? '') ?? [];
    const { text } = await getSection(anonymous, slug, 'doc1');
    const { start } = place.paragraph;
    assert.equal(sliceCodePoints(text, start + Number(from), start + Number(to)), 'нездоровой шумихи');
  });

  it('finds what stands in notes, on the page that they belong to', async () => {
    const { places } = await first('aristov');
    assert.ok(places.some(({ label, page }) => label === '2' && page === 'article'));
  });

  it('gives pages of fifty, in the order of the text', async () => {
    const { places, count } = await first('the');
    assert.ok(count > 50);
    assert.equal(places.length, 50);
    const next = await searchEdition(anonymous, slug, { words: 'the', page: 2 });
    assert.equal(next.count, count);
    assert.ok(next.places.length > 0);
    const names = [...places, ...next.places].map(({ section, citation }) => `${section} ${citation}`);
    assert.equal(new Set(names).size, names.length);
    assert.deepEqual((await searchEdition(anonymous, slug, { words: 'the', page: 9_000 })).places, []);
  });

  it('looks for two letters at least, and takes signs of patterns for signs', async () => {
    for (const words of ['', ' ', 'a', '.', '\u0301', '(((('])
      assert.equal((await first(words)).state, 'short');
    assert.equal((await first('.*ab')).count, 0);
    assert.equal((await first('a\\|bc')).count, 0);
    assert.equal((await first(`${'ab'.repeat(500)}`)).count, 0);
  });

  it('of a closed edition is not there for who may not read it', async () => {
    await db.edition.update({ where: { slug }, data: { access: 'groups' } });
    await assert.rejects(first('the'), (error: AppError) => error.code === 'not_found');
    assert.ok((await searchEdition(operator, slug, { words: 'the', page: 1 })).count > 0);
    await assert.rejects(
      searchEdition(anonymous, 'no-such-edition', { words: 'the', page: 1 }),
      (error: AppError) => error.code === 'not_found',
    );
  });

  it('goes through every edition that one may read, by title, and through no other', async () => {
    const openly = await uploadDraft(operator, source.replaceAll('gheorghiu-2009', 'second-copy'), {
      title: 'A copy',
    });
    await publishDraft(operator, openly.slug);
    const words = { words: 'нездоровой шумихи', page: 1 };
    const found = async (viewer: Viewer) => (await searchLibrary(viewer, words)).places;
    // The first one is closed by now.
    assert.deepEqual(
      (await found(anonymous)).map(({ edition, editionTitle, page }) => [edition, editionTitle, page]),
      [['second-copy', 'A copy', 'doc1']],
    );
    const all = await found(operator);
    assert.deepEqual(
      all.map(({ edition }) => edition),
      ['second-copy', slug],
    );
    assert.ok(all.every(({ paragraph }) => paragraph?.id === 'doc1.p3'));
  });

  it('says that it was stopped where the database takes too long', async () => {
    const slow = queryInBatches(Prisma.sql`SELECT pg_sleep(30)`, 1, { milliseconds: 20 });
    await assert.rejects(slow.next(), isTooSlow);
    assert.equal((await searchLibrary(operator, { words: 'the', page: 1 })).state, 'done');
  });
});

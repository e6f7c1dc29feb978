import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { before, describe, it } from 'node:test';
import { db } from '@/lib/db';
import { operator } from '@/lib/identity';
import type { AppError } from '@/lib/kernel/errors';
import { previewPublication, publishDraft, uploadDraft } from '@/lib/publication';
import { formatPreview } from '@/scripts/publication-report';
import { freshDatabase } from '../../support/fresh-database';
import {
  createSeminar,
  createUserWithToken,
  postGloss,
  publishSampleEdition,
  type TestUser,
} from '../../support/seminar';

const slug = 'gheorghiu-2009';

describe('a rehearsal', () => {
  let student: TestUser;
  let group = '';

  before(async () => {
    await freshDatabase();
    await publishSampleEdition();
    student = await createUserWithToken('student');
    group = await createSeminar({ student: { somebody: student, role: 'student' } });
  });

  it('stores nothing, says what a publication then does, and shows no private note', async () => {
    const quote = { exact: 'Уважаемые товарищи!' };
    const place = { start: undefined, end: undefined };
    await postGloss(student, group);
    await postGloss(student, group, { ...place, quote });
    await postGloss(student, group, { ...place, quote, body: 'Not yet «дорогие».' });
    await postGloss(student, group, { ...place, quote, visibility: 'private' });
    const gone = { exact: 'Вместе с тем, учитывая, что' };
    await postGloss(student, group, { ...place, quote: gone });
    await postGloss(student, group, { start: 0, end: 10, visibility: 'private' });
    const source = (await readFile('seed/gheorghiu-2009.xml', 'utf8'))
      .replace('Уважаемые товарищи', 'Уважаемые друзья и товарищи')
      .replace('Вместе с тем, учитывая, что', '');
    await uploadDraft(operator, source);
    const rows = () => db.annotation.findMany({ orderBy: { id: 'asc' } });
    const before = await rows();
    const rehearsal = await previewPublication(operator, slug);
    assert.deepEqual(await rows(), before);
    assert.deepEqual([await db.stagedSection.count(), await db.stagedAnchor.count()], [0, 0]);

    const section = rehearsal?.sections.find(({ section }) => section === 'doc1');
    assert.ok(rehearsal && section);
    const { passages, hidden, ...counts } = section;
    assert.deepEqual(counts, { section: 'doc1', exact: 1, moved: 1, fuzzy: 3, orphaned: 1 });
    assert.equal(hidden, 1);
    assert.deepEqual(
      passages.map(({ state, exact, now, notes }) => [state, exact, now, notes]),
      [
        ['fuzzy', quote.exact, 'Уважаемые друзья и товарищи!', 2],
        ['orphaned', gone.exact, null, 1],
      ],
    );
    assert.doesNotMatch(JSON.stringify(rehearsal), new RegExp(`Hullabaloo|дорогие|${group}|${student.id}`));
    assert.deepEqual(formatPreview(rehearsal).slice(0, 5), [
      'gheorghiu-2009: revision 2 would change 1 section; nothing was stored',
      'doc1: 1 exact, 1 moved, 3 fuzzy, 1 orphaned',
      '  fuzzy, 2 notes: Уважаемые{+ друзья и+} товарищи!',
      '  orphaned, 1 note: [-Вместе с тем, учитывая, что-]',
      '  and 1 private or deleted note',
    ]);
    const published = await publishDraft(operator, slug);
    assert.deepEqual(published.sections, [counts]);
    assert.equal(await previewPublication(operator, slug), null);
  });

  it('is for those who manage the edition', async () => {
    const viewer = { ...operator, id: student.id, admin: false };
    const calls = [
      () => previewPublication(viewer, slug),
      () => publishDraft(viewer, slug),
      () => previewPublication({ ...viewer, id: null }, slug),
    ];
    for (const call of calls) {
      await assert.rejects(call, (error: AppError) => ['forbidden', 'unauthenticated'].includes(error.code));
    }
  });
});

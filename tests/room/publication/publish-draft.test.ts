import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { before, describe, it } from 'node:test';
import type { Annotation } from '@/lib/annotation/schema';
import { getSection } from '@/lib/edition';
import { operator, viewerOf } from '@/lib/identity';
import { anonymous, type Viewer } from '@/lib/identity/schema';
import { sliceCodePoints } from '@/lib/kernel/code-points';
import { changeEdition, publishDraft, uploadDraft, uploadNewEdition } from '@/lib/publication';
import { freshDatabase } from '../../support/fresh-database';
import {
  call,
  createAdmin,
  createSeminar,
  createUserWithToken,
  postGloss,
  publishSampleEdition,
  type TestUser,
} from '../../support/seminar';

describe('publishing a new revision', () => {
  let student: TestUser;
  let group = '';
  let source = '';

  before(async () => {
    await freshDatabase();
    await publishSampleEdition();
    student = await createUserWithToken('student');
    group = await createSeminar({ student: { somebody: student, role: 'student' } });
    source = await readFile('seed/gheorghiu-2009.xml', 'utf8');
  });

  async function publish(change: (source: string) => string): Promise<void> {
    source = change(source);
    await uploadDraft(operator, source);
    await publishDraft(operator, 'gheorghiu-2009');
  }
  const again = async ({ id }: Annotation): Promise<Annotation> =>
    (await call(student, `/api/v1/annotations/${id}`)).json();

  it('moves what stands after an edit, keeps what stands before, and orphans what is gone', async () => {
    const early = await postGloss(student, group, { start: 0, end: 10 });
    const changed = await postGloss(student, group, { start: 77, end: 96 });
    const phrase = await postGloss(student, group);
    const gone = { exact: 'Вместе с тем, учитывая, что' };
    const lost = await postGloss(student, group, { start: undefined, end: undefined, quote: gone });
    await publish((text) =>
      text
        .replace('Уважаемые товарищи', 'Уважаемые друзья и товарищи')
        .replace('Вместе с тем, учитывая, что', ''),
    );
    const placeOf = async (made: Annotation) => {
      const { anchor, start, end, exact } = await again(made);
      return [anchor, start, end, exact];
    };
    assert.deepEqual(await placeOf(early), ['exact', 0, 10, 'DOCUMENT I']);
    assert.deepEqual(await placeOf(changed), ['fuzzy', 77, 105, 'Уважаемые товарищи!']);
    assert.deepEqual(await placeOf(phrase), ['moved', 957, 974, 'нездоровой шумихи']);
    assert.deepEqual(await placeOf(lost), ['orphaned', null, null, gone.exact]);
  });

  it('never leaves a gloss on other words than its own, however the two meet', async () => {
    const writing = Array.from({ length: 40 }, (_, n) =>
      postGloss(student, group, {
        start: undefined,
        end: undefined,
        quote: { exact: 'нездоровой шумихи' },
        body: `${n}`,
      }),
    );
    await Promise.all([publish((text) => text.replace('друзья и товарищи', 'товарищи')), ...writing]);
    const { text, revision } = await getSection(anonymous, 'gheorghiu-2009', 'doc1');
    assert.equal(revision, 3);
    for (const written of await Promise.all(writing)) {
      const { start, end, exact } = await again(written);
      assert.equal(sliceCodePoints(text, start ?? 0, end ?? 0), exact);
    }
  });

  it('tells an instructor the numbers of their own groups alone, and an administrator those of all', async () => {
    const instructor = await createUserWithToken('instructor');
    const home = await createSeminar({ instructor: { somebody: instructor, role: 'instructor' } });
    const other = await createSeminar({ student: { somebody: student, role: 'student' } });
    const viewer = await viewerOf(instructor.id);
    const admin = await viewerOf((await createAdmin()).id);
    assert.ok(viewer && admin);
    const textOf = (words: string) =>
      source.replace('xml:id="gheorghiu-2009"', 'xml:id="of-a-group"').replace('товарищи', words);
    const { slug } = await uploadNewEdition(viewer, textOf('товарищи'), { slug: 'of-a-group', group: home });
    await publishDraft(viewer, slug);
    await changeEdition(admin, slug, { groups: [home, other] });
    await postGloss(instructor, home, { edition: slug, start: 0, end: 10 });
    await postGloss(student, other, { edition: slug, start: 0, end: 10 });
    await postGloss(student, other, { edition: slug, start: 0, end: 8 });
    const exactOf = async (publisher: Viewer, words: string) => {
      await uploadDraft(operator, textOf(words), { slug });
      const { sections } = await publishDraft(publisher, slug);
      return sections.find(({ section }) => section === 'doc1')?.exact;
    };
    assert.equal(await exactOf(viewer, 'граждане'), 1);
    assert.equal(await exactOf(admin, 'люди'), 3);
  });
});

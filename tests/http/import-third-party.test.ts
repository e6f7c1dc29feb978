import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { freshDatabase } from '../support/fresh-database';
import {
  call,
  createSeminar,
  createUserWithToken,
  publishSampleEdition,
  type TestUser,
} from '../support/seminar';
import { hypothesis } from '../unit/import/hypothesis';
import { recogitoJs, recogitoStudio, textAnnotator } from '../unit/import/recogito';

/** What a seminar wrote on a page elsewhere comes to the section that has the same text. */
describe('bringing files of other programs into a group', () => {
  let instructor: TestUser;

  before(async () => {
    await freshDatabase();
    await publishSampleEdition();
    instructor = await createUserWithToken('instructor', 'moderate', 'Ilie Instructor');
  });

  const seminar = () => createSeminar({ instructor: { somebody: instructor, role: 'instructor' } });
  const bring = (group: string, body: unknown) =>
    call(instructor, `/api/v1/groups/${group}/import?edition=gheorghiu-2009&section=doc1`, {
      body,
      headers: { 'content-type': 'application/json' },
    });
  const listed = async (group: string) =>
    (await (await call(instructor, `/api/v1/groups/${group}/annotations?limit=500`)).json()).items;

  it('of Hypothesis: the thread three deep stands at the quote, and a second time brings nothing', async () => {
    const group = await seminar();
    const shown = hypothesis.slice(0, 5);
    const response = await bring(group, { total: shown.length, rows: shown });
    assert.equal(response.status, 201, await response.clone().text());
    const report = await response.json();
    assert.deepEqual([report.format, report.glosses, report.replies], ['hypothesis', 1, 4]);
    const notes = await listed(group);
    const named = (body: string) => notes.find((note: { body: string }) => note.body === body);
    const root = named('Что значит *шумиха* 𝔄?');
    assert.deepEqual([root.exact, root.anchor, root.tags], ['нездоровой шумихи', 'exact', ['пресса']]);
    assert.equal(root.author.name, 'Мария Иванова');
    assert.equal(named('Zgomot.').parent, root.id);
    assert.equal(named('Спасибо!').parent, named('Zgomot.').id);
    assert.equal(named('Cu plăcere.').parent, named('Спасибо!').id);
    assert.equal(named('Și încă.').parent, named('Zgomot.').id);

    const again = await (await bring(group, shown)).json();
    assert.deepEqual([again.glosses, again.replies, again.duplicates], [0, 0, 5]);
  });

  it('of Recogito: comments after the first are replies, and what is not in the text is lost, not guessed', async () => {
    for (const [file, glosses, replies] of [
      [recogitoJs.slice(0, 2), 2, 3],
      [textAnnotator, 1, 0],
      [recogitoStudio, 1, 1],
    ] as [object[], number, number][]) {
      const group = await seminar();
      const response = await bring(group, file);
      assert.equal(response.status, 201, await response.clone().text());
      const report = await response.json();
      assert.deepEqual([report.format, report.glosses, report.replies], ['recogito', glosses, replies]);
    }
  });
});

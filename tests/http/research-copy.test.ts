import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { before, describe, it } from 'node:test';
import { freshDatabase } from '../support/fresh-database';
import {
  call,
  createSeminar,
  createUserWithToken,
  postGloss,
  postReply,
  publishSampleEdition,
  type TestUser,
} from '../support/seminar';
import { unzip } from '../support/unzip';

const WORDING = 'I agree that my notes are used for research.';

describe('the copy of a group for research', () => {
  const people = {} as Record<'instructor' | 'sofia' | 'stepan' | 'silent', TestUser>;
  let group = '';

  before(async () => {
    await freshDatabase();
    await publishSampleEdition();
    people.instructor = await createUserWithToken('instructor', 'moderate', 'Irina Ionescu');
    people.sofia = await createUserWithToken('sofia', 'write', 'София Стан');
    people.stepan = await createUserWithToken('stepan', 'write', 'Stepan Sokolov');
    people.silent = await createUserWithToken('silent', 'write', 'Maria Munteanu');
    group = await createSeminar({
      instructor: { somebody: people.instructor, role: 'instructor' },
      sofia: { somebody: people.sofia, role: 'student' },
      stepan: { somebody: people.stepan, role: 'student' },
      silent: { somebody: people.silent, role: 'student' },
    });
  });

  const path = (rest: string) => `/api/v1/groups/${group}${rest}`;
  const agree = (who: TestUser, wording = WORDING) =>
    call(who, path('/research-consent'), { method: 'PUT', body: { wording } });
  const copy = async (query = '') => {
    const answer = await call(people.instructor, path(`/research-copy${query}`));
    assert.equal(answer.status, 200, await answer.clone().text());
    const files = await unzip(Buffer.from(await answer.arrayBuffer()));
    const notes = (files.get('notes.jsonl') ?? '').split('\n').filter(Boolean);
    return { files, notes: notes.map((line) => JSON.parse(line)) };
  };

  it('is made of nothing before members are asked, and for those alone who set the group up', async () => {
    assert.equal((await call(people.instructor, path('/research-copy'))).status, 409);
    assert.equal((await agree(people.sofia)).status, 409);
    const asked = await call(people.instructor, path(''), {
      method: 'PATCH',
      body: { researchWording: WORDING },
    });
    assert.equal(asked.status, 200);
    assert.equal((await agree(people.sofia, 'Other words.')).status, 409);
    assert.equal((await agree(people.sofia)).status, 200);
    assert.equal((await agree(people.stepan)).status, 200);
    assert.equal((await call(people.sofia, path('/research-copy'))).status, 403);
  });

  it('is told of by HEAD without being made, and as often as one asks', async () => {
    for (let i = 0; i < 8; i++) {
      const head = await call(people.instructor, path('/research-copy'), { method: 'HEAD' });
      assert.deepEqual([head.status, head.headers.get('content-type')], [200, 'application/zip']);
    }
    assert.equal((await copy()).notes.length, 0);
  });

  it('has the notes of those who agreed, under pseudonyms, without names and mentions', async () => {
    const root = await postGloss(people.sofia, group, {
      body: `As Stepan says, and Maria Munteanu. @[Stepan Sokolov](${people.stepan.id}) a@b.example`,
    });
    const quiet = await postReply(people.silent, root.id, { body: 'Mine alone.' });
    await postReply(people.stepan, quiet.id, { body: 'Спасибо, Софии и Стану! Und Ionescu?' });
    await postGloss(people.sofia, group, { body: 'Private.', visibility: 'private' });
    const { files, notes } = await copy();
    const [first, second] = notes;
    assert.equal(notes.length, 2);
    assert.notEqual(first.author, second.author);
    assert.equal(first.text, `As ${second.author} says, and [name]. @${second.author} [e-mail]`);
    assert.equal(second.text, `Спасибо, ${first.author} и Стану! Und [name]?`);
    assert.deepEqual([second.answers, second.thread], [true, first.id]);
    const whole = [...files.values()].join('\n');
    for (const hidden of [
      'Stepan',
      'Sokolov',
      'София',
      'Maria',
      'Mine alone',
      'Private',
      people.sofia.id,
      root.id,
    ])
      assert.ok(!whole.includes(hidden), hidden);
    assert.match(files.get('consent.txt') ?? '', /used for research/);
    const manifest = JSON.parse(files.get('manifest.json') ?? '');
    assert.deepEqual([manifest.counts.notes, manifest.counts.authors], [2, 2]);
    for (const { name, sha256 } of manifest.files)
      assert.equal(
        createHash('sha256')
          .update(files.get(name) ?? '')
          .digest('hex'),
        sha256,
        name,
      );
    assert.equal(manifest.files.length, 4);
  });

  it('moves all dates by the same days where that is wished', async () => {
    const [plain, shifted] = [(await copy()).notes, (await copy('?shiftDates=1')).notes];
    const days = plain.map(
      ({ created }, i) => (Date.parse(created) - Date.parse(shifted[i].created)) / 86_400_000,
    );
    assert.ok(days.every((each) => each === days[0] && Number.isInteger(each) && each >= 30));
  });

  it('leaves out who agrees no longer, and who agreed to other words', async () => {
    assert.equal((await call(people.stepan, path('/research-consent'), { method: 'DELETE' })).status, 204);
    assert.equal((await copy()).notes.length, 1);
    await call(people.instructor, path(''), { method: 'PATCH', body: { researchWording: 'More words.' } });
    assert.equal((await copy()).notes.length, 0);
  });
});

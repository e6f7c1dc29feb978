import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { before, describe, it } from 'node:test';
import type { Annotation } from '@/lib/annotation/schema';
import { db } from '@/lib/db';
import { getCurrentRevision, getSection } from '@/lib/edition';
import { operator } from '@/lib/identity';
import { anonymous } from '@/lib/identity/schema';
import { sliceCodePoints } from '@/lib/kernel/code-points';
import { type Progress, publishDraft, uploadDraft } from '@/lib/publication';
import { freshDatabase } from '../../support/fresh-database';
import { holdSection } from '../../support/hold-section';
import {
  call,
  createSeminar,
  createUserWithToken,
  postGloss,
  publishSampleEdition,
  type TestUser,
} from '../../support/seminar';

const slug = 'gheorghiu-2009';
const PHRASE = 'нездоровой шумихи';

describe('a publication that meets others', () => {
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

  const quoted = (exact: string, section = 'doc1') =>
    postGloss(student, group, { section, start: undefined, end: undefined, quote: { exact } });
  const read = async (id: string): Promise<Annotation> =>
    (await call(student, `/api/v1/annotations/${id}`)).json();

  /** Every note stands on its own words, or says that it does not. */
  async function standRight(ids: string[]): Promise<void> {
    for (const id of ids) {
      const { section, start, end, exact, anchor } = await read(id);
      const { text } = await getSection(anonymous, slug, section);
      if (anchor === 'orphaned') assert.equal(start, null);
      else {
        const now = sliceCodePoints(text, start ?? 0, end ?? 0);
        assert.equal(now === exact, anchor !== 'fuzzy', `${anchor}: ${now}`);
      }
    }
  }

  it('goes on after it was killed, and nobody had to wait for it', async () => {
    const notes = [await quoted(PHRASE), await quoted('подлинный интернационализм', 'doc2')];
    source = source
      .replace('Уважаемые товарищи', 'Все уважаемые товарищи')
      .replace('>ЦК КПСС не', '>Да, ЦК КПСС не');
    await uploadDraft(operator, source);
    const held = await holdSection(slug, 'doc2');
    const child = spawn(
      process.execPath,
      ['--conditions=react-server', '--import', 'tsx', 'tests/support/publish-in-process.ts', slug],
      { stdio: ['ignore', 'inherit', 'inherit'] },
    );
    try {
      await held.untilWaiting(1);
      notes.push(await quoted(PHRASE));
    } finally {
      child.kill('SIGKILL');
      await once(child, 'exit');
      await held.release();
    }

    assert.equal(await getCurrentRevision(anonymous, slug), 1);
    assert.deepEqual(await db.stagedSection.findMany({ select: { section: true } }), [{ section: 'doc1' }]);
    assert.equal((await read(notes[0]!.id)).start, 948);
    const progress: Progress[] = [];
    const { revision } = await publishDraft(operator, slug, {
      onSection: (each) => void progress.push(each),
    });
    assert.equal(revision, 2);
    assert.deepEqual(
      progress.map(({ section, notes }) => [section, notes]),
      [
        ['doc1', null],
        ['doc2', 1],
      ],
    );
    await standRight(notes.map(({ id }) => id));
    for (const { id } of notes) assert.deepEqual((await read(id)).anchor, 'moved');
  });

  it('never leaves a note on other words, whatever is written, changed and moved meanwhile', async () => {
    const lost = await Promise.all(Array.from({ length: 12 }, () => quoted('Вместе с тем, учитывая, что')));
    const old = await Promise.all(Array.from({ length: 12 }, () => quoted(PHRASE)));
    await uploadDraft(operator, source.replace('Вместе с тем, учитывая, что', ''));
    await publishDraft(operator, slug);

    await uploadDraft(
      operator,
      source.replace('Вместе с тем, учитывая, что', '').replace('Все уважаемые', 'Уважаемые'),
    );
    const move = async ({ id }: Annotation): Promise<void> => {
      const { text, revision } = await getSection(anonymous, slug, 'doc1');
      const start = [...text.slice(0, text.indexOf(PHRASE))].length;
      const body = { action: 'move', start, end: start + PHRASE.length, revision };
      const { status } = await call(student, `/api/v1/annotations/${id}/anchor`, { body });
      // A publication that came in between makes the offsets those of another text.
      if (status === 409) return move({ id } as Annotation);
      assert.equal(status, 200);
    };
    const change = async ({ id }: Annotation) => {
      const headers = { 'if-match': '*' };
      const body = { body: 'Said anew.' };
      const { status } = await call(student, `/api/v1/annotations/${id}`, { method: 'PATCH', body, headers });
      assert.equal(status, 200);
    };
    const [published, written] = await Promise.all([
      publishDraft(operator, slug),
      Promise.all(Array.from({ length: 12 }, () => quoted(PHRASE))),
      ...lost.map(move),
      ...old.map(change),
    ]);
    assert.equal(published.revision, 4);
    const all = [...lost, ...old, ...written].map(({ id }) => id);
    await standRight(all);
    for (const id of all) {
      const { exact, anchor, anchorRevision } = await read(id);
      assert.deepEqual([exact, anchorRevision], [PHRASE, 4]);
      assert.ok(anchor === 'exact' || anchor === 'moved');
    }
    assert.deepEqual([await db.stagedSection.count(), await db.stagedAnchor.count()], [0, 0]);
  });
});

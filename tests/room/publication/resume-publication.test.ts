import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { before, describe, it } from 'node:test';
import type { Annotation } from '@/lib/annotation/schema';
import { db } from '@/lib/db';
import { getCurrentRevision, getSection } from '@/lib/edition';
import { operator } from '@/lib/identity';
import { anonymous } from '@/lib/identity/schema';
import { sliceCodePoints } from '@/lib/kernel/code-points';
import type { AppError } from '@/lib/kernel/errors';
import { type Progress, publishDraft, uploadDraft } from '@/lib/publication';
import { formatProgress, formatPublication } from '@/scripts/publication-report';
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

describe('a publication', () => {
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

  async function draft(change: (source: string) => string): Promise<void> {
    source = change(source);
    await uploadDraft(operator, source);
  }
  const again = async ({ id }: Annotation): Promise<Annotation> =>
    (await call(student, `/api/v1/annotations/${id}`)).json();
  const staged = () => Promise.all([db.stagedSection.count(), db.stagedAnchor.count()]);
  const quoted = (section: string, exact: string) =>
    postGloss(student, group, { section, start: undefined, end: undefined, quote: { exact } });

  /** Publishes, and breaks off once the section `last` is staged. */
  async function breakOffAfter(last: string): Promise<void> {
    const onSection = ({ section }: Progress) => {
      if (section === last) throw new Error('killed');
    };
    await assert.rejects(publishDraft(operator, slug, { onSection }), /killed/);
  }

  it('goes on where it was broken off, and misses nothing that happened meanwhile', async () => {
    const one = await postGloss(student, group);
    const two = await quoted('doc2', 'подлинный интернационализм');
    await draft((text) =>
      text
        .replace('Уважаемые товарищи', 'Уважаемые друзья и товарищи')
        .replace('>ЦК КПСС не', '>Весь ЦК КПСС не'),
    );
    await breakOffAfter('doc1');
    assert.deepEqual(await staged(), [1, 1]);
    assert.equal(await getCurrentRevision(anonymous, slug), 1);
    assert.deepEqual([(await again(one)).start, (await again(one)).anchor], [948, 'exact']);

    // Between the two calls: a new gloss on what is staged, and another text of one that is.
    const late = await postGloss(student, group);
    const changed = await call(student, `/api/v1/annotations/${one.id}`, {
      method: 'PATCH',
      body: { body: 'Clamour.' },
      headers: { 'if-match': '"1"' },
    });
    assert.equal(changed.status, 200);

    const progress: Progress[] = [];
    const { sections } = await publishDraft(operator, slug, {
      onSection: (each) => void progress.push(each),
    });
    assert.deepEqual(
      progress.map(({ section, notes }) => [section, notes]),
      [
        ['doc1', null],
        ['doc2', 1],
      ],
    );
    assert.deepEqual(sections, [
      { section: 'doc1', exact: 0, moved: 2, fuzzy: 0, orphaned: 0 },
      { section: 'doc2', exact: 0, moved: 1, fuzzy: 0, orphaned: 0 },
    ]);
    for (const note of [one, late, two]) {
      const { start, end, section, exact, anchor, anchorRevision, revision } = await again(note);
      assert.equal(anchor, 'moved');
      assert.deepEqual([revision, anchorRevision], [1, 2]);
      assert.equal(
        sliceCodePoints((await getSection(anonymous, slug, section)).text, start ?? 0, end ?? 0),
        exact,
      );
    }
    assert.deepEqual(await staged(), [0, 0]);
  });

  it('keeps where a passage was written', async () => {
    const note = await postGloss(student, group, { start: 957, end: 974 });
    assert.deepEqual(note.written, { revision: 2, start: 957, end: 974 });
    await draft((text) => text.replace('Уважаемые друзья и товарищи', 'Уважаемые товарищи'));
    await publishDraft(operator, slug);
    const now = await again(note);
    assert.deepEqual([now.start, now.end, now.anchor, now.anchorRevision], [948, 965, 'moved', 3]);
    assert.deepEqual(now.written, { revision: 2, start: 957, end: 974 });
  });

  it('begins anew where the draft was replaced', async () => {
    await postGloss(student, group);
    await draft((text) => text.replace('Уважаемые товарищи', 'Уважаемые все'));
    await breakOffAfter('doc1');
    assert.deepEqual((await staged())[0], 1);
    await draft((text) =>
      text.replace('Уважаемые все', 'Дорогие товарищи').replace('>Весь ЦК КПСС не', '>ЦК КПСС не'),
    );
    assert.deepEqual(await staged(), [0, 0]);
    await breakOffAfter('doc1');
    assert.equal((await staged())[0], 1);
    await assert.rejects(
      publishDraft(operator, slug, { sha256: 'another' }),
      (error: AppError) => error.code === 'conflict',
    );
    await publishDraft(operator, slug);
    assert.deepEqual(await staged(), [0, 0]);
  });

  it('refuses where the draft was replaced while it ran', async () => {
    await draft((text) => text.replace('Дорогие товарищи', 'Дорогие все'));
    const held = await holdSection(slug, 'doc1');
    const publishing = publishDraft(operator, slug);
    const refused = assert.rejects(publishing, (error: AppError) => error.code === 'conflict');
    await held.untilWaiting(1);
    // The upload waits for the transaction that stages the section, and comes before the end of the publication.
    const uploading = uploadDraft(operator, source.replace('Дорогие все', 'Дорогие друзья'));
    await held.untilWaiting(2);
    await held.release();
    await refused;
    await uploading;
    assert.equal(await getCurrentRevision(anonymous, slug), 4);
  });

  it('is told in lines', () => {
    assert.equal(
      formatProgress({ section: 'doc1', notes: 10_000, seconds: 3.14 }),
      'doc1: 10,000 notes, 3.1 s',
    );
    assert.equal(formatProgress({ section: 'doc1', notes: null, seconds: 0 }), 'doc1: done before');
    const counts = { section: 'doc1', exact: 1_200, moved: 2, fuzzy: 1, orphaned: 0 };
    assert.deepEqual(formatPublication({ slug, revision: 2, sections: [counts] }), [
      'gheorghiu-2009: revision 2 is current; 1 section changed',
      'doc1: 1,200 exact, 2 moved, 1 fuzzy, 0 orphaned',
    ]);
  });
});

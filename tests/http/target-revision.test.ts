import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { before, describe, it } from 'node:test';
import { operator } from '@/lib/identity';
import { publishDraft, uploadDraft } from '@/lib/publication';
import { freshDatabase } from '../support/fresh-database';
import {
  call,
  createSeminar,
  createUserWithToken,
  publishSampleEdition,
  type TestUser,
} from '../support/seminar';

const SECTION = 'http://localhost:3000/editions/gheorghiu-2009/doc1';

describe('a target that names the revision that it was made on', () => {
  let student: TestUser;
  let container = '';

  before(async () => {
    await freshDatabase();
    await publishSampleEdition();
    const tei = await readFile('seed/gheorghiu-2009.xml', 'utf8');
    await uploadDraft(operator, tei.replace('Уважаемые товарищи', 'Уважаемые, дорогие товарищи'));
    await publishDraft(operator, 'gheorghiu-2009');
    student = await createUserWithToken('student', 'write');
    container = `/groups/${await createSeminar({ student: { somebody: student, role: 'student' } })}/annotations/`;
  });

  async function passageOf(revision: string, selector: object) {
    const body = {
      '@context': 'http://www.w3.org/ns/anno.jsonld',
      type: 'Annotation',
      target: { source: `${SECTION}${revision}`, selector },
    };
    const made = await call(student, container, { body, headers: { 'content-type': 'application/ld+json' } });
    const id = made.headers.get('location')?.split('/').at(-1);
    const { passages } = await (await call(student, `/api/v1/annotations/${id}`)).json();
    const [{ anchor, exact, start, end }] = passages;
    return { anchor, exact, start, end };
  }
  const offsets = (start: number, end: number) => ({ type: 'TextPositionSelector', start, end });

  it('stands on the words that its offsets meant there', async () => {
    const words = { anchor: 'exact', exact: 'нездоровой шумихи', start: 957, end: 974 };
    assert.deepEqual(await passageOf('?revision=1', offsets(948, 965)), words);
    assert.deepEqual(await passageOf('?revision=2', offsets(957, 974)), words);
    assert.deepEqual(await passageOf('', offsets(957, 974)), words);
  });

  it('is lost with the words that it meant where they are no more', async () => {
    const start = [...'DOCUMENT I\nИСПОЛКОМУ ЦЕНТРАЛЬНОГО КОМИТЕТА РУМЫНСКОЙ КОММУНИСТИЧЕСКОЙ ПАРТИИ\n']
      .length;
    const lost = { anchor: 'orphaned', exact: 'Уважаемые товарищи', start: null, end: null };
    assert.deepEqual(await passageOf('?revision=1', offsets(start, start + 18)), lost);
  });
});

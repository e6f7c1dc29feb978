import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { freshDatabase } from '../support/fresh-database';
import { fc } from '../support/seeded-fast-check';
import {
  call,
  createSeminar,
  createUserWithToken,
  publishSampleEdition,
  type TestUser,
} from '../support/seminar';
import { annotation } from '../unit/w3c/annotation-arbitrary';
import cases from '../unit/w3c/cases.json' with { type: 'json' };
import { full } from '../unit/w3c/complete-annotation';

const ADDRESS = 'http://localhost:3000';
const SECTION = `${ADDRESS}/editions/gheorghiu-2009/doc1`;
type Json = Record<string, unknown>;

/** Whatever the model allows, with one target more that is in an edition here. */
describe('an annotation that somebody else’s client sends', () => {
  let student: TestUser;
  let container: string;

  before(async () => {
    await freshDatabase();
    await publishSampleEdition();
    student = await createUserWithToken('student', 'write');
    container = `/groups/${await createSeminar({ student: { somebody: student, role: 'student' } })}/annotations/`;
  });

  const post = (body: unknown) =>
    call(student, container, { body, headers: { 'content-type': 'application/ld+json' } });

  /** What the server does not decide, as the text that it is: order and white space count. */
  function said(json: Json): string {
    const decided = ['id', 'via', 'creator', 'created', 'modified', 'generator'];
    const kept = Object.entries(json).filter(
      ([name]) => !decided.includes(name) && !name.startsWith('urn:scholion:'),
    );
    return JSON.stringify(Object.fromEntries(kept));
  }

  async function assertComesBack(json: Json): Promise<void> {
    const made = await post(json);
    assert.equal(made.status, 201, await made.clone().text());
    const { pathname } = new URL(made.headers.get('location') ?? '');
    const got = await call(student, pathname, { headers: { accept: 'application/ld+json' } });
    assert.equal(said(await got.json()), said(json));
  }

  const withSection = (json: Json) => ({ ...json, target: [json.target, SECTION].flat() });
  const ofTheModel = Object.entries<Json>(cases).filter(([, { type }]) => type === 'Annotation');

  it('comes back as it was: 41 cases after the examples of the Recommendation', async () => {
    assert.equal(ofTheModel.length, 41);
    for (const [, json] of ofTheModel) await assertComesBack(withSection(json));
  });

  it('comes back as it was: with everything that is in the model', async () => {
    await assertComesBack(withSection(full));
  });

  it('is refused where an IRI in it would run: in every place for an IRI', async () => {
    const runs = [
      'javascript:alert(1)',
      'JavaScript:alert(1)',
      'vbscript:x',
      'data:text/html,<script>1</script>',
    ];
    const runsEscaped = ['data:text/html;base64,PHNjcmlwdD4=', 'data:image/svg+xml,%3Csvg/%3E'];
    for (const iri of [...runs.filter((iri) => !iri.includes('<')), ...runsEscaped]) {
      const places: Json[] = [
        { id: iri },
        { body: iri },
        { body: { id: iri } },
        { body: { type: 'SpecificResource', source: iri } },
        { target: [iri, SECTION] },
        { target: [{ id: iri }, SECTION] },
        { target: [{ source: iri }, SECTION] },
        { creator: iri },
        { creator: { id: iri, type: 'Person', homepage: iri } },
        { generator: { id: iri, type: 'Software' } },
        { via: iri },
        { canonical: iri },
        { rights: iri },
        { stylesheet: iri },
      ];
      for (const place of places) {
        const base = { '@context': 'http://www.w3.org/ns/anno.jsonld', type: 'Annotation', target: SECTION };
        const answer = await post({ ...base, ...place });
        assert.equal(answer.status, 422, JSON.stringify(place));
      }
    }
  });

  it('comes back as it was: any that is made by the rules', async () => {
    await fc.assert(
      fc.asyncProperty(annotation, (json) => assertComesBack(withSection(json))),
      { numRuns: 100, endOnFailure: true },
    );
  });

  it('is refused at its target, and not stored, where nothing of it is in an edition here', async () => {
    const total = async () => (await (await call(student, container)).json()).total;
    const before = await total();
    for (const [name, json] of ofTheModel) {
      const refused = await post(json);
      assert.equal(refused.status, 422, name);
      const { errors } = await refused.json();
      assert.deepEqual(
        errors.map(({ pointer }: { pointer: string }) => pointer),
        ['/target'],
        name,
      );
    }
    assert.equal(await total(), before);
  });
});

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { AppError } from '@/lib/kernel/errors';
import { validateAnnotation } from '@/lib/w3c';
import { validationErrors } from '@/lib/w3c/model/validation-errors';
import { fc } from '../../support/seeded-fast-check';
import { annotation, singleBreaches } from './annotation-arbitrary';
import cases from './cases.json' with { type: 'json' };
import { full } from './complete-annotation';
import { breaches, changed, GONE } from './invalid-annotations';

const pointers = (json: unknown) => validationErrors(json).map(({ pointer }) => pointer);
const byName = Object.entries(cases);
const annotations = byName.filter(([, { type }]) => type === 'Annotation');

describe('a Web Annotation', () => {
  it('as the Recommendation shows it is valid: 41 annotations', () => {
    assert.equal(annotations.length, 41);
    for (const [name, json] of annotations) assert.deepEqual(validationErrors(json), [], name);
  });

  it('is not a collection or a page: three cases', () => {
    const others = byName.filter(([, { type }]) => type !== 'Annotation');
    for (const [name, json] of others) assert.deepEqual(pointers(json).sort(), ['/target', '/type'], name);
    assert.equal(others.length, 3);
  });

  it('with everything in the model is valid, and is given back untouched', async () => {
    const before = structuredClone(full);
    assert.equal(await validateAnnotation(full), full);
    assert.deepEqual(full, before);
  });

  for (const [what, change] of [
    ['has no id yet', { '/id': GONE }],
    ['has no body', { '/body': GONE }],
    [
      'refers to what it is called by objects with an id (Terminology, Relationship)',
      {
        '/rights': { id: 'https://example.org/licence', type: 'Text' },
        '/canonical': { id: 'urn:isbn:1' },
        '/via': [{ id: 'urn:isbn:2' }, 'urn:isbn:3'],
        '/creator/1/email': { id: 'mailto:maria@example.org' },
      },
    ],
    ['has no bodies', { '/body': [] }],
    ['has a bodyValue instead', { '/body': GONE, '/bodyValue': '' }],
    ['has one body outside an array', { '/body': 'urn:isbn:9780140449136' }],
    ['has an IRI of letters that are not Latin', { '/target': 'https://пример.рф/страница?q=ș#é' }],
    ['has an IRI with bare square brackets', { '/target': 'https://example.org/?a[]=1' }],
    ['has a target of nobody we know', { '/target': { type: 'ex:Place', 'ex:at': [1, 2] } }],
    ['has a body that is a text by its value alone', { '/body': { value: 'text' } }],
    ['has a text that may be had elsewhere too', { '/body/2/id': 'https://example.org/text' }],
    ['has the last second of a leap day', { '/created': '2024-02-29T23:59:59Z' }],
    ['has the end of a day', { '/created': '2026-01-31T24:00:00Z' }],
    ['has a year before ours', { '/created': '-0044-03-15T12:00:00Z' }],
    ['has single dates in arrays', { '/created': ['2026-01-31T12:00:00Z'] }],
    ['has no motivation', { '/motivation': [] }],
    ['has a motivation by its IRI', { '/motivation': 'http://www.w3.org/ns/oa#commenting' }],
    ['has a motivation as an object', { '/motivation': { id: 'https://example.org/why' } }],
    ['has a motivation by a term of another context', { '/motivation': 'glossing' }],
    ['has agents without anything', { '/creator': {}, '/generator': [{ name: [] }] }],
    ['has an empty passage', { '/target/2/selector/1/end': 0 }],
    ['has an empty quote', { '/target/2/selector/0/exact': '' }],
    ['has the only class of a selector in an array', { '/target/2/selector/0/type': ['TextQuoteSelector'] }],
    ['has no selectors', { '/target/2/selector': [] }],
    ['has a specific resource without anything specific', { '/target': { source: 'https://example.org/' } }],
    [
      'has SVG with a prefix that nobody declared',
      { '/target/2/selector/6/value': '<svg:svg> … </svg:svg>' },
    ],
    ['has SVG with its declaration', { '/target/2/selector/6/value': '<?xml version="1.0"?><svg/>' }],
    ['has a state without a time', { '/target/2/state/0/sourceDate': GONE }],
    ['has a stylesheet elsewhere', { '/stylesheet': { id: 'https://example.org/a.css' } }],
    ['has an audience by its IRI', { '/audience': 'https://example.edu/roles/teacher' }],
    ['has letters outside the basic plane', { '/body/2/value': '𝔄 👩‍👩‍👧 e\u0301' }],
    ['has a name from JavaScript', { '/constructor': 1, '/body/1/type': ['Image', 'toString'] }],
  ] as [string, Record<string, unknown>][]) {
    it(`is valid where it ${what}`, () => {
      assert.deepEqual(validationErrors(changed(full, change)), []);
    });
  }
});

describe('what is no Web Annotation', () => {
  for (const [what, change, expected] of breaches) {
    it(`is pointed at: ${what}`, async () => {
      const json = changed(full, change);
      assert.deepEqual(pointers(json).sort(), [...expected].sort());
      await assert.rejects(
        () => validateAnnotation(json),
        (error) => error instanceof AppError && error.code === 'invalid',
      );
    });
  }

  it('was tried in 120 ways at least', () => {
    assert.ok(breaches.length >= 120, `${breaches.length} ways`);
    assert.equal(new Set(breaches.map(([what]) => what)).size, breaches.length);
  });

  for (const json of [null, 5, 'text', [], [full], true, undefined]) {
    it(`is pointed at as a whole: ${JSON.stringify(json)?.slice(0, 20)}`, () => {
      assert.deepEqual(pointers(json), ['']);
    });
  }
});

describe('what one annotation may hold', () => {
  const nested = (depth: number): unknown => JSON.parse(`${'['.repeat(depth)}1${']'.repeat(depth)}`);

  it('is 64 levels, and a hundred thousand end no process', () => {
    assert.deepEqual(pointers({ ...full, 'ex:deep': nested(63) }), []);
    assert.deepEqual(
      validationErrors({ ...full, 'ex:deep': nested(64) }).map(({ detail }) => detail),
      ['This is nested too deeply.'],
    );
    assert.equal(validationErrors({ ...full, 'ex:deep': nested(100_000) }).length, 1);
  });

  it('is 20,000 parts', () => {
    const body = (count: number) => Array.from({ length: count }, () => 'urn:a:b');
    assert.deepEqual(pointers({ ...full, body: body(19_000) }), []);
    assert.deepEqual(pointers({ ...full, body: body(20_000) }), ['']);
  });

  it('is a million characters, names included', () => {
    assert.deepEqual(pointers({ ...full, 'ex:long': 'я'.repeat(990_000) }), []);
    assert.deepEqual(pointers({ ...full, 'ex:long': 'я'.repeat(1_000_001) }), ['']);
    assert.deepEqual(pointers({ ...full, [`ex:${'я'.repeat(1_000_001)}`]: 1 }), ['']);
  });

  it('gives no more than 500 faults to read', () => {
    assert.equal(validationErrors({ ...full, via: Array.from({ length: 2_000 }, () => 'x') }).length, 500);
  });
});

describe('any annotation', () => {
  it('made by the rules is valid', () => {
    fc.assert(
      fc.property(annotation, (json) => assert.deepEqual(validationErrors(json), [])),
      { numRuns: 1_000 },
    );
  });

  it('with one rule broken has one fault, at that place', () => {
    fc.assert(
      fc.property(annotation, fc.nat(), fc.nat(), (json, which, how) => {
        const places = singleBreaches(json);
        const [pointer, values] = places[which % places.length] as [string, unknown[]];
        assert.deepEqual(pointers(changed(json, { [pointer]: values[how % values.length] })), [pointer]);
      }),
      { numRuns: 3_000 },
    );
  });
});

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import jsonld from 'jsonld';
import { Parser, type Quad, Store, Writer } from 'n3';
import { fastJsonLdToRdf } from '@/lib/w3c/fast-rdf';
import { jsonLdToRdf } from '@/lib/w3c/jsonld-to-rdf';
import { validationErrors } from '@/lib/w3c/model/validation-errors';
import { toTurtle, turtleWriter } from '@/lib/w3c/turtle';
import { fc } from '../../support/seeded-fast-check';

const ANNO = 'http://www.w3.org/ns/anno.jsonld';
const OA = 'http://www.w3.org/ns/oa#';

/** One text for all isomorphic graphs (RDF Dataset Canonicalization). */
function canonical(quads: Quad[]): Promise<string> {
  const nquads = new Writer({ format: 'N-Quads' }).quadsToString(quads);
  return jsonld.canonize(nquads as never, { algorithm: 'URDNA2015', inputFormat: 'application/n-quads' });
}
const parsed = (turtle: string) => new Parser({ format: 'text/turtle' }).parse(turtle);

const gloss = {
  '@context': ANNO,
  id: 'https://reading.example/groups/g/annotations/1',
  type: 'Annotation',
  motivation: 'commenting',
  creator: { id: 'https://reading.example/people/7', type: 'Person', name: 'Студентка' },
  created: '2026-11-25T01:02:03.000Z',
  body: [
    { type: 'TextualBody', value: 'Шумиха: "noise"\n\\ — 𝔄', format: 'text/markdown', purpose: 'commenting' },
    { type: 'TextualBody', value: 'press', purpose: 'tagging' },
  ],
  target: {
    type: 'SpecificResource',
    source: 'https://reading.example/editions/e/doc1',
    selector: [
      { type: 'TextQuoteSelector', exact: 'нездоровой шумихи', prefix: '', suffix: ' в' },
      { type: 'TextPositionSelector', start: 948, end: 965 },
    ],
  },
  'urn:scholion:kind': 'gloss',
};

describe('Turtle', () => {
  it('says what the JSON-LD says, with blank nodes where they are used', async () => {
    const turtle = await toTurtle(gloss);
    assert.equal(await canonical(parsed(turtle)), await canonical(await jsonLdToRdf(gloss)));
    assert.match(turtle, /^@prefix oa: <http:\/\/www\.w3\.org\/ns\/oa#>\.$/m);
    assert.match(turtle, /oa:hasSelector \[\n\s+a oa:TextQuoteSelector;/);
    const store = new Store(parsed(turtle));
    assert.equal(store.getObjects(null, `${OA}exact`, null)[0]?.value, 'нездоровой шумихи');
    const [start] = store.getObjects(null, `${OA}start`, null);
    assert.equal(start?.id, '"948"^^http://www.w3.org/2001/XMLSchema#nonNegativeInteger');
  });

  it('writes a page of a container, its items as a list', async () => {
    const { '@context': _, ...item } = gloss;
    const collection = {
      '@context': [ANNO, 'http://www.w3.org/ns/ldp.jsonld'],
      id: 'https://reading.example/groups/g/annotations/',
      type: ['BasicContainer', 'AnnotationCollection'],
      total: 2,
      first: {
        id: 'https://reading.example/groups/g/annotations/?page=0',
        type: 'AnnotationPage',
        items: [item, 'https://reading.example/groups/g/annotations/2'],
      },
    };
    const turtle = await toTurtle(collection);
    const store = new Store(parsed(turtle));
    assert.match(turtle, /as:items \(<https:\/\/reading\.example\/groups\/g\/annotations\/1> <[^>]+\/2>\)/);
    assert.equal(store.countQuads(null, null, 'http://www.w3.org/ns/ldp#BasicContainer', null), 1);
    assert.equal(store.countQuads(null, null, `${OA}Annotation`, null), 1);
  });

  it('asks no network: what an unknown context explains is left out', async () => {
    const foreign = { ...gloss, '@context': [ANNO, 'https://nowhere.invalid/context.jsonld'], mood: 'gay' };
    assert.equal(await canonical(await jsonLdToRdf(foreign)), await canonical(await jsonLdToRdf(gloss)));
  });

  it('writes IRIs with characters that none may have, and leaves out a language that is none', async () => {
    const odd = {
      '@context': [ANNO, { says: { '@id': 'urn:x:says', '@container': '@language' } }],
      id: 'urn:x:1',
      type: 'Annotation',
      target: 'http://x.example/a|b{c}',
      says: { 'not a language': 'x', ru: 'да' },
    };
    const store = new Store(parsed(await toTurtle(odd)));
    assert.equal(store.getObjects(null, `${OA}hasTarget`, null)[0]?.value, 'http://x.example/a%7Cb%7Bc%7D');
    assert.deepEqual(
      store.getObjects(null, 'urn:x:says', null).map(({ id }) => id),
      ['"да"@ru'],
    );
  });

  it('leaves out what is no JSON-LD in a valid annotation, and nothing of the others on its page', async () => {
    const nested = [
      ...[{ '@id': 5 }, { '@type': 5 }, { '@value': {} }, { '@value': 'x', 'ex:b': 1 }, { '@index': 5 }],
      ...[{ '@value': 'x', '@language': 5 }, { '@reverse': { 'ex:p': 'x' } }, { '@context': 5 }, { id: 5 }],
      ...[
        { '@context': { '@version': 1 } },
        { '@value': 'x', '@type': 'no IRI' },
        { type: [5] },
        { type: {} },
      ],
    ];
    const odd = [
      ...nested.map((value) => ({ 'ex:a': value })),
      ...[{ '@graph': 5 }, { '@reverse': 5 }, { '@included': 'x' }, { '@nest': 5 }, { '@id': 'urn:x:other' }],
      ...[{ items: [5], '@graph': 5 }, { '@context': [ANNO, { '@vocab': 5 }] }, { first: { '@nest': 5 } }],
      ...['q', ['q', 'urn:x:q']].map((items) => ({ body: { type: 'ex:Geo', items } })),
    ];
    const whole = parsed(await toTurtle(gloss)).length;
    for (const more of odd) {
      const annotation = { '@context': ANNO, id: 'urn:x:1', type: 'Annotation', target: 'urn:x:t', ...more };
      assert.deepEqual(validationErrors(annotation), [], JSON.stringify(more));
      const alone = new Store(parsed(await toTurtle(annotation)));
      assert.equal(alone.countQuads('urn:x:1', `${OA}hasTarget`, 'urn:x:t', null), 1, JSON.stringify(more));
      const page = { '@context': ANNO, id: 'urn:x:page', type: 'AnnotationPage', items: [annotation, gloss] };
      const store = new Store(parsed(await toTurtle(page)));
      assert.equal(store.countQuads(gloss.id, null, null, null) > 5, true, JSON.stringify(more));
      assert.ok(store.size > whole, JSON.stringify(more));
    }
  });

  it('keeps graphs apart that have blank nodes of the same name, and circles of them', async () => {
    const circle = {
      '@context': ANNO,
      id: 'urn:x:1',
      body: { id: '_:a', via: { id: '_:b', via: { id: '_:a' } } },
      target: { id: '_:c', via: { id: '_:c' } },
    };
    const other = { ...circle, id: 'urn:x:2' };
    const turtle = turtleWriter();
    const text = turtle.begin() + (await turtle.write(circle)) + (await turtle.write(other)) + turtle.end();
    const both = [circle, other].map(({ '@context': _, ...node }) =>
      JSON.parse(JSON.stringify(node).replaceAll('_:', `_:${node.id.slice(-1)}`)),
    );
    const whole = await jsonLdToRdf({ '@context': ANNO, '@graph': both });
    assert.equal(await canonical(parsed(text)), await canonical(whole));
  });

  it('does not parse where it breaks off', async () => {
    const turtle = turtleWriter();
    const text = turtle.begin() + (await turtle.write(gloss));
    assert.throws(() => parsed(text));
    assert.equal(parsed(text + turtle.end()).length, (await jsonLdToRdf(gloss)).length);
  });

  it('of a plain annotation is the same graph, by the short way and by the whole of JSON-LD', async () => {
    const scalar = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.integer(),
      fc.double(),
      fc.boolean(),
      fc.constant(null),
      fc.constantFrom(
        'oa:tagging',
        'tagging',
        'urn:x:y',
        'http://x.example/ы',
        'http://x.example/a b',
        '_:b1',
        'ltr',
      ),
    );
    const key = fc.constantFrom(
      ...[
        'body',
        'target',
        'source',
        'value',
        'format',
        'language',
        'motivation',
        'purpose',
        'creator',
        'name',
      ],
      ...[
        'created',
        'start',
        'total',
        'items',
        'textDirection',
        'urn:x:p',
        'oa:hasBody',
        'unknown',
        'oa',
        '@id',
        'via',
      ],
    );
    const { node } = fc.letrec<{ node: object; value: unknown }>((tie) => ({
      value: fc.oneof({ maxDepth: 3 }, scalar, tie('node'), fc.array(tie('value'), { maxLength: 3 })),
      node: fc
        .record(
          {
            id: fc.constantFrom('urn:x:1', 'urn:x:2', 'relative', 'http://x.example/é'),
            type: fc.constantFrom('Annotation', 'TextualBody', ['Choice'], 'Unknown', 'urn:x:T', 'body'),
            more: fc.dictionary(key, tie('value'), { maxKeys: 4 }),
          },
          { requiredKeys: ['more'] },
        )
        .map(({ more, ...rest }) => ({ ...rest, ...more })),
    }));
    let plain = 0;
    await fc.assert(
      fc.asyncProperty(node, async (annotation) => {
        const document = { '@context': ANNO, ...annotation };
        const short = fastJsonLdToRdf(document);
        if (!short) return;
        plain++;
        assert.equal(await canonical(short), await canonical(await jsonLdToRdf(document)));
      }),
      { numRuns: 2000 },
    );
    assert.ok(plain > 100, `only ${plain} were plain`);
    assert.ok(fastJsonLdToRdf(gloss), 'ours are plain');
  });
});

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { detectFormat } from '@/lib/import/detect-format';
import { AppError } from '@/lib/kernel/errors';
import { validateAnnotation } from '@/lib/w3c';
import { fc } from '../../support/seeded-fast-check';
import { annotation as anyAnnotation } from '../w3c/annotation-arbitrary';
import cases from '../w3c/cases.json' with { type: 'json' };
import { hypothesis } from './hypothesis';
import { recogitoJs, recogitoStudio, textAnnotator } from './recogito';

const ANNO = 'http://www.w3.org/ns/anno.jsonld';
type Json = Record<string, unknown>;

const read = (json: unknown) => detectFormat(json).items as { pointer: string; annotation: Json }[];
const pointers = (json: unknown) => read(json).map(({ pointer }) => pointer);
function first(json: unknown): Json {
  const [item] = read(json);
  assert.ok(item, 'the file has an annotation');
  return item.annotation;
}
const selectors = (annotation: Json) => (annotation.target as Json).selector;

/** What every importer needs: each annotation of the file is a valid one. */
async function assertValid(json: unknown): Promise<void> {
  for (const { annotation } of read(json)) await validateAnnotation(annotation);
}

describe('a file of Web Annotations', () => {
  const one = { type: 'Annotation', target: 'https://example.org/', '@context': ANNO, body: [] };
  const page = (items: unknown[], more = {}) => ({ type: 'AnnotationPage', items, ...more });

  it('is one, a list, a page, a collection, and pages within pages, each with its pointer', () => {
    assert.deepEqual(pointers(one), ['']);
    assert.deepEqual(pointers([one, one]), ['/0', '/1']);
    assert.deepEqual(pointers(page([one, one])), ['/items/0', '/items/1']);
    assert.deepEqual(pointers({ type: 'AnnotationCollection', first: page([one]) }), ['/first/items/0']);
    assert.deepEqual(pointers({ type: 'AnnotationCollection', items: [page([one]), one] }), [
      '/items/0/items/0',
      '/items/1',
    ]);
    const linked = {
      type: 'AnnotationCollection',
      first: page([one], { next: page([one], { next: 'urn:a:3' }) }),
    };
    assert.deepEqual(pointers(linked), ['/first/items/0', '/first/next/items/0']);
    assert.deepEqual(pointers([page([one]), [one]]), ['/0/items/0', '/1/0']);
  });

  it('is the collections of the Recommendation', () => {
    assert.deepEqual(pointers(cases['case 39']), ['/items/0', '/items/1']);
    assert.deepEqual(pointers(cases['case 40']), ['/first/items/0', '/first/items/1']);
  });

  it('gives every annotation untouched: the same object, its members in their order', () => {
    fc.assert(
      fc.property(fc.array(anyAnnotation, { minLength: 1 }), (all) => {
        for (const json of [all, page(all), { first: page(all) }]) {
          const { format, items } = detectFormat(json);
          assert.equal(format, 'w3c');
          assert.ok(items.length === all.length && items.every((item, i) => item.annotation === all[i]));
        }
      }),
    );
  });

  it('says a context once for all that is inside, where it says more than the model', () => {
    const { '@context': _, ...bare } = one;
    const ours = [ANNO, 'http://www.w3.org/ns/ldp.jsonld'];
    assert.equal(read(page([bare], { '@context': ours }))[0]?.annotation, bare);
    const context = [ANNO, { ex: 'https://example.org/#' }];
    const within = { '@context': context, first: page([bare, one]) };
    assert.deepEqual(read(within)[0]?.annotation, { '@context': context, ...bare });
    assert.equal(read(within)[1]?.annotation, one);
  });

  it('keeps what is no valid annotation, for the report to say why', () => {
    assert.deepEqual(pointers([one, {}, { type: 'Note' }]), ['/0', '/1', '/2']);
    assert.deepEqual(pointers([]), []);
  });
});

describe('another file', () => {
  const refusal = (json: unknown): AppError => {
    try {
      detectFormat(json);
    } catch (error) {
      assert.ok(error instanceof AppError && error.code === 'invalid');
      return error;
    }
    return assert.fail('it was read');
  };

  it('is refused, and told what can be imported', () => {
    const others = [
      null,
      5,
      'text',
      {},
      { type: 'FeatureCollection', features: [] },
      { first: 'urn:a:1' },
      { rows: 5 },
    ];
    for (const json of others) assert.match(refusal(json).message, /W3C.*Hypothesis.*Recogito/);
  });

  it('is kept at each member of a list that is no annotation, for the report to name it', () => {
    assert.deepEqual(pointers([{ type: 'Annotation' }, 5, [null]]), ['/0', '/1', '/2/0']);
  });

  it('has no annotation where it has no end of lists in lists', () => {
    const lists = JSON.parse(`${'['.repeat(20_000)}${']'.repeat(20_000)}`);
    assert.deepEqual(
      read(lists).map(({ annotation }) => annotation),
      [null],
    );
    const pages = JSON.parse(`${'{"next":'.repeat(20_000)}1${'}'.repeat(20_000)}`);
    assert.deepEqual(
      read(pages).map(({ annotation }) => annotation),
      [null],
    );
  });
});

describe('a file of Hypothesis', () => {
  const all = read({ total: 7, rows: hypothesis });
  const at = (i: number) => all[i]?.annotation as Json;
  const IRI = 'https://hypothes.is/a/';

  it('is what its API searches, a list, one annotation, or what its client exports', async () => {
    const exported = { export_date: '2026-01-31', client_version: '1.1', annotations: hypothesis };
    for (const json of [{ total: 7, rows: hypothesis }, hypothesis, hypothesis[0], exported]) {
      assert.equal(detectFormat(json).format, 'hypothesis');
      await assertValid(json);
    }
    assert.deepEqual(pointers({ rows: hypothesis }).slice(0, 2), ['/rows/0', '/rows/1']);
    assert.deepEqual(pointers(exported).slice(0, 2), ['/annotations/0', '/annotations/1']);
    assert.deepEqual(pointers(hypothesis[0]), ['']);
    assert.deepEqual(detectFormat({ total: 0, rows: [] }), {
      format: 'hypothesis',
      items: [],
      remarks: [],
      assignments: [],
    });
  });

  it('has its author, times, text and tags as they were', () => {
    assert.deepEqual(at(0), {
      '@context': ANNO,
      id: `${IRI}root0001`,
      type: 'Annotation',
      motivation: 'commenting',
      creator: { id: 'acct:masha@hypothes.is', type: 'Person', name: 'Мария Иванова', nickname: 'masha' },
      created: '2026-01-31T12:00:00.123456Z',
      modified: '2026-01-31T12:30:00.000000Z',
      body: [
        {
          type: 'TextualBody',
          value: 'Что значит *шумиха* 𝔄?',
          format: 'text/markdown',
          purpose: 'commenting',
        },
        { type: 'TextualBody', value: 'пресса', purpose: 'tagging' },
      ],
      target: {
        type: 'SpecificResource',
        source: { id: 'https://foreign.example/статья', label: 'Статья' },
        selector: [
          {
            type: 'TextQuoteSelector',
            exact: 'нездоровой шумихи',
            prefix: 'пройти мимо той ',
            suffix: ', которая поднята',
          },
        ],
      },
    });
  });

  it('has threads: each reply answers its parent, three deep', () => {
    assert.deepEqual(
      [1, 2, 3].map((i) => at(i).target),
      ['root0001', 'reply001', 'reply002'].map((id) => IRI + id),
    );
    assert.deepEqual(
      [1, 2, 3].map((i) => at(i).motivation),
      ['replying', 'replying', 'replying'],
    );
  });

  it('has replies to what was deleted, at the nearest above that is left', () => {
    assert.equal(at(4).target, `${IRI}reply001`);
    assert.equal(read([hypothesis[4]])[0]?.annotation.target, `${IRI}deleted1`);
  });

  it('is not shown to more people than before', () => {
    assert.equal(at(0)['urn:scholion:visibility'], undefined);
    assert.equal(at(5)['urn:scholion:visibility'], 'private');
    assert.equal(at(6)['urn:scholion:state'], 'hidden');
  });

  it('marks without a word, or asks for nothing but a tag', () => {
    assert.deepEqual([at(5).motivation, at(5).body], ['highlighting', undefined]);
    assert.equal(at(6).motivation, 'tagging');
  });

  it('keeps positions in a foreign page apart from positions in our text', () => {
    const [range, position] = selectors(at(6)) as Json[];
    assert.deepEqual(position, { type: 'urn:hypothesis:TextPositionSelector', start: 3, end: 9 });
    assert.equal(range?.type, 'urn:hypothesis:RangeSelector');
  });

  it('may come from another server of the same program', () => {
    const row = { ...hypothesis[1], links: { html: 'https://notes.example/a/reply001' } };
    const annotation = first([row]);
    assert.deepEqual(
      [annotation.id, annotation.target],
      ['https://notes.example/a/reply001', 'https://notes.example/a/root0001'],
    );
  });
});

describe('a file of Recogito', () => {
  const ROOT = 'urn:uuid:ce0ed291-766b-4763-8e91-90ce1d04e706';

  it('is what recogito-js, text-annotator-js or Recogito Studio export', async () => {
    for (const json of [recogitoJs, textAnnotator, recogitoStudio, recogitoJs[0]]) {
      assert.equal(detectFormat(json).format, 'recogito');
      await assertValid(json);
    }
  });

  it('has threads: the first comment stays with the passage, and the others answer it in their order', () => {
    const [root, first, second] = read(recogitoJs) as { pointer: string; annotation: Json }[];
    assert.deepEqual(root?.annotation.id, ROOT);
    assert.deepEqual(
      root?.annotation.body,
      [
        {
          type: 'TextualBody',
          value: 'Ещё комментарий',
          purpose: 'commenting',
          creator: { id: 'urn:recogito:user:masha', type: 'Person', name: 'Мария' },
          created: '2026-01-31T12:00:00.000Z',
        },
        { type: 'TextualBody', value: 'Троя', purpose: 'tagging' },
      ].map((body) => body),
    );
    assert.deepEqual([first?.pointer, second?.pointer], ['/0/body/1', '/0/body/3']);
    assert.deepEqual(first?.annotation, {
      ...{
        '@context': ANNO,
        id: `${ROOT}#2026-02-01T09%3A00%3A00.000Z`,
        type: 'Annotation',
        motivation: 'replying',
      },
      creator: { type: 'Person', name: 'Ion' },
      created: '2026-02-01T09:00:00.000Z',
      body: { type: 'TextualBody', value: 'Răspuns 𝔄', purpose: 'replying' },
      target: ROOT,
    });
    assert.equal(second?.annotation.target, ROOT);
  });

  it('has a quote, and its position beside it, which says which of two is meant', () => {
    const annotation = first(recogitoJs);
    assert.deepEqual(annotation.target, {
      type: 'SpecificResource',
      source: 'urn:recogito:text',
      selector: [
        { type: 'TextQuoteSelector', exact: 'Troy' },
        { type: 'TextPositionSelector', start: 124, end: 128 },
      ],
    });
  });

  it('keeps the source that it names, and what it links', () => {
    const annotation = first(textAnnotator);
    const [target] = annotation.target as Json[];
    assert.equal(target?.source, 'https://www.gutenberg.org/files/1727/1727-h/1727-h.htm');
    assert.equal(target?.id, 'urn:uuid:602e0698-6602-46b2-87bc-4085df9eb2bc');
    const link = read(recogitoJs).at(-1)?.annotation as Json;
    assert.deepEqual(link.target, [{ id: ROOT }, { id: 'urn:uuid:447d4bea-08dc-4bd0-ae51-31f5ed7a95a0' }]);
  });

  it('has answers whose first comment was deleted', () => {
    const answers = read(recogitoJs).filter(({ pointer }) => pointer.startsWith('/1'));
    assert.deepEqual(
      answers.map(({ pointer }) => pointer),
      ['/1', '/1/body/0'],
    );
    assert.equal(answers[0]?.annotation.body, undefined);
  });

  it('of the Studio has terms, words in its own notation, private notes and a project for a source', () => {
    const [root, reply] = read(recogitoStudio) as { annotation: Json }[];
    const [comment, tag, place] = first(recogitoStudio).body as Json[];
    assert.equal(comment?.value, '<p>Комментарий</p>');
    assert.deepEqual([tag?.value, tag?.format, tag?.purpose], ['Город', 'text/plain', 'tagging']);
    assert.equal(place?.purpose, 'urn:recogito:geotagging');
    assert.equal((reply?.annotation.body as Json | undefined)?.value, 'Ответ');
    assert.equal(reply?.annotation.id, 'urn:uuid:11111111-2222-4333-8444-555555555555');
    assert.equal(root?.annotation['urn:scholion:visibility'], 'private');
    assert.equal(
      (first(recogitoStudio).target as Json[])[0]?.source,
      'urn:uuid:0a0a0a0a-1b1b-4c2c-8d3d-4e4e4e4e4e4e',
    );
  });

  it('gives an answer the same IRI in the next export, and no two the same', () => {
    const ids = () => read(recogitoJs).map(({ annotation }) => annotation.id);
    assert.deepEqual(ids(), ids());
    assert.equal(new Set(ids()).size, ids().length);
  });
});

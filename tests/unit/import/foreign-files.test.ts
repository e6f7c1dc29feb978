import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { detectFormat } from '@/lib/import/detect-format';
import { creatorOf } from '@/lib/import/match-authors';
import { toUtc } from '@/lib/import/times';
import { createdOf, type IncomingAnnotation, isValidAnnotation, kindOfAnnotation } from '@/lib/w3c';
import { bodyTextOf } from '@/lib/w3c/model/body-text';
import { fc } from '../../support/seeded-fast-check';
import * as files from './foreign-files';

type Json = Record<string, unknown>;
const read = (json: unknown) => detectFormat(json).items as { pointer: string; annotation: Json }[];
const wordsOf = (annotation: Json) => bodyTextOf(annotation as IncomingAnnotation);
const targetOf = (item: { annotation: Json } | undefined) => (item?.annotation.target ?? {}) as Json;
const CANVAS = 'https://iiif.example/canvas/1';
const ANNO = 'http://www.w3.org/ns/anno.jsonld';

/** Who wrote an annotation and when, as an import takes it. */
const who = (annotation: Json) => {
  const created = createdOf(annotation);
  return [creatorOf(annotation)?.name, created === null ? null : new Date(created).toISOString()];
};

describe('a file of another program', () => {
  const all: [string, unknown, number][] = [
    ['mirador-annotations', files.miradorPage(CANVAS), 3],
    ['Recogito 2', files.recogito2, 2],
    ['text-annotator', files.textAnnotatorCore, 3],
    ['Annotorious 3', files.annotoriousCore, 1],
    ['Hypothesis in JSON-LD', files.hypothesisJsonLd, 1],
    ['Annotorious 2', files.annotorious2, 1],
    ['bare highlights', files.highlights, 3],
  ];
  for (const [name, json, count] of all) {
    it(`of ${name} has its ${count} annotations, each valid, and the same when it is read again`, () => {
      const items = read(json);
      assert.equal(items.length, count);
      for (const { annotation, pointer } of items) {
        const whole = '@context' in annotation ? annotation : { '@context': ANNO, ...annotation };
        assert.ok(isValidAnnotation(whole), `${pointer} ${JSON.stringify(annotation)}`);
        assert.ok(!JSON.stringify(annotation).includes('scholion'));
      }
      assert.deepEqual(read(json), items);
      // What was converted once is not converted again.
      const again = read(items.map(({ annotation }) => annotation));
      assert.deepEqual(
        again.map(({ annotation }) => annotation),
        items.map(({ annotation }) => annotation),
      );
    });
  }

  it('has the author and the date of the first body, else of the target', () => {
    const [core, reply, mark] = read(files.textAnnotatorCore).map(({ annotation }) => who(annotation));
    assert.deepEqual(core, ['Мария', '2026-01-31T12:00:00.000Z']);
    assert.deepEqual(reply, ['Ion', '2026-01-31T13:00:00.000Z']);
    assert.deepEqual(mark, ['Ana', '2026-01-30T11:59:00.000Z']);
    const [drawn] = read(files.annotoriousCore);
    assert.deepEqual(who(drawn?.annotation as Json), ['Ana', '2026-01-31T12:00:00.000Z']);
    const [old] = read(files.annotorious2);
    assert.deepEqual(who(old?.annotation as Json), ['Ana', '2020-05-06T07:08:09.010Z']);
    const [place] = read(files.recogito2);
    assert.equal(createdOf(place?.annotation as Json), Date.parse('2019-05-04T10:11:12Z'));
    assert.equal(creatorOf(place?.annotation as Json)?.id, 'https://recogito.example/rainer');
    const [hypothesis] = read(files.hypothesisJsonLd);
    assert.deepEqual(who(hypothesis?.annotation as Json), ['maria', '2024-01-05T13:19:14.716Z']);
  });

  it('has the selectors of the model in place of its own', () => {
    const [core] = read(files.textAnnotatorCore);
    const [drawn] = read(files.annotoriousCore);
    assert.deepEqual(
      (targetOf(core).selector as Json[]).map(({ type }) => type),
      ['TextQuoteSelector', 'TextPositionSelector'],
    );
    assert.equal((targetOf(drawn).selector as Json).value, 'xywh=pixel:1,2,3,4');
  });

  it('says what a reader sees: a place as a link, a note beside it, HTML as HTML, a transcription', () => {
    const [place, person] = read(files.recogito2).map(({ annotation }) => wordsOf(annotation).body);
    for (const words of ['http://pleiades.example/places/579885', 'or the other one', 'Gălăgie'])
      assert.ok(place?.includes(words), place);
    assert.equal(person, 'PERSON');
    const [page] = read(files.miradorPage(CANVAS));
    assert.equal(wordsOf(page?.annotation as Json).body, 'A **bold** word');
  });

  it('has marked passages where there is no word', () => {
    for (const { annotation } of read(files.highlights))
      assert.equal(kindOfAnnotation(annotation as IncomingAnnotation), 'highlight');
  });

  it('may have the context of IIIF alone, around it or in it', () => {
    const iiif = 'http://iiif.io/api/presentation/3/context.json';
    const one = {
      id: 'https://iiif.example/a',
      type: 'Annotation',
      motivation: 'commenting',
      target: CANVAS,
    };
    const [around] = read({ '@context': iiif, type: 'AnnotationPage', items: [one] });
    assert.equal(around?.annotation, one, 'nothing is added');
    const [inside] = read({ '@context': iiif, ...one });
    assert.deepEqual(inside?.annotation['@context'], [ANNO, iiif]);
    const [known] = read({ '@context': [ANNO, iiif], type: 'AnnotationPage', items: [one] });
    assert.equal(known?.annotation, one);
  });

  it('keeps a thread that a valid annotation has in its bodies', () => {
    const body = (value: string, purpose: string) => ({ type: 'TextualBody', value, purpose });
    const valid = {
      '@context': ANNO,
      id: 'urn:a:1',
      type: 'Annotation',
      target: 'https://elsewhere.example/',
    };
    const items = read({ ...valid, body: [body('one', 'commenting'), body('two', 'replying')] });
    assert.deepEqual(
      items.map(({ annotation }) => [wordsOf(annotation).body, annotation.target]),
      [
        ['one', 'https://elsewhere.example/'],
        ['two', 'urn:a:1'],
      ],
    );
    const languages = { ...valid, body: [body('one', 'commenting'), body('unu', 'commenting')] };
    assert.equal(read(languages)[0]?.annotation, languages);
  });

  it('of Hypothesis may have its replies apart, and says that it is cut off', () => {
    const row = { id: 'a', uri: 'https://elsewhere.example/', user: 'acct:a@h', text: 'x' };
    const reply = { ...row, id: 'b', references: ['a'] };
    const { items, remarks } = detectFormat({ total: 3, rows: [row], replies: [reply] });
    assert.deepEqual(
      items.map(({ pointer }) => pointer),
      ['/rows/0', '/replies/0'],
    );
    assert.deepEqual(remarks, [{ kind: 'cut-off', total: 3, found: 1 }]);
    assert.deepEqual(detectFormat({ total: 1, rows: [row], replies: [reply] }).remarks, []);
  });

  it('of the W3C says that it is cut off where its collection counts more', () => {
    const one = { '@context': ANNO, type: 'Annotation', target: 'https://elsewhere.example/' };
    const collection = (total: number) => ({
      type: 'AnnotationCollection',
      total,
      first: { type: 'AnnotationPage', items: [one], next: 'https://elsewhere.example/2' },
    });
    assert.deepEqual(detectFormat(collection(7)).remarks, [{ kind: 'cut-off', total: 7, found: 1 }]);
    assert.deepEqual(detectFormat(collection(1)).remarks, []);
  });

  it('gives an id that is no IRI another one in another file', () => {
    const idOf = (source: string) =>
      read([{ type: 'Annotation', id: '1', body: { value: 'x' }, target: { source } }])[0]?.annotation.id;
    assert.match(String(idOf('https://elsewhere.example/1')), /^urn:recogito:1~[0-9a-f]{12}$/);
    assert.notEqual(idOf('https://elsewhere.example/1'), idOf('https://elsewhere.example/2'));
  });
});

describe('a time', () => {
  it('with any offset is read, with its fraction as it is written', () => {
    const times: [unknown, string | undefined][] = [
      ['2024-01-05T13:19:14.716000+00:00', '2024-01-05T13:19:14.716000Z'],
      ['2026-02-01T01:30:00+02:00', '2026-01-31T23:30:00Z'],
      ['2026-01-31T23:30:00.25-0330', '2026-02-01T03:00:00.25Z'],
      ['2026-01-31 12:00:00', '2026-01-31T12:00:00Z'],
      ['2026-01-31T12:00', '2026-01-31T12:00:00Z'],
      ['2026-01-31', '2026-01-31T00:00:00Z'],
      ['Sat, 31 Jan 2026 12:00:00 +0200', '2026-01-31T10:00:00.000Z'],
      [1_769_860_800_000, '2026-01-31T12:00:00.000Z'],
      ['2026-02-30T12:00:00Z', undefined],
      ['2026-13-01T12:00:00Z', undefined],
      ['yesterday', undefined],
      ['31.01.2026', undefined],
      [5, undefined],
      ['', undefined],
    ];
    for (const [given, expected] of times) assert.equal(toUtc(given), expected, String(given));
  });

  it('is the same moment, whatever the offset', () => {
    const minutes = fc.integer({ min: -14 * 60, max: 14 * 60 });
    const noInvalid = { noInvalidDate: true, min: new Date('1000-01-02'), max: new Date('9999-12-30') };
    fc.assert(
      fc.property(fc.date(noInvalid), minutes, (date, offset) => {
        const wall = new Date(date.getTime() + offset * 60_000).toISOString().slice(0, -1);
        const two = (number: number) => String(Math.floor(Math.abs(number))).padStart(2, '0');
        const zone = `${offset < 0 ? '-' : '+'}${two(offset / 60)}:${two(offset % 60)}`;
        assert.equal(toUtc(`${wall}${zone}`), date.toISOString());
      }),
    );
  });

  it('that is none is left for the report to name', () => {
    const bad = { ...files.hypothesisJsonLd, created: 'yesterday' };
    assert.equal(read(bad)[0]?.annotation.created, 'yesterday');
  });
});

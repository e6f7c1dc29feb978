import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { unzip } from '@/lib/kernel/unzip';
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
import * as files from '../unit/import/foreign-files';
import { hypothesis } from '../unit/import/hypothesis';
import { recogitoJs, recogitoStudio, textAnnotator } from '../unit/import/recogito';

const ANNO = 'http://www.w3.org/ns/anno.jsonld';
const SECTION = 'edition=gheorghiu-2009&section=doc1';
type Note = {
  id: string;
  body: string;
  kind: string;
  exact: string;
  anchor: string;
  section: string;
  parent: string | null;
  created: string;
  visibility: string;
  author: { name: string };
};

describe('files of other programs in a group', () => {
  let instructor: TestUser;

  before(async () => {
    await freshDatabase();
    await publishSampleEdition();
    instructor = await createUserWithToken('instructor', 'moderate', 'Ilie Instructor');
  });

  const seminar = () => createSeminar({ instructor: { somebody: instructor, role: 'instructor' } });
  const bring = async (group: string, body: unknown, query = SECTION, type = 'application/json') => {
    const response = await call(instructor, `/api/v1/groups/${group}/import?${query}`, {
      body,
      headers: { 'content-type': type },
    });
    return { status: response.status, report: await response.json() };
  };
  const listed = async (group: string): Promise<Note[]> =>
    (await (await call(instructor, `/api/v1/groups/${group}/annotations?limit=500`)).json()).items;
  const exported = async (group: string, format: string) =>
    Buffer.from(
      await (await call(instructor, `/api/v1/groups/${group}/export?format=${format}`)).arrayBuffer(),
    );
  const jsonLdIn = async (archive: Buffer) => {
    const found = await unzip(archive, {
      isWanted: (name: string) => name.endsWith('.jsonld'),
      maxBytes: 10_000_000,
    });
    return [...found][0]?.[1].toString('utf8') ?? '';
  };
  const everything = [
    ...[files.recogito2, files.textAnnotatorCore, files.annotoriousCore, files.hypothesisJsonLd],
    ...[files.annotorious2, files.highlights, files.miradorPage('https://iiif.example/canvas/1')],
    ...[{ rows: hypothesis, total: hypothesis.length }, recogitoJs, recogitoStudio, textAnnotator],
  ];

  it('keep their authors, their dates and their passages', async () => {
    const group = await seminar();
    for (const file of everything) {
      const { status, report } = await bring(group, file);
      assert.equal(status, 201, JSON.stringify(report).slice(0, 2_000));
      assert.equal(report.refused, 0);
    }
    const notes = await listed(group);
    const named = (body: string) => notes.find((note) => note.body === body);
    const first = named('Первое');
    assert.deepEqual(
      [first?.author.name, first?.created, first?.exact, first?.anchor],
      ['Мария', '2026-01-31T12:00:00.000Z', 'нездоровой шумихи', 'exact'],
    );
    const second = named('Al doilea');
    assert.deepEqual([second?.author.name, second?.parent], ['Ion', first?.id]);
    assert.equal(named('Что это?')?.author.name, 'maria');
    const marked = notes.filter(({ kind, anchor }) => kind === 'highlight' && anchor === 'exact');
    assert.ok(marked.length >= 4, 'bare highlights stand at their passages');
  });

  it('come whole, byte for byte, out of the group’s own archive, again and in another group', async () => {
    const group = await seminar();
    const imports: string[] = [];
    for (const file of everything) imports.push((await bring(group, file)).report.id);
    const archive = await exported(group, 'zip');
    const text = await jsonLdIn(archive);
    const { items } = JSON.parse(text).first;
    const other = await seminar();
    const { status, report } = await bring(other, archive, '', 'application/zip');
    assert.equal(status, 201, JSON.stringify(report).slice(0, 2_000));
    assert.equal(report.glosses + report.replies, items.length);
    // In another group, what a client sent is the same but for the ids, which are of that group.
    const sent = (annotations: Record<string, unknown>[]) =>
      annotations.map(({ id: _, via: __, target, ...rest }) => ({
        ...rest,
        target: typeof target === 'string' ? null : target,
      }));
    const there = JSON.parse(await jsonLdIn(await exported(other, 'zip'))).first.items;
    assert.equal(JSON.stringify(sent(there)), JSON.stringify(sent(items)));
    const shape = (notes: Note[]) =>
      notes.map(({ body, author, exact, anchor, kind }) => [body, author.name, exact, anchor, kind]);
    assert.deepEqual(shape(await listed(other)), shape(await listed(group)));
    // On a server that has none of them, every byte is.
    for (const id of imports.reverse())
      await call(instructor, `/api/v1/groups/${group}/imports/${id}`, { method: 'DELETE' });
    assert.equal((await bring(group, archive, '', 'application/zip')).status, 201);
    assert.equal(await jsonLdIn(await exported(group, 'zip')), text);
  });

  it('have the section that was chosen for them in each format', async () => {
    const group = await seminar();
    await bring(group, files.hypothesisJsonLd);
    const section = 'http://localhost:3000/editions/gheorghiu-2009/doc1';
    for (const format of ['jsonld', 'jsonl'])
      assert.ok(
        (await exported(group, format)).includes(`"urn:scholion:section":{"id":"${section}"}`),
        format,
      );
    assert.match(
      (await exported(group, 'ttl')).toString(),
      new RegExp(`<urn:scholion:section> <${section}>`),
    );
    const other = await seminar();
    assert.equal(
      (await bring(other, await exported(group, 'jsonl'), '', 'application/x-ndjson')).status,
      201,
    );
    const [note] = await listed(other);
    assert.deepEqual([note?.section, note?.exact, note?.anchor], ['doc1', 'нездоровой шумихи', 'exact']);
  });

  it('keep the order of what was written in the same instant', async () => {
    const group = await seminar();
    const at = (n: number, more = {}) => ({
      ...{ '@context': ANNO, id: `https://elsewhere.example/${n}`, type: 'Annotation' },
      created: '2026-01-31T12:00:00.000Z',
      body: { type: 'TextualBody', value: `Note ${n}` },
      target: {
        source: 'https://elsewhere.example/',
        selector: { type: 'TextQuoteSelector', exact: 'шумихи' },
      },
      ...more,
    });
    const answer = { motivation: 'replying', target: 'https://elsewhere.example/1' };
    const file = [at(9), at(1), at(5, answer), at(3, answer), at(7), at(2), at(4, answer)];
    await bring(group, file);
    const bodies = async (name: string) => (await listed(name)).map(({ body }) => body).sort();
    const threads = async (name: string) => {
      const notes = await listed(name);
      return notes
        .filter(({ parent }) => parent === null)
        .map(({ id, body }) => [
          body,
          ...notes.filter(({ parent }) => parent === id).map((note) => note.body),
        ]);
    };
    const other = await seminar();
    await bring(other, await exported(group, 'zip'), '', 'application/zip');
    assert.deepEqual(await threads(other), await threads(group));
    assert.deepEqual(await bodies(other), await bodies(group));
    const roots = (await threads(group)).toSorted().map(([root]) => root);
    assert.equal(roots.length, 4);
  });

  it('are taken in without what is wrong among them, if told so', async () => {
    const group = await seminar();
    const one = (n: number, more: object = {}) => ({
      ...files.hypothesisJsonLd,
      id: `https://h.example/${n}`,
      ...more,
    });
    const answer = { target: 'https://h.example/2', motivation: 'replying' };
    const file = [one(1), one(2, { created: 'yesterday' }), 5, one(3, answer), { type: 'Note' }, one(4)];
    const refused = await bring(group, file);
    assert.equal(refused.status, 422);
    assert.deepEqual(
      refused.report.errors
        .map(({ pointer }: { pointer: string }) => pointer.split('/').slice(0, 3).join('/'))
        .sort(),
      ['/1/created', '/2', '/3/target', '/4/@context', '/4/target', '/4/type']
        .sort()
        .filter((at) => refused.report.errors.some(({ pointer }: { pointer: string }) => pointer === at)),
    );
    const dry = await bring(group, file, `${SECTION}&dryRun=1`);
    assert.deepEqual([dry.status, dry.report.refused, dry.report.glosses], [200, 4, 2]);
    const taken = await bring(group, file, `${SECTION}&skipInvalid=1`);
    assert.deepEqual([taken.status, taken.report.refused, taken.report.glosses], [201, 4, 2]);
    const at = taken.report.lines.filter(({ outcome }: { outcome: string }) => outcome === 'refused');
    assert.deepEqual(
      at.map((line: { at: string }) => line.at),
      ['/1', '/2', '/3', '/4'],
    );
    assert.equal((await listed(group)).length, 2);
  });

  it('of a list that is cut off are remarked on', async () => {
    const group = await seminar();
    const { report } = await bring(group, { total: 900, rows: hypothesis }, `${SECTION}&dryRun=1`);
    assert.deepEqual(report.remarks, [{ kind: 'cut-off', total: 900, found: hypothesis.length }]);
  });

  it('are found by their words, however another page sets them', async () => {
    const group = await seminar();
    const response = await call(instructor, '/api/v1/editions/gheorghiu-2009/sections/doc1');
    const { text } = await response.json();
    const at = text.indexOf('\n', 400);
    const over = text.slice(at - 40, at + 40);
    const quoted = /.{12}[«»„“”].{12}/.exec(text)?.[0] ?? assert.fail('the text has quotes');
    const word = /\p{L}{9,}/u.exec(text.slice(500))?.[0] ?? '';
    const around = text.slice(text.indexOf(word, 500) - 20, text.indexOf(word, 500) + word.length + 20);
    const forms = [
      over.replace('\n', ''),
      over.replace(/\s+/g, ' '),
      quoted.replace(/[«»„“”]/g, '"'),
      around.replace(word, `${word.slice(0, 4)}-\n${word.slice(4)}`),
      around.replace(word, `${word.slice(0, 4)}\u00ad${word.slice(4)}`),
    ];
    const notes = forms.map((exact, i) => ({
      ...{ '@context': ANNO, id: `https://elsewhere.example/form/${i}`, type: 'Annotation' },
      body: { type: 'TextualBody', value: `Form ${i}` },
      target: { source: 'https://elsewhere.example/', selector: { type: 'TextQuoteSelector', exact } },
    }));
    const { report } = await bring(group, notes);
    assert.deepEqual(report.anchors, { exact: forms.length, orphaned: 0 }, JSON.stringify(report.lines));
  });

  it('leave nothing of ours in what a client sent', async () => {
    const group = await seminar();
    const sent = {
      '@context': ANNO,
      type: 'Annotation',
      body: { type: 'TextualBody', value: 'x' },
      target: 'http://localhost:3000/editions/gheorghiu-2009/doc1',
    };
    const made = await call(instructor, `/groups/${group}/annotations/`, {
      body: sent,
      headers: { 'content-type': 'application/ld+json' },
    });
    const given = await made.json();
    assert.deepEqual(Object.keys(given).sort(), [
      '@context',
      'body',
      'created',
      'creator',
      'id',
      'modified',
      'target',
      'type',
    ]);
    const own = await postGloss(instructor, group);
    await postReply(instructor, own.id);
    const ours = JSON.parse((await exported(group, 'jsonld')).toString()).first.items[1];
    assert.equal(ours['urn:scholion:kind'], 'gloss');
  });
});

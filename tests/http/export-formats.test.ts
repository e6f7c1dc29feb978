import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { before, describe, it } from 'node:test';
import { parse as parseCsv } from 'csv-parse/sync';
import mammoth from 'mammoth';
import { Parser, Store } from 'n3';
import { readSheet } from 'read-excel-file/node';
import { SaxesParser } from 'saxes';
import { formatSchema } from '@/lib/export/schema';
import { unzip } from '@/lib/kernel/unzip';
import { createExportSeminar, type ExportSeminar, exportAs } from '../support/export-seminar';
import { freshDatabase } from '../support/fresh-database';
import { anonymous, call, postGloss } from '../support/seminar';

const OA = 'http://www.w3.org/ns/oa#';
const lastPart = (iri: string) =>
  iri
    .split(/[/#]/)
    .at(-1)
    ?.replace(/^note-/, '') ?? '';

/** The ids of the notes in a file, in the order in which it has them. */
const IDS: Record<string, (file: Buffer) => string[]> = {
  jsonld: (file) => JSON.parse(file.toString()).first.items.map(({ id }: { id: string }) => lastPart(id)),
  jsonl: (file) => lines(file).map((line) => lastPart(JSON.parse(line).id)),
  ttl: (file) =>
    triples(file)
      .getSubjects(null, `${OA}Annotation`, null)
      .map(({ value }) => lastPart(value)),
  csv: (file) => table(file).map(({ id }) => id ?? ''),
  md: (file) => [...file.toString().matchAll(/<[^>\s]+\/annotations\/([^>]+)>$/gm)].map(([, id = '']) => id),
  html: (file) =>
    [...file.toString().matchAll(/<a href="[^"]+\/annotations\/([^"]+)">/g)].map(([, id = '']) => id),
  tei: (file) =>
    elements(file).flatMap(({ name, attributes }) =>
      name === 'annotation' ? [lastPart(attributes['xml:id'] ?? '')] : [],
    ),
};

const lines = (file: Buffer) => file.toString().split('\n').slice(0, -1);
const triples = (file: Buffer) => new Store(new Parser({ format: 'text/turtle' }).parse(file.toString()));
const table = (file: Buffer): Record<string, string>[] => parseCsv(file, { bom: true, columns: true });

/** Every element of a well-formed XML file. Throws where it is none. */
function elements(file: Buffer): { name: string; attributes: Record<string, string> }[] {
  const found: { name: string; attributes: Record<string, string> }[] = [];
  const parser = new SaxesParser({ xmlns: false });
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => found.push({ name, attributes }));
  parser.write(file.toString()).close();
  return found;
}

/** The texts of an archive's files, for what is to be found in none of them: Office files are archives too. */
async function textOf(name: string, bytes: Buffer): Promise<string> {
  if (!/(?:zip|docx|xlsx)$/.test(name)) return bytes.toString();
  const files = await unzip(bytes);
  return (await Promise.all([...files].map(([name, file]) => textOf(name, Buffer.from(file))))).join('\n');
}

/** The rows of a workbook's sheet by their heads, as another program reads them. */
async function sheetOf(file: Buffer): Promise<Record<string, unknown>[]> {
  const [head = [], ...rows] = await readSheet(file);
  return rows.map((row) => Object.fromEntries(head.map((name, i) => [String(name), row[i]])));
}

describe('an export, in every format', () => {
  let seminar: ExportSeminar;

  before(async () => {
    await freshDatabase();
    seminar = await createExportSeminar();
  });

  const file = (query: string, who = seminar.student) => exportAs(who, seminar.group, query);

  for (const [format, type] of Object.entries({
    jsonld: 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"',
    jsonl: 'application/x-ndjson; charset=utf-8',
    ttl: 'text/turtle; charset=utf-8',
    csv: 'text/csv; charset=utf-8; header=present',
    xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    md: 'text/markdown; charset=utf-8',
    html: 'text/html; charset=utf-8',
    tei: 'application/tei+xml; charset=utf-8',
    zip: 'application/zip',
  })) {
    it(`${format}: is named and typed, by HEAD too, and the same notes make the same bytes`, async () => {
      const { bytes, headers } = await file(`format=${format}`);
      assert.equal(headers.get('content-type'), type);
      const name = `${seminar.group}.${format === 'tei' ? 'xml' : format}`;
      assert.equal(headers.get('content-disposition'), `attachment; filename="${name}"`);
      assert.deepEqual((await file(`format=${format}`)).bytes, bytes);
      const head = await call(seminar.student, `/api/v1/groups/${seminar.group}/export?format=${format}`, {
        method: 'HEAD',
      });
      assert.deepEqual([head.status, head.headers.get('content-type'), await head.text()], [200, type, '']);
    });

    it(`${format}: never has what others keep to themselves, nor what was hidden`, async () => {
      for (const who of [seminar.student, seminar.instructor]) {
        const { bytes } = await file(`format=${format}`, who);
        const found = (await textOf(format, bytes)).split(seminar.secret).length - 1;
        // Staff see what they hid; in the archive each of nine files has it once.
        assert.equal(found, who === seminar.student ? 0 : format === 'zip' ? 9 : 1);
      }
    });

    it(`${format}: is nobody’s business outside the group`, async () => {
      for (const method of ['GET', 'HEAD']) {
        const { status } = await call(anonymous, `/api/v1/groups/${seminar.group}/export?format=${format}`, {
          method,
        });
        assert.equal(status, 404);
      }
    });
  }

  for (const [format, idsOf] of Object.entries(IDS)) {
    it(`${format}: has every note that the list has, with every reply, by the same filters`, async () => {
      const { root, reply, deep, onNote, whole, shown, instructor } = seminar;
      const of = async (query: string) => idsOf((await file(`format=${format}&${query}`)).bytes).sort();
      assert.deepEqual(await of(''), [...shown].sort());
      assert.deepEqual(await of(`thread=${root}`), [root, reply, deep].sort());
      assert.deepEqual(await of('section=article,article.n5'), [onNote, whole].sort());
      assert.deepEqual(await of(`author=${instructor.id}`), [reply]);
      assert.deepEqual(await of('kind=translation'), [root]);
      assert.deepEqual(await of('kind=translation&threads=1'), [root, reply, deep].sort());
      assert.deepEqual(await of('tag=ă'), [root]);
      assert.deepEqual(await of('since=2999-01-01T00:00:00Z&edition=gheorghiu-2009'), []);
    });
  }

  it('jsonl: each line is a whole Web Annotation', async () => {
    const annotations = lines((await file('format=jsonl')).bytes).map((line) => JSON.parse(line));
    const single = await call(seminar.student, `/groups/${seminar.group}/annotations/${seminar.root}`, {
      headers: { accept: 'application/ld+json' },
    });
    assert.deepEqual(annotations[0], await single.json());
  });

  it('ttl: says who wrote what on which words, and how many there are', async () => {
    const store = triples((await file('format=ttl')).bytes);
    assert.equal(
      store.getObjects(null, 'http://www.w3.org/ns/activitystreams#totalItems', null)[0]?.value,
      '8',
    );
    assert.equal(store.getObjects(null, 'https://feelings.example/mood', null)[0]?.value, 'grim');
    const quotes = store.getObjects(null, `${OA}exact`, null).map(({ value }) => value);
    assert.ok(quotes.includes('нездоровой шумихи'));
    const names = store.getObjects(null, 'http://xmlns.com/foaf/0.1/name', null).map(({ value }) => value);
    assert.ok(names.includes('Студентка <Ион & Co>'));
  });

  it('csv: reads back as it was, with nothing that a spreadsheet would run', async () => {
    const { bytes } = await file('format=csv');
    const rows = table(bytes);
    const by = (id: string) => rows.find((row) => row.id === id);
    assert.equal(by(seminar.root)?.body?.split('\n')[2], 'Second ]]> paragraph, \u0001 𝔄');
    assert.equal(by(seminar.root)?.tags, 'press, noisy; ă');
    assert.equal(by(seminar.reply)?.body, "'=1+1");
    assert.equal(by(seminar.overlapping)?.author, `'=HYPERLINK("x")`);
    assert.deepEqual([by(seminar.hidden)?.state, by(seminar.hidden)?.body], ['hidden', '']);
    assert.match(by(seminar.twofold)?.['more passages'] ?? '', /^doc1 \d+-\d+ нездоровой шумихи$/);
    assert.deepEqual([by(seminar.deep)?.parent, by(seminar.deep)?.root], [seminar.reply, seminar.root]);
  });

  it('csv: parts its fields by what was asked for', async () => {
    for (const [separator, delimiter] of Object.entries({ semicolon: ';', tab: '\t', comma: ',' })) {
      const { bytes } = await file(`format=csv&separator=${separator}`);
      const rows: Record<string, string>[] = parseCsv(bytes, { bom: true, columns: true, delimiter });
      assert.deepEqual(rows.map(({ id }) => id).sort(), [...seminar.shown].sort());
    }
    const path = `/api/v1/groups/${seminar.group}/export?format=csv&separator=pipe`;
    assert.equal((await call(seminar.student, path)).status, 422);
  });

  it('xlsx: another program reads what CSV has, and no cell is a formula', async () => {
    const { bytes } = await file('format=xlsx');
    const rows = await sheetOf(bytes);
    assert.deepEqual(rows.map(({ id }) => id).sort(), [...seminar.shown].sort());
    const by = (id: string) => rows.find((row) => row.id === id);
    assert.equal(by(seminar.root)?.tags, 'press, noisy; ă');
    assert.equal(by(seminar.reply)?.body, '=1+1');
    assert.equal(by(seminar.overlapping)?.author, '=HYPERLINK("x")');
    assert.equal(by(seminar.overlapping)?.start, 930);
    const sheet = String((await unzip(bytes)).get('xl/worksheets/sheet1.xml'));
    assert.doesNotMatch(sheet, /<f[ >]/);
    assert.match(sheet, /<c r="[A-Z]+\d+" t="inlineStr" s="1"><is><t xml:space="preserve">=1\+1</);
    elements(Buffer.from(sheet));
  });

  it('xlsx: what is longer than a cell is cut, and says there where the whole is', async () => {
    const long = await createExportSeminar();
    const body = 'слово '.repeat(8_000).trim();
    const note = await postGloss(long.student, long.group, { body });
    const rows = await sheetOf((await exportAs(long.student, long.group, 'format=xlsx')).bytes);
    const cell = String(rows.find(({ id }) => id === note.id)?.body);
    assert.equal(cell.length, 32_767);
    assert.match(cell, new RegExp(`${body.length} characters are at http\\S+/annotations/${note.id}\\]$`));
  });

  it('csv: what is longer than a cell is cut, and says there where the whole is', async () => {
    const long = await createExportSeminar();
    const body = `=${'слово '.repeat(8_000).trim()}`;
    const note = await postGloss(long.student, long.group, { body });
    const { bytes } = await exportAs(long.student, long.group, 'format=csv');
    const rows: Record<string, string>[] = parseCsv(bytes, { bom: true, columns: true });
    const cell = rows.find(({ id }) => id === note.id)?.body ?? '';
    assert.equal(cell.length, 32_767);
    assert.match(
      cell,
      new RegExp(`^'=.*${body.length} characters are at http\\S+/annotations/${note.id}\\]$`, 's'),
    );
  });

  it('docx: another program reads the text with its notes, their passages, authors and references', async () => {
    const { bytes } = await file('format=docx');
    const { value: html, messages } = await mammoth.convertToHtml({ buffer: bytes });
    assert.deepEqual(
      messages.filter(({ type }) => type === 'error'),
      [],
    );
    const { text } = await (
      await call(seminar.student, '/api/v1/editions/gheorghiu-2009/sections/doc1')
    ).json();
    const words = html.replace(/<sup>.*?<\/sup>/g, '').replace(/<[^>]+>/g, '');
    for (const line of text.split('\n')) assert.ok(words.includes(line), line);
    assert.match(html, /«нездоровой шумихи»/);
    assert.match(html, /<strong>Îndrumător<\/strong> · reply · /);
    assert.match(html, /<em>noise<\/em>/);
    assert.ok(html.includes(`/annotations/${seminar.root}">`));
    const document = String((await unzip(bytes)).get('word/document.xml'));
    elements(Buffer.from(document));
    const ids = [...document.matchAll(/annotations\/([^"&]+)"/g)].map(([, id = '']) => id);
    assert.deepEqual(ids.sort(), [...seminar.shown].sort());
  });

  it('html: shows the text once, whole, marked where notes are, and runs nothing', async () => {
    const html = (await file('format=html')).bytes.toString();
    assert.doesNotMatch(html, /<script|<img|<link|javascript:|src=/i);
    assert.match(html, /<\/html>\n$/);
    const { text } = await (
      await call(seminar.student, '/api/v1/editions/gheorghiu-2009/sections/doc1')
    ).json();
    const paragraphs = [...html.matchAll(/<p id="doc1\.[^"]+"[^>]*>(.*?)<\/p>/gs)].map(
      ([, inside = '']) => inside,
    );
    const bare = paragraphs
      .map((inside) => inside.replace(/<sup.*?<\/sup>|<span class="(?:page|reading)">.*?<\/span>/gs, ''))
      .map((inside) =>
        inside.replace(/<[^>]+>/g, '').replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code))),
      );
    assert.equal(bare.join('\n').replace(/ +/g, ' '), text);
    const marked = [...html.matchAll(/<mark[^>]*>(.*?)<\/mark>/gs)].map(([, inside = '']) => inside);
    assert.ok(marked.includes('нездоровой шумихи'), 'the passage is a run of its own inside the longer one');
    assert.match(
      html,
      /<mark class="m3">нездоровой шумихи<\/mark><sup><a href="#n\d+">\d+<\/a>, <a href="#n\d+">/,
    );
    assert.match(html, /«социалистические странны» … «нездоровой шумихи»/);
    for (const [, target] of html.matchAll(/href="#(n\d+)"/g)) assert.ok(html.includes(`id="${target}"`));
    assert.match(html, /<section>\n<h3 lang="ru">/);
  });

  it('zip: has each format as it comes alone, with checksums and counts that are right', async () => {
    const files = await unzip((await file('format=zip&kind=translation&threads=1')).bytes);
    const { group } = seminar;
    const manifest = JSON.parse(String(files.get(`${group}/manifest.json`)));
    assert.deepEqual(manifest.counts, { annotations: 3, glosses: 1, replies: 2, authors: 2 });
    assert.deepEqual(manifest.selection, { kind: 'translation', threads: '1' });
    assert.equal(files.size, manifest.files.length + 1);
    for (const { name, bytes, sha256 } of manifest.files) {
      const content = files.get(`${group}/${name}`) ?? Buffer.alloc(0);
      assert.deepEqual([content.length, createHash('sha256').update(content).digest('hex')], [bytes, sha256]);
    }
    for (const format of formatSchema.options.filter((each) => each !== 'zip')) {
      const alone = (await file(`format=${format}&kind=translation&threads=1`)).bytes;
      assert.deepEqual(files.get(`${group}/${group}.${format === 'tei' ? 'xml' : format}`), alone);
    }
    assert.match(String(files.get(`${group}/README.txt`)), /sha256sum/);
  });

  it('in each language has headings of that language', async () => {
    for (const [language, words] of Object.entries({ ru: 'примечаний', ro: 'adnotări', en: 'annotations' })) {
      const path = `/api/v1/groups/${seminar.group}/export?format=md`;
      const response = await call(seminar.student, path, { headers: { 'accept-language': language } });
      assert.match(await response.text(), new RegExp(`8 ${words}`));
    }
  });
});

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { before, describe, it } from 'node:test';
import { ParseOption, RelaxNGValidator, XmlDocument, type XmlElement } from 'libxml2-wasm';
import { getSection, getSource } from '@/lib/edition';
import { anonymous } from '@/lib/identity/schema';
import { createExportSeminar, type ExportSeminar, exportAs } from '../../support/export-seminar';
import { freshDatabase } from '../../support/fresh-database';

const NAMESPACES = { tei: 'http://www.tei-c.org/ns/1.0' };

/** Where the schema of what an export adds (after TEI P5) finds fault with a file; nothing where it is valid. */
let faultsOf: (source: string) => unknown;

describe('a TEI export', () => {
  let seminar: ExportSeminar;
  let tei: XmlDocument;
  let source: string;

  before(async () => {
    await freshDatabase();
    seminar = await createExportSeminar();
    source = (await exportAs(seminar.instructor, seminar.group, 'format=tei')).bytes.toString();
    tei = XmlDocument.fromString(source, { option: ParseOption.XML_PARSE_NO_XXE });
    const schema = RelaxNGValidator.fromDoc(
      XmlDocument.fromBuffer(await readFile('tests/support/stand-off.rng')),
    );
    faultsOf = (file) => {
      try {
        schema.validate(XmlDocument.fromString(file));
        return null;
      } catch (error) {
        return (error as { details?: unknown }).details ?? error;
      }
    };
  });

  const annotation = (id: string) =>
    tei.get(`//tei:annotation[@xml:id="note-${id}"]`, NAMESPACES) as XmlElement;
  const value = (id: string, path: string) => annotation(id).get(path, NAMESPACES)?.content;

  it('adds what the content models of the TEI allow, by a schema that does find faults', () => {
    assert.deepEqual(faultsOf(source), null);
    assert.notDeepEqual(faultsOf(source.replace('<listAnnotation', '<listAnnotations')), null);
    assert.notDeepEqual(faultsOf(source.replace(/ target="#string[^"]+"/, '')), null);
  });

  it('leaves the source as it was imported', async () => {
    const [before = '', after = ''] = source.split(/<standOff>[\s\S]*<\/standOff>\n/);
    assert.equal(before + after, await getSource(anonymous, 'gheorghiu-2009'));
  });

  it('points to exactly the words of each passage, apparatus left out', async () => {
    for (const [id, section] of [
      [seminar.root, 'doc1'],
      [seminar.overlapping, 'doc1'],
      [seminar.hidden, 'doc1'],
      [seminar.onNote, 'article.n5'],
      [seminar.twofold, 'doc1'],
    ] as const) {
      const notes = annotation(id).find('tei:note[@type="passage"]', NAMESPACES) as XmlElement[];
      const pointers = notes.map((note) => note.attr('target')?.value.split(' ') ?? []);
      const found = pointers.map((each) => each.map((pointer) => resolve(tei, pointer)).join('\n'));
      assert.deepEqual(
        found,
        notes.map((note) => note.get('tei:quote', NAMESPACES)?.content),
        section,
      );
      assert.equal(value(id, '@target'), pointers.flat().join(' '));
      const { text } = await getSection(anonymous, 'gheorghiu-2009', section);
      for (const words of found) assert.ok(text.includes(words));
    }
  });

  it('says who wrote what, when, why, and in answer to what', () => {
    const { root, reply, deep, whole } = seminar;
    assert.equal(value(root, 'tei:respStmt/tei:persName'), 'Студентка <Ион & Co>');
    assert.equal(value(root, '@motivation'), 'describing');
    assert.equal(value(root, 'tei:note[@type="translation"]/tei:p[2]'), 'Second ]]> paragraph, \uFFFD 𝔄');
    assert.equal(value(root, 'tei:note[@type="tag"][1]'), 'press, noisy');
    assert.ok(Date.parse(value(root, 'tei:revisionDesc/tei:change[@status="created"]/@when') ?? ''));
    assert.deepEqual([value(reply, '@target'), value(reply, '@motivation')], [`#note-${root}`, 'replying']);
    assert.equal(value(deep, '@target'), `#note-${reply}`);
    assert.equal(value(whole, '@target'), '#article');
    assert.equal(value(seminar.hidden, 'tei:revisionDesc/@status'), 'hidden');
    assert.equal(tei.find('//tei:listAnnotation', NAMESPACES).length, 6);
  });

  it('is the source alone where nothing matches', async () => {
    const { bytes } = await exportAs(
      seminar.student,
      seminar.group,
      'format=tei&since=2999-01-01T00:00:00Z&edition=gheorghiu-2009',
    );
    assert.equal(bytes.toString(), await getSource(anonymous, 'gheorghiu-2009'));
  });
});

/** The words that a pointer leads to (TEI P5 §17.2.4), white space as canon/1 has it. */
function resolve(tei: XmlDocument, pointer: string): string {
  const [, id = '', numbers = ''] = /^#string-range\(([^,]+),([\d,]+)\)$/.exec(pointer) ?? [];
  const named = tei.find('//tei:*[@xml:id]', NAMESPACES) as XmlElement[];
  const text = [...(named.find((element) => element.attr('id', 'xml')?.value === id)?.content ?? '')];
  const pairs = numbers.split(',').map(Number);
  return pairs
    .flatMap((offset, i) => (i % 2 === 0 ? text.slice(offset, offset + (pairs[i + 1] ?? 0)) : []))
    .join('')
    .replace(/[ \t\r\n]+/g, ' ');
}

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import {
  findCitingNotes,
  fullCitation,
  hrefTo,
  pageRange,
  shortCitation,
  toBibtex,
} from '@/lib/edition/citation';
import { parseTei } from '@/lib/edition/parse-tei';
import type { Edition } from '@/lib/edition/schema';

const parsed = parseTei(readFileSync('seed/gheorghiu-2009.xml', 'utf8'));
const { title, language, header, sections } = parsed;
const slug = parsed.slug ?? '';
const calls = sections.flatMap((section) => section.notes);
const edition: Edition = {
  slug,
  title,
  access: 'public',
  language,
  revision: 1,
  published: '2026-01-01T00:00:00.000Z',
  header,
  divisions: [],
  notes: sections
    .filter(({ kind }) => kind === 'note')
    .map(({ id, home, label, text }) => ({
      id,
      home: home ?? '',
      label: label ?? '',
      length: text.length,
      targets: calls.find((call) => call.id === id)?.targets ?? [],
    })),
  sections: sections
    .filter(({ kind }) => kind === 'section')
    .map((section) => ({
      ...section,
      parent: null,
      reference: null,
      notes: section.notes.length,
      length: section.text.length,
      paragraphs: section.paragraphs.length,
      prose: section.paragraphs.filter(({ kind }) => kind === 'p').length,
      opening: '',
    })),
};

describe('citing', () => {
  it('leads to sections, passages and notes, on the same page without its address', () => {
    assert.equal(hrefTo(edition, 'article', 'doc1'), '/editions/gheorghiu-2009/doc1');
    assert.equal(hrefTo(edition, 'article', 'doc1.p3.q1'), '/editions/gheorghiu-2009/doc1#doc1.p3.q1');
    assert.equal(hrefTo(edition, 'doc1', 'doc1.p3'), '#doc1.p3');
    assert.equal(hrefTo(edition, 'doc1', 'article.n5'), '/editions/gheorghiu-2009/article#article.n5');
    assert.equal(hrefTo(edition, 'doc1', 'https://example.org/'), 'https://example.org/');
    assert.equal(hrefTo(edition, 'doc1', 'nowhere'), null);
  });

  it('finds the notes that refer to a letter', () => {
    const labels = (id: string) => findCitingNotes(edition, id).map(({ label }) => label);
    assert.deepEqual([labels('doc1'), labels('doc2'), labels('article')], [['1', '5'], ['7'], []]);
  });

  it('knows the printed pages, also of what begins within one', () => {
    const pages = edition.sections.map((section) => pageRange(edition, section));
    assert.deepEqual(pages, ['123–124', '125–127', '127–128']);
  });

  it('names the printed work', () => {
    assert.equal(shortCitation(header), 'Gheorghiu 2009');
    assert.match(
      fullCitation(header),
      /^Simion Gheorghiu, “New .*”, Historical Yearbook VI \(2009\), 123–128\.$/,
    );
    assert.match(toBibtex(slug, header, 'https://x.example/'), /pages = \{123--128\},\n {2}url/);
  });
});

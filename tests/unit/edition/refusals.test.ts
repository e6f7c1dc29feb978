import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseTei } from '@/lib/edition/parse-tei';
import type { AppError } from '@/lib/kernel/errors';
import { tei } from './fixture';

/** Asserts that the source is refused with a reason, and gives back where: `line:column`. */
function refusedAt(source: string, reason: RegExp, code = 'invalid'): string {
  let where = '';
  assert.throws(
    () => parseTei(source),
    (error: AppError) => {
      assert.equal(error.code, code);
      assert.match(error.message, reason);
      where = error.errors[0]?.pointer ?? '';
      if (where !== '') assert.ok(error.message.includes(` ${where} `), 'the message says where');
      return true;
    },
  );
  return where;
}

/** A document with these declarations and a paragraph of this. */
const declared = (declarations: string, text: string) => doctype(`[${declarations}]`, tei(`<p>${text}</p>`));
const doctype = (inner: string, source: string) => source.replace('?>', `?>\n<!DOCTYPE TEI ${inner}>`);
const textOf = (source: string) => parseTei(source).sections[0]?.text;

describe('an import refuses', () => {
  it('what is nested deeper than any text, in the header and in the body', () => {
    const nested = (name: string) => `<${name} xml:lang="ru">`.repeat(20_000) + `</${name}>`.repeat(20_000);
    refusedAt(tei(`<p>${nested('foreign')}</p>`), /more than 250 deep/);
    const header = tei('<p>a</p>').replace('</teiHeader>', `${nested('p')}</teiHeader>`);
    refusedAt(header, /more than 250 deep/);
  });

  it('hundreds of combining marks in a row, which no writing has', () => {
    refusedAt(tei(`<p>a${'\u0301\u0323'.repeat(250_000)}</p>`), /combining marks/);
  });

  it('a paragraph with more ranges, notes and breaks than any text has', () => {
    for (const mark of ['<hi>a</hi>', 'a<note>b</note>', 'a<pb n="1"/>', '<milestone n="1"/>']) {
      refusedAt(tei(`<p>${mark.repeat(60_000)}a</p>`), /one paragraph .* marked words/i, 'too_large');
      assert.ok(parseTei(tei(`<p>${mark.repeat(900)}a</p>`)).sections.length > 0);
    }
    const words = tei(`<p>${'<w pos="N">a</w> '.repeat(60_000)}</p>`);
    assert.equal(parseTei(words).sections.length, 1, 'words that look like nothing are no ranges');
  });

  it('a paragraph that is longer than most books', () => {
    refusedAt(tei(`<p>${'&amp;'.repeat(1_100_000)}</p>`), /one paragraph .* characters/i, 'too_large');
    refusedAt(tei(`<p>a<note>${'word '.repeat(220_000)}</note></p>`), /one paragraph/i, 'too_large');
  });

  it('a header and attributes that are texts of their own', () => {
    const header = (more: string) => tei('<p>a</p>').replace('</teiHeader>', `${more}</teiHeader>`);
    refusedAt(header('<p>x</p>'.repeat(200_000)), /header/, 'too_large');
    refusedAt(header(`<p>${'x'.repeat(2_000_000)}</p>`), /header/, 'too_large');
    refusedAt(tei(`<p n="${'x'.repeat(200_000)}">a</p>`), /attribute/, 'too_large');
  });

  it('what is not well-formed, and says where', () => {
    const source = tei('<p>a</q>');
    const line = source.slice(0, source.indexOf('</q>')).split('\n').length;
    assert.equal(refusedAt(source, /unexpected close tag/i).split(':')[0], String(line));
    refusedAt('', /document must contain a root element/i);
    refusedAt('plain words', /text|root/i);
    refusedAt(tei('<p>a\ud83db</p>'), /surrogate/);
  });

  it('what has no words', () => {
    refusedAt(tei(''), /no words/);
    refusedAt(tei('<p> <pb n="1"/> </p>'), /no words/);
  });

  it('an entity that stands outside the file, where it is used', () => {
    refusedAt(declared('<!ENTITY x SYSTEM "file:///etc/passwd">', 'a &x; b'), /outside/);
    refusedAt(declared('<!ENTITY x PUBLIC "-//x" "http://127.0.0.1/x">', 'a &x; b'), /outside/);
    assert.equal(textOf(declared('<!ENTITY x SYSTEM "file:///etc/passwd">', 'a b')), 'a b');
  });

  it('entities that grow beyond any text, or that contain themselves', () => {
    const levels = Array.from({ length: 12 }, (_, i) => `<!ENTITY e${i + 1} "${`&e${i};`.repeat(10)}">`);
    refusedAt(declared(`<!ENTITY e0 "ha">${levels.join('')}`, '&e12;'), /grow/, 'too_large');
    refusedAt(declared('<!ENTITY a "&b;"><!ENTITY b "&a;">', '&a;'), /contains itself/);
  });

  it('an address that runs a script', () => {
    for (const target of ['javascript:alert(1)', 'JavaScript:x', 'vbscript:x', 'data:text/html,x']) {
      refusedAt(
        tei(`<p><ref target="${target}">a</ref></p>`),
        /neither an id of this file nor a web address/,
      );
    }
  });
});

describe('an address that runs a script', () => {
  const SCRIPTS = [
    ...[
      'javascript:alert(1)',
      'JaVaScRiPt:alert(1)',
      ' javascript:x',
      'vbscript:x',
      'livescript:x',
      'mocha:x',
    ],
    ...['java&#9;script:alert(1)', 'java&#10;script:x', '&#x6A;avascript:x', '\u200Bjavascript:x'],
    ...[
      'data:text/html,x',
      'DATA:text/html;base64,eA==',
      'data:image/svg+xml,x',
      'data:application/xhtml+xml,x',
    ],
  ];
  const places: [string, (iri: string) => string][] = [
    ['a reference', (iri) => `<p><ref target="${iri}">a</ref></p>`],
    ['one of several targets', (iri) => `<p><ref target="${iri} #a">a</ref></p>`],
    ['a pointer', (iri) => `<p>a<ptr target="${iri}"/></p>`],
    ['a picture', (iri) => `<p>a<graphic url="${iri}"/></p>`],
    ['the picture of a figure', (iri) => `<figure><graphic url="${iri}"/><head>a</head></figure>`],
    ['a page', (iri) => `<p><pb n="1" facs="${iri}"/>a</p>`],
    ['a name', (iri) => `<p><persName ref="${iri}">a</persName></p>`],
    ['what corresponds', (iri) => `<p corresp="${iri}">a</p>`],
    ['a base', (iri) => `<div xml:base="${iri}//"><p>a</p></div>`],
  ];
  for (const [name, place] of places) {
    it(`is refused in ${name}`, () => {
      for (const iri of SCRIPTS) refusedAt(tei(place(iri)), /neither an id of this file nor a web address/);
    });
  }

  it('is refused in a header and in a facsimile', () => {
    const header = (more: string) => tei('<p>a</p>').replace('</teiHeader>', `${more}</teiHeader>`);
    for (const iri of SCRIPTS) {
      refusedAt(header(`<p><ref target="${iri}">x</ref></p>`), /neither an id/);
      refusedAt(
        header(`</teiHeader><facsimile><graphic url="${iri}"/></facsimile><teiHeader>`),
        /neither an id/,
      );
    }
  });
});

describe('an import takes', () => {
  it('a thousand page breaks at one place, and elements of a thousand names, in a report that can be read', () => {
    const breaks = Array.from({ length: 1_000 }, (_, i) => `<pb n="${i}"/>`).join('');
    assert.equal(parseTei(tei(`<p>${breaks}a</p>`)).sections[0]?.pages.length, 1_000);
    const names = Array.from({ length: 1_000 }, (_, i) => `<x${i}>a</x${i}>`).join('');
    const { report } = parseTei(tei(`<p>${names}</p>`));
    assert.ok(report.shownPlainly.length <= 101);
    assert.equal(
      report.shownPlainly.reduce((sum, { count }) => sum + count, 0),
      1_000,
    );
  });

  it('the entities that a DOCTYPE declares inside the file', () => {
    assert.equal(
      textOf(declared('<!ENTITY who "C&#xe9;sar"><!ENTITY all "&who; &amp; <hi>co</hi>">', '&all; came')),
      'César & co came',
    );
    assert.equal(textOf(doctype('SYSTEM "tei_all.dtd"', tei('<p>a</p>'))), 'a');
  });

  it('the names of characters that a DTD elsewhere would declare, and says which it does not know', () => {
    const source = doctype('SYSTEM "tei_all.dtd"', tei('<p>a&mdash;b &wholly.unknown; &mdash; c&lt;d</p>'));
    const { sections, report } = parseTei(source);
    assert.equal(sections[0]?.text, 'a—b &wholly.unknown; — c<d');
    const noticed = report.shownPlainly.map(({ element, count, reason }) => [element, count, reason]);
    assert.deepEqual(noticed, [
      ['DOCTYPE', 1, 'doctype-outside'],
      ['&mdash;', 2, 'entity-known'],
      ['&wholly.unknown;', 1, 'entity-unknown'],
    ]);
    assert.equal(report.sameSequence, true);
  });

  it('ids that are there twice or that are none, pointers to nothing, and pages that begin twice', () => {
    const { sections } = parseTei(
      tei('<p xml:id="a">x <pb n="1"/></p><p xml:id="a">y <pb n="1"/></p><p><ref target="#gone">z</ref></p>'),
    );
    assert.equal(sections[0]?.text, 'x\ny\nz');
    const ids = sections[0]?.paragraphs.map(({ id }) => id) ?? [];
    assert.equal(new Set(ids).size, 3);
    assert.deepEqual(
      sections[0]?.spans.flatMap(({ targets }) => targets),
      [],
    );
  });

  it('text that is not in NFC, also where a reference or two elements make it so, and counts it', () => {
    assert.equal(textOf(tei('<p>и\u0306</p>')), 'й');
    assert.equal(textOf(tei('<p>и&#x306;</p>')), 'й');
    const split = parseTei(tei('<p>и<seg xml:id="q">&#x306;</seg> <hi>x</hi></p>'));
    assert.equal(split.sections[0]?.text, 'й x');
    assert.deepEqual(
      split.sections[0]?.spans.filter(({ kind }) => kind === 'hi').map(({ start, end }) => [start, end]),
      [[2, 3]],
    );
    assert.equal(parseTei(tei('<p>и\u0306 а и\u0306</p>')).report.normalized, 1);
  });

  it('a file of nothing but notes, which are its text then', () => {
    const { sections, report } = parseTei(tei('<p><note place="foot">a <hi>b</hi></note></p>'));
    assert.deepEqual([sections.length, sections[0]?.text, report.sameSequence], [1, 'a b', true]);
  });

  it('a choice without its printed reading, a lone correction, a language that is none', () => {
    assert.equal(textOf(tei('<p>a <choice><corr>b</corr></choice> <corr>c</corr></p>')), 'a b c');
    assert.equal(textOf(tei('<p>a <choice><corr>b</corr><sic>x</sic></choice></p>')), 'a x');
    assert.equal(textOf(tei('<p>a <foreign xml:lang="no tag">b</foreign></p>')), 'a b');
  });

  it('TEI P4, whose ids, languages and pointers have other names', () => {
    const { sections, language, report } = parseTei(
      `<TEI.2><teiHeader><fileDesc><titleStmt><title>A</title></titleStmt></fileDesc></teiHeader>
        <text lang="la"><body><p id="a">arma <ref target="b">see</ref><foreign lang="greek">λόγος</foreign></p>
        <p id="b">virum<note id="n1">cano</note></p></body></text></TEI.2>`,
    );
    assert.equal(language, 'la');
    assert.equal(sections[0]?.text, 'arma seeλόγος\nvirum');
    const spans = sections[0]?.spans.filter(({ kind }) => kind === 'ref' || kind === 'foreign');
    assert.deepEqual(
      spans?.map((span) => [span.targets.length, span.language]),
      [
        [1, null],
        [0, 'grc'],
      ],
    );
    assert.equal(report.shownPlainly[0]?.reason, 'tei-p4');
  });

  it('TEI in capitals, as files made of SGML have it', () => {
    const { sections, title } = parseTei(
      `<TEI.2><TEIHEADER><FILEDESC><TITLESTMT><TITLE>Old</TITLE></TITLESTMT></FILEDESC></TEIHEADER>
        <TEXT LANG="en"><BODY><DIV1 TYPE="poem"><HEAD>One</HEAD><LG><L N="1">a</L><L>b</L></LG></DIV1></BODY></TEXT></TEI.2>`.replace(
        /TEI\.2/g,
        'ETS',
      ),
    );
    assert.equal(title, 'Old');
    assert.deepEqual(
      sections[0]?.paragraphs.map(({ kind }) => kind),
      ['head', 'line', 'line'],
    );
  });

  it('articles in JATS and books in DocBook, whose sections, notes and emphasis are known', () => {
    const jats = parseTei(
      `<article><front><article-meta><title-group><article-title>On b</article-title></title-group></article-meta></front>
        <body><sec id="s1"><title>First</title><p>a <italic>b</italic><xref ref-type="fn" rid="f1">1</xref> c</p>
        <list list-type="order"><list-item><p>one</p></list-item></list></sec></body>
        <back><fn-group><fn id="f1"><p>the note</p></fn></fn-group></back></article>`,
    );
    const [page] = jats.sections;
    assert.equal(page?.text, 'On b\nFirst\na b c\none');
    assert.deepEqual(
      page?.spans.map(({ kind }) => kind),
      ['hi'],
    );
    assert.equal(page?.notes.length, 1);
    assert.equal(jats.report.shownPlainly[0]?.reason, 'not-tei');
    const docbook = parseTei(
      `<book xmlns="http://docbook.org/ns/docbook"><chapter><title>One</title><para>a <emphasis role="bold">b</emphasis></para>
        <table><row><entry>x</entry><entry>y</entry></row></table></chapter></book>`,
    );
    assert.deepEqual(
      docbook.sections[0]?.paragraphs.map(({ kind }) => kind),
      ['head', 'p', 'cell', 'cell'],
    );
  });

  it('the script of a link in another vocabulary as its words', () => {
    assert.equal(textOf('<article><p><ext-link href="javascript:x">a</ext-link> b</p></article>'), 'a b');
  });

  it('any root, any namespace, and several texts in one file', () => {
    assert.equal(textOf('<TEI><text><body><p>a</p></body></text></TEI>'), 'a');
    assert.equal(textOf('<text xmlns="urn:x">a <b>c</b></text>'), 'a c');
    const corpus = `<teiCorpus xmlns="http://www.tei-c.org/ns/1.0">
      <teiHeader><fileDesc><titleStmt><title>All</title></titleStmt></fileDesc></teiHeader>
      ${['One', 'Two'].map((name) => `<TEI><teiHeader><fileDesc><titleStmt><title>${name}</title></titleStmt></fileDesc></teiHeader><text><body><p>text of ${name}</p></body></text></TEI>`).join('')}
    </teiCorpus>`;
    const { title, sections } = parseTei(corpus);
    assert.equal(title, 'All');
    assert.deepEqual(
      sections.map((section) => [section.title, section.text]),
      [
        ['One', 'text of One'],
        ['Two', 'text of Two'],
      ],
    );
    const group =
      '<TEI><text><group><text><body><p>a</p></body></text><text><body><p>b</p></body></text></group></text></TEI>';
    assert.deepEqual(
      parseTei(group).sections.map(({ text }) => text),
      ['a', 'b'],
    );
  });
});

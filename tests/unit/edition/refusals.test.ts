import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseTei } from '@/lib/edition/parse-tei';
import type { AppError } from '@/lib/kernel/errors';
import { tei } from './fixture';

/** Asserts that the source is refused with a reason, and gives back where: `line:column`. */
function refusedAt(source: string, reason: RegExp): string {
  let where = '';
  assert.throws(
    () => parseTei(source),
    (error: AppError) => {
      assert.equal(error.code, 'invalid');
      assert.match(error.message, reason);
      where = error.errors[0]?.pointer ?? '';
      assert.ok(error.message.includes(` ${where} `), 'the message says where');
      return true;
    },
  );
  return where;
}

/** The place of `part` in the source, as the importer tells it. */
function placeOf(source: string, part: string): string {
  const lines = source.slice(0, source.indexOf(part)).split('\n');
  return `${lines.length}:${[...(lines.at(-1) ?? '')].length + 1}`;
}

function refuses(body: string, part: string, reason: RegExp): void {
  const source = tei(body);
  assert.equal(refusedAt(source, reason), placeOf(source, part));
}

describe('the importer refuses', () => {
  it('what is nested deeper than any text, in the header and in the body', () => {
    const nested = (name: string) => `<${name} xml:lang="ru">`.repeat(20_000) + `</${name}>`.repeat(20_000);
    refusedAt(tei(`<p xml:id="s.p1">${nested('foreign')}</p>`), /more than 100 deep/);
    const header = tei('<p xml:id="s.p1">a</p>').replace('</teiHeader>', `${nested('p')}</teiHeader>`);
    refusedAt(header, /more than 100 deep|not of the header/);
  });

  it('hundreds of combining marks in a row, which no writing has', () => {
    refusedAt(tei(`<p xml:id="s.p1">a${'\u0301\u0323'.repeat(250_000)}</p>`), /combining marks/);
  });

  it('what is not well-formed', () => {
    refusedAt(tei('<p xml:id="s.p1">a</q>'), /unexpected close tag/i);
    refusedAt(tei('<p xml:id="s.p1">a &unknown; b</p>'), /entity/i);
    refusedAt('', /document must contain a root element|no <TEI>/i);
    refusedAt('plain words', /text|root/i);
  });

  it('a DOCTYPE, with all that could come through it', () => {
    const source = `<!DOCTYPE TEI [<!ENTITY a "aaaa">]>\n${tei('<p xml:id="s.p1">a</p>')}`;
    assert.equal(refusedAt(source, /DOCTYPE/), '1:1');
  });

  it('a processing instruction inside', () => {
    refuses('<p xml:id="s.p1">a<?x y?></p>', '<?x y', /processing instruction/);
  });

  it('an element that is not of the subset', () => {
    refuses('\n<p xml:id="s.p1">a <w>b</w></p>', '<w>', /<w> is not of the subset/);
  });

  it('an element where it may not stand', () => {
    refuses('<p xml:id="s.p1">a <p xml:id="s.p2">b</p></p>', '<p xml:id="s.p2">', /may not stand in <p>/);
    refuses('<note xml:id="s.n1" n="1">b</note>', '<note', /may not stand in <div>/);
    refuses('<div xml:id="t"/>', '<div xml:id="t"', /may not stand in <div>/);
  });

  it('another namespace or another root', () => {
    refusedAt('<TEI/>', /namespace/);
    refusedAt('<text xmlns="http://www.tei-c.org/ns/1.0"/>', /root is <text>/);
  });

  it('an attribute that is not of the subset', () => {
    refuses('<p xml:id="s.p1" rend="bold">a</p>', '<p xml', /may not have rend/);
  });

  it('text outside a paragraph', () => {
    refuses('<p xml:id="s.p1">a</p>\n  lone', 'lone', /may not stand in <div>/);
    refuses('<opener>lone</opener>', 'lone', /may not stand in <opener>/);
    const choice =
      '<p xml:id="s.p1"><choice>lone<sic>a</sic><corr resp="#ed" cert="low">b</corr></choice></p>';
    refuses(choice, 'lone', /may not stand in <choice>/);
  });

  it('text that is not in NFC, also where a reference or two elements make it so', () => {
    refuses('<p xml:id="s.p1">и\u0306</p>', 'и\u0306', /NFC/);
    refusedAt(tei('<p xml:id="s.p1">и&#x306;</p>'), /NFC/);
    refusedAt(tei('<p xml:id="s.p1">и<seg>&#x306;</seg></p>'), /NFC/);
  });

  it('half of a surrogate pair', () => {
    refusedAt(tei('<p xml:id="s.p1">a\ud83db</p>'), /surrogate/);
  });

  it('an id that is there already, that is none, or that does not say its section', () => {
    refuses('<p xml:id="s.p1">a</p>\n<p xml:id="s.p1">b</p>', '<p xml:id="s.p1">b', /there already/);
    refuses('<p xml:id="s p1">a</p>', '<p ', /no XML id/);
    refuses('<p xml:id="other.p1">a</p>', '<p ', /does not begin with s\./);
    refuses('<p>a</p>', '<p>', /lacks xml:id/);
  });

  it('a pointer to nothing, all of them told', () => {
    const source = tei(
      '<p xml:id="s.p1"><ref target="#gone">a</ref> <seg xml:id="s.q" corresp="#lost">b</seg></p>',
    );
    assert.throws(
      () => parseTei(source),
      (error: AppError) => {
        assert.deepEqual(
          error.errors.map(({ detail }) => detail.replace(/^\S+ /, '')),
          ['#gone points to no id of this file', '#lost points to no id of this file'],
        );
        return true;
      },
    );
  });

  it('a link that is no web address', () => {
    refuses(
      '<p xml:id="s.p1"><ref target="javascript:alert(1)">a</ref></p>',
      '<ref',
      /neither an id of this file nor a web address/,
    );
  });

  it('a choice that lacks a reading or mixes them', () => {
    refuses('<p xml:id="s.p1"><choice><sic>a</sic></choice></p>', '<choice>', /lacks one of its readings/);
    refuses(
      '<p xml:id="s.p1"><choice><sic>a</sic><reg resp="#ed" cert="low">b</reg></choice></p>',
      '<reg',
      /<reg> does not go with <sic>/,
    );
    refuses(
      '<p xml:id="s.p1"><choice><corr resp="#ed" cert="low">b</corr><sic>a</sic></choice></p>',
      '<corr',
      /before the printed reading/,
    );
  });

  it('a correction that nobody answers for', () => {
    refuses('<p xml:id="s.p1"><choice><sic>a</sic><corr cert="low">b</corr></choice></p>', '<corr', /resp/);
    refuses(
      '<p xml:id="s.p1">a<supplied resp="#ed" cert="sure">b</supplied></p>',
      '<supplied',
      /cert="sure" is not high, medium or low/,
    );
  });

  it('a note in a note, and an editorial note about what is not before it', () => {
    refuses(
      '<p xml:id="s.p1">a<note xml:id="s.n1" n="1">b<note xml:id="s.n2" n="2">c</note></note></p>',
      '<note xml:id="s.n2"',
      /note in a note|may not stand in a note/,
    );
    refuses(
      '<p xml:id="s.p1">a<note type="editorial" resp="#ed" cert="low" target="#s.x">b</note><seg xml:id="s.x">c</seg></p>',
      '<note',
      /no passage before this note/,
    );
  });

  it('a paragraph, a note or a section without text', () => {
    refuses('<p xml:id="s.p1"> \n </p>', '<p', /has no text/);
    refuses('<p xml:id="s.p1">a<note xml:id="s.n1" n="1"> </note></p>', '<note', /has no text/);
    refusedAt(tei(''), /the section s has no text/);
  });

  it('a page that begins twice', () => {
    refusedAt(tei('<p xml:id="s.p1">a <pb n="1"/>b <pb n="1"/>c</p>'), /page 1 begins twice/);
  });

  it('a language tag that is none', () => {
    refuses('<p xml:id="s.p1">a <foreign xml:lang="no tag">b</foreign></p>', '<foreign', /language tag/);
  });

  it('a name that cannot stand in an address', () => {
    refusedAt(tei('<p xml:id="s.p1">a</p>').replace('xml:id="fixture"', 'xml:id="Fix_ture"'), /address/);
  });
});

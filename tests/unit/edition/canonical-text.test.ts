import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ParsedSection } from '@/lib/edition/canonical-text';
import { parseTei } from '@/lib/edition/parse-tei';
import { codePointLength, sliceCodePoints } from '@/lib/kernel/code-points';
import { fc } from '../../support/seeded-fast-check';
import { tei } from './fixture';

function only(body: string): ParsedSection {
  const [section] = parseTei(tei(body)).sections;
  assert.ok(section);
  return section;
}

describe('canonical text', () => {
  it('has one space for a run of white space, none at the ends, one line feed between paragraphs', () => {
    const { text } = only('<p xml:id="s.p1">\n  a \t\r\n b</p>\n\n<p xml:id="s.p2">c\n</p>');
    assert.equal(text, 'a b\nc');
  });

  it('keeps spaces that are content', () => {
    assert.equal(only('<p xml:id="s.p1">с.&#xa0;г. x\u2009y</p>').text, 'с.\u00a0г. x\u2009y');
  });

  it('counts an astral character as one', () => {
    const { text, spans, pages } = only('<p xml:id="s.p1">𐍈𝔘 <pb n="2"/>a <seg xml:id="s.q">😀</seg> z</p>');
    assert.equal(text, '𐍈𝔘 a 😀 z');
    assert.deepEqual(pages, [{ label: '2', offset: 3 }]);
    assert.deepEqual([spans[0]?.start, spans[0]?.end], [5, 6]);
  });

  it('counts a combining mark that has no composed form as one of its own', () => {
    const { text, spans } = only('<p xml:id="s.p1">за\u0301мок <seg xml:id="s.q">x</seg></p>');
    assert.equal(codePointLength(text), 8);
    assert.equal(spans[0]?.start, 7);
  });

  it('leaves notes and readings out of the flow, and keeps supplied words in it', () => {
    const { text, notes, corrections } = only(
      `<p xml:id="s.p1">a<note xml:id="s.n1" n="1">note <ref target="#s.p1">here</ref></note>
         <choice> <sic>bb</sic> <corr resp="#ed" cert="high">b</corr> </choice>
         <supplied resp="#ed" cert="low">not </supplied>c</p>`,
    );
    assert.equal(text, 'a bb not c');
    assert.deepEqual(notes, [{ id: 's.n1', label: '1', offset: 1, targets: ['s.p1'] }]);
    assert.deepEqual(
      corrections.map(({ start, end, printed, corrected }) => [start, end, printed, corrected]),
      [[2, 4, 'bb', 'b']],
    );
  });

  it('takes no white space from between the readings of an apparatus', () => {
    const { text, spans } = only(
      '<p>pro uallo <app>\n  <lem wit="#S">constituta</lem>\n  <rdg wit="#M">constitit</rdg>\n</app>.</p>',
    );
    assert.equal(text, 'pro uallo constituta.');
    assert.deepEqual(
      spans.map(({ kind, start, end }) => [kind, start, end]),
      [['app', 10, 20]],
    );
  });

  it('takes an empty printed reading, for a sign that is wanted', () => {
    const { text, corrections } = only(
      '<p xml:id="s.p1">a<choice><sic/><corr resp="#ed" cert="medium">,</corr></choice> b</p>',
    );
    assert.equal(text, 'a b');
    assert.deepEqual([corrections[0]?.start, corrections[0]?.end, corrections[0]?.corrected], [1, 1, ',']);
  });

  it('joins a word over a page that says so, and leaves the white space of the source else', () => {
    const textOf = (words: string) => only(`<p xml:id="s.p1">${words}</p>`).text;
    assert.equal(textOf('wor<pb n="2" break="no"/>\n  d'), 'word');
    assert.equal(textOf('wor\n<pb n="2" break="no"/><lb/>d'), 'word');
    assert.equal(textOf('wor<pb n="2"/>d one<cb n="b" break="yes"/>two'), 'word one two');
    assert.equal(textOf('one <pb n="2"/>two'), 'one two');
  });

  it('gives a page break between paragraphs to the next one, and a last one to the end', () => {
    const { pages, text } = only(
      '<pb n="1"/><p xml:id="s.p1">a</p><pb n="2"/><p xml:id="s.p2">b <pb n="3"/></p><pb n="4"/>',
    );
    assert.equal(text, 'a\nb');
    assert.deepEqual(
      pages.map(({ offset }) => offset),
      [0, 2, 3, 3],
    );
  });

  it('is the same whatever the file does to lines, and its marks stand where they should', () => {
    const word = fc
      .stringMatching(/^[a-zА-Яё«»—–𝔘😀.,-]{1,8}$/u)
      .filter((each) => each === each.normalize('NFC'));
    const space = fc.constantFrom(' ', '\n', '\r\n', '\t', '  \n\t ');
    const token = fc.record({
      word,
      before: space,
      after: space,
      mark: fc.constantFrom('', 'pb', 'seg', 'sic', 'note', 'lb'),
    });
    const paragraphs = fc.array(fc.array(token, { minLength: 1, maxLength: 12 }), {
      minLength: 1,
      maxLength: 5,
    });
    fc.assert(
      fc.property(paragraphs, (blocks) => {
        const expected = blocks.map((tokens) => tokens.map((each) => each.word).join(' ')).join('\n');
        let n = 0;
        const wanted: { mark: string; word: string }[] = [];
        const body = blocks.map((tokens, i) => {
          const inner = tokens.map(({ word, before, after, mark }, j) => {
            n++;
            wanted.push({ mark, word });
            const gap = j === 0 ? before : mark === 'pb' ? `${before}<pb n="${n}"/>${after}` : before;
            const first = j === 0 && mark === 'pb' ? `<pb n="${n}"/>` : '';
            const shown: Record<string, string> = {
              seg: `<seg xml:id="s.q${n}">${word}</seg>`,
              sic: `<choice>${after}<sic>${word}</sic><corr resp="#ed" cert="low">x</corr></choice>`,
              note: `${word}<note xml:id="s.n${n}" n="${n}">of${after}${word}</note>`,
              lb: `${word}${after}<lb/>`,
            };
            return `${gap}${first}${shown[mark] ?? word}`;
          });
          return `<p xml:id="s.p${i + 1}">${inner.join('')} </p>\n`;
        });
        const section = only(body.join(''));
        assert.equal(section.text, expected);
        const of = (mark: string) => wanted.filter((each) => each.mark === mark).map((each) => each.word);
        assert.deepEqual(
          section.pages.map(({ offset }) => startsAt(section.text, offset)),
          of('pb'),
        );
        assert.deepEqual(
          section.spans.map(({ start, end }) => sliceCodePoints(section.text, start, end)),
          of('seg'),
        );
        assert.deepEqual(
          section.corrections.map(({ printed }) => printed),
          of('sic'),
        );
        assert.deepEqual(
          section.notes.map(({ offset }) => endsAt(section.text, offset)),
          of('note'),
        );
        for (const { start, end } of section.paragraphs) {
          assert.ok(!/^\s|\s$/.test(sliceCodePoints(section.text, start, end)));
        }
      }),
    );
  });
});

function startsAt(text: string, offset: number): string {
  return sliceCodePoints(text, offset, Infinity).split(/[ \n]/)[0] ?? '';
}

function endsAt(text: string, offset: number): string {
  return sliceCodePoints(text, 0, offset).split(/[ \n]/).at(-1) ?? '';
}

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { parseTei } from '@/lib/edition/parse-tei';
import type { Correction, Note, Paragraph, PrintedPage, Section, Span } from '@/lib/edition/schema';
import { type InlinePiece, openingWords, pageAt, splitSection } from '@/lib/edition/split-runs';
import { sliceCodePoints } from '@/lib/kernel/code-points';
import { runAtOnce } from '@/lib/kernel/steps';
import { fc } from '../../support/seeded-fast-check';

const edition = parseTei(readFileSync('seed/gheorghiu-2009.xml', 'utf8'));

function piecesOf(paragraphId: string): InlinePiece[] {
  const section = edition.sections.find((each) => each.paragraphs.some(({ id }) => id === paragraphId));
  assert.ok(section);
  const paragraphs = section.paragraphs.map((paragraph) => ({
    ...paragraph,
    number: null,
    reference: null,
    containers: [],
    details: {},
  }));
  return (
    runAtOnce(splitSection({ ...section, paragraphs })).find(({ paragraph }) => paragraph.id === paragraphId)
      ?.pieces ?? []
  );
}

function textOf(pieces: InlinePiece[]): string {
  return pieces.map((piece) => (piece.type === 'text' ? piece.text : '')).join('');
}

describe('the flow of a paragraph', () => {
  it('has «нездоровой шумихи» in one run, linked with the study', () => {
    const run = piecesOf('doc1.p3').find((piece) => piece.type === 'text' && piece.start === 948);
    assert.ok(run?.type === 'text');
    assert.equal(run.text, 'нездоровой шумихи, которая поднята в этой связи в Румынии');
    assert.deepEqual(
      run.spans.map(({ item, first, last }) => [item.targets, first, last]),
      [[['article.p3.q2'], true, true]],
    );
  });

  it('puts a note behind what it notes and a page before what it begins', () => {
    const pieces = piecesOf('article.p3');
    assert.equal(pieces[0]?.type, 'page');
    const call = pieces.findIndex((piece) => piece.type === 'note' && piece.note.label === '5');
    assert.match(textOf(pieces.slice(0, call)), /Romania”$/);
  });

  it('sets a title in italics and tells its language', () => {
    const title = piecesOf('article.n3').find((piece) => piece.type === 'text' && piece.italic);
    assert.ok(title?.type === 'text');
    assert.equal(title.language, 'ro');
    assert.match(title.text, /^Intervenţia armată/);
  });

  it('shows both readings of a misprint over the printed word', () => {
    const wrong = piecesOf('doc1.p13').find((piece) => piece.type === 'text' && piece.text === 'ха');
    assert.ok(wrong?.type === 'text');
    assert.equal(wrong.corrections[0]?.item.corrected, 'на');
  });

  it('joins to exactly the text, however spans overlap', () => {
    const range = (length: number) =>
      fc
        .tuple(fc.nat(length), fc.nat(length))
        .map(([a, b]) => ({ start: Math.min(a, b), end: Math.max(a, b) }));
    const words = fc.array(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }), {
      minLength: 1,
      maxLength: 4,
    });
    const section = words.chain((blocks) => {
      let at = 0;
      const paragraphs = blocks.map((block, i): Paragraph => {
        const start = at;
        const end = start + [...block].length;
        at = end + 1;
        return {
          id: `s.p${i}`,
          start,
          end,
          language: 'en',
          kind: 'p',
          number: null,
          reference: null,
          containers: [],
          details: {},
        };
      });
      const text = blocks.join('\n');
      const length = [...text].length;
      const spans = fc.array(
        range(length).map(
          (r): Span => ({
            ...r,
            kind: 'seg',
            id: null,
            language: r.start % 2 ? 'ru' : null,
            targets: [],
            details: {},
          }),
        ),
        { maxLength: 6 },
      );
      const corrections = fc.array(
        range(length).map(
          (r): Correction => ({
            ...r,
            printed: '',
            corrected: 'x',
            certainty: 'low',
            kind: 'sic',
            note: null,
            resp: 'ed',
          }),
        ),
        { maxLength: 6 },
      );
      const notes = fc.array(
        fc.nat(length).map((offset): Note => ({ id: 'n', label: '1', offset, targets: [] })),
        { maxLength: 4 },
      );
      const pages = fc.array(
        fc.nat(length).map((offset): PrintedPage => ({ label: '1', offset })),
        { maxLength: 4 },
      );
      return fc.record({
        text: fc.constant(text),
        paragraphs: fc.constant(paragraphs),
        spans,
        corrections,
        notes,
        pages,
      });
    });
    fc.assert(
      fc.property(
        section,
        (made: Pick<Section, 'text' | 'paragraphs' | 'notes' | 'pages' | 'corrections' | 'spans'>) => {
          const shown: InlinePiece[] = [];
          for (const { paragraph, pieces } of runAtOnce(splitSection(made))) {
            shown.push(...pieces);
            assert.equal(textOf(pieces), sliceCodePoints(made.text, paragraph.start, paragraph.end));
            let at = paragraph.start;
            for (const piece of pieces) {
              if (piece.type !== 'text') assert.equal(piece.offset, at);
              else {
                assert.equal(piece.start, at);
                at = piece.end;
              }
            }
            assert.equal(at, paragraph.end);
          }
          assert.equal(shown.filter((piece) => piece.type === 'note').length, made.notes.length);
          assert.equal(shown.filter((piece) => piece.type === 'page').length, made.pages.length);
        },
      ),
    );
  });

  it('knows the printed page of a place, and shortens at a word', () => {
    const doc1 = edition.sections.find(({ id }) => id === 'doc1');
    assert.ok(doc1);
    assert.deepEqual([pageAt(doc1, 2318), pageAt(doc1, 2319)], ['125', '126']);
    assert.equal(openingWords('one two three', 9), 'one two…');
    assert.equal(openingWords('one', 9), 'one');
  });
});

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type NestedNode, nestSpans } from '@/lib/edition/nest-spans';
import type { Correction, Span } from '@/lib/edition/schema';
import { splitSection } from '@/lib/edition/split-runs';
import { runAtOnce } from '@/lib/kernel/steps';
import { fc } from '../../support/seeded-fast-check';

const text = 'abcdefghij';

function span(id: string, start: number, end: number): Span {
  return { start, end, kind: 'seg', id, language: null, targets: [], details: {} };
}

function correction(start: number, end: number): Correction {
  const printed = text.slice(start, end);
  return { start, end, printed, corrected: 'x', certainty: 'low', kind: 'sic', note: null, resp: 'ed' };
}

function wovenOf(spans: Span[], corrections: Correction[] = [], pages: number[] = []): NestedNode[] {
  const source = {
    text,
    paragraphs: [
      {
        id: 's.p1',
        start: 0,
        end: text.length,
        language: 'en',
        kind: 'p' as const,
        number: '1',
        reference: null,
        containers: [],
        details: {},
      },
    ],
    notes: [],
    pages: pages.map((offset) => ({ label: '1', offset })),
    spans,
    corrections,
  };
  const [flow] = runAtOnce(splitSection(source));
  return runAtOnce(nestSpans(flow?.pieces ?? []));
}

/** The tree in short: `a(…)` for a span, `<…>` for a correction, `|` for a page. */
function show(woven: NestedNode[]): string {
  return woven
    .map((node) => {
      if (node.type === 'text') return node.text;
      if (node.type === 'span') return `${node.first ? node.span.id : '+'}(${show(node.children)})`;
      if (node.type === 'correction') return `<${show(node.children)}>`;
      return node.type === 'page' ? '|' : '';
    })
    .join('');
}

describe('weaving', () => {
  it('nests what is nested', () => {
    assert.equal(show(wovenOf([span('q', 2, 8)], [correction(4, 6)])), 'abq(cd<ef>gh)ij');
  });

  it('keeps a page break inside what goes on over it, and outside what ends there', () => {
    assert.equal(show(wovenOf([span('q', 2, 8)], [correction(4, 6)], [5, 8])), 'abq(cd<e|f>gh)|ij');
  });

  it('divides what overlaps', () => {
    assert.equal(show(wovenOf([span('q', 0, 6), span('r', 4, 10)])), 'q(abcdr(ef))+(ghij)');
  });

  it('loses and adds no letter', () => {
    const range = fc.tuple(fc.nat(10), fc.nat(10)).map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const);
    fc.assert(
      fc.property(fc.array(range, { maxLength: 5 }), fc.array(range, { maxLength: 5 }), (a, b) => {
        const woven = wovenOf(
          a.map(([start, end], i) => span(`${i}`, start, end)),
          b.map(([start, end]) => correction(start, end)),
        );
        assert.equal(show(woven).replace(/[^a-j]/g, ''), text);
      }),
    );
  });
});

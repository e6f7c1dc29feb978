import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { resolveSelectors } from '@/lib/anchoring';
import { parseTei } from '@/lib/edition/parse-tei';
import { sliceCodePoints } from '@/lib/kernel/code-points';
import { fc } from '../../support/seeded-fast-check';

const { sections } = parseTei(readFileSync('seed/gheorghiu-2009.xml', 'utf8'));
const doc1 = sections.find(({ id }) => id === 'doc1') ?? assert.fail('There is no doc1');
const block = (name: string) =>
  doc1.paragraphs.find(({ id }) => id === `doc1.${name}`) ?? assert.fail(`There is no doc1.${name}`);
const rangeOf = (name: string) => ({ start: block(name).start, end: block(name).end });
const [p3, p4, p5, p6] = ['p3', 'p4', 'p5', 'p6'].map(rangeOf) as [Span, Span, Span, Span];
type Span = { start: number; end: number };

const wordsAt = (start: number, end: number) => sliceCodePoints(doc1.text, start, end);
const noise = [...doc1.text.slice(0, doc1.text.indexOf('нездоровой шумихи'))].length;
const passage = { start: noise, end: noise + 17 };
const quote = { type: 'TextQuoteSelector', exact: 'нездоровой шумихи' };
const position = (start: number, end: number) => ({ type: 'TextPositionSelector', start, end });
const fragment = (value: string) => ({ type: 'FragmentSelector', value });
const xpath = (value: string) => ({ type: 'XPathSelector', value });
const css = (value: string) => ({ type: 'CssSelector', value });
const range = (startSelector: unknown, endSelector: unknown) => ({
  ...{ type: 'RangeSelector', startSelector, endSelector },
});
const orphaned = (reason: string) => ({ orphaned: reason });
const length = [...doc1.text].length;
/** A word that stands more than once in the section, and once in its fourth paragraph. */
const often = [...new Set(wordsAt(p4.start, p4.end).match(/[\p{L}]{3,}/gu))].find(
  (word) => doc1.text.split(word).length > 2 && wordsAt(p4.start, p4.end).split(word).length === 2,
) as string;
const oftenAt = p4.start + [...(wordsAt(p4.start, p4.end).split(often)[0] as string)].length;
const oftenInP4 = { start: oftenAt, end: oftenAt + often.length };

const TABLE: [string, unknown, Span | { orphaned: string }][] = [
  ['a quote', quote, passage],
  ['a quote of the wrong words', { ...quote, exact: 'здоровой шумихи в печати' }, orphaned('absent')],
  ['a quote in two places', { ...quote, exact: often }, orphaned('ambiguous')],
  ['a type in a list', { ...quote, type: ['TextQuoteSelector'] }, passage],
  ['unknown properties', { ...quote, note: { any: 1 } }, passage],
  ['a quote without its words', { type: 'TextQuoteSelector' }, orphaned('malformed')],
  ['a position', position(10, 20), { start: 10, end: 20 }],
  ['a position past the end', position(10, length + 1), orphaned('out-of-range')],
  ['a position of no width', position(10, 10), orphaned('empty')],
  ['a position back to front', position(20, 10), orphaned('malformed')],
  ['a position of fractions', position(1.5, 10), orphaned('malformed')],
  ['a quote and its position', [quote, position(passage.start, passage.end)], passage],
  ['a quote and a position that does not hold it', [position(10, 27), quote], passage],
  [
    'a quote in two places and its position',
    [{ ...quote, exact: often }, position(oftenAt, oftenInP4.end)],
    oftenInP4,
  ],
  ['a quote in two places and its paragraph', [fragment('doc1.p4'), { ...quote, exact: often }], oftenInP4],
  ['a quote and a paragraph that is not its own', [quote, fragment('doc1.p9')], orphaned('contradiction')],
  [
    'words that are not there, and a position',
    [{ ...quote, exact: 'nowhere' }, position(3, 9)],
    orphaned('absent'),
  ],
  [
    'a position in its paragraph',
    [fragment('p3'), position(p3.start + 2, p3.start + 9)],
    { start: p3.start + 2, end: p3.start + 9 },
  ],
  [
    'a position in another paragraph',
    [fragment('p4'), position(p3.start, p3.end)],
    orphaned('contradiction'),
  ],
  ['two positions', [position(1, 9), position(20, 30)], orphaned('contradiction')],
  ['what we do not know, beside what we do', [{ type: 'SvgSelector', value: '<svg/>' }, quote], passage],
  ['what we do not know', { type: 'SvgSelector', value: '<svg/>' }, orphaned('unknown-type')],
  ['no selector', [], orphaned('no-selector')],
  ['nothing', undefined, orphaned('no-selector')],
  ['what is no selector', ['doc1.p3', 7, null], orphaned('malformed')],

  ['a fragment', fragment('doc1.p3'), p3],
  ['a fragment with its sign', fragment('#doc1.p3'), p3],
  ['a fragment within the section', fragment('p3'), p3],
  ['paragraphs', fragment('doc1.p4-doc1.p6'), { start: p4.start, end: p6.end }],
  ['short paragraphs', fragment('p4-p6'), { start: p4.start, end: p6.end }],
  ['paragraphs back to front', fragment('doc1.p6-doc1.p4'), orphaned('no-such-paragraph')],
  ['words of a paragraph', fragment('doc1.p4@12-40'), { start: p4.start + 12, end: p4.start + 40 }],
  ['words, percent-encoded', fragment('doc1.p4%4012-40'), { start: p4.start + 12, end: p4.start + 40 }],
  ['words past their paragraph', fragment('doc1.p4@12-99999'), orphaned('out-of-range')],
  ['a paragraph of another section', fragment('doc2.p3'), orphaned('no-such-paragraph')],
  ['the section', fragment('doc1'), { start: 0, end: length }],
  [
    'characters',
    { ...fragment('char=12,40'), conformsTo: 'http://tools.ietf.org/rfc/rfc5147' },
    { start: 12, end: 40 },
  ],
  ['characters from the beginning', fragment('char=,40'), { start: 0, end: 40 }],
  ['characters to the end', fragment('char=12,'), { start: 12, end: length }],
  ['characters of a text so long', fragment(`char=12,40;length=${length},UTF-8`), { start: 12, end: 40 }],
  ['characters of another text', fragment('char=12,40;length=7'), orphaned('contradiction')],
  ['a point between characters', fragment('char=12'), orphaned('empty')],
  ['a region of an image', fragment('xywh=0,0,5,5'), orphaned('unknown-type')],

  ['//*[@id="doc1.p3"]', xpath('//*[@id="doc1.p3"]'), p3],
  ["//p[@id='doc1.p3']/text()[1]", xpath("//p[@id='doc1.p3']/text()[1]"), p3],
  ['/html/body//p[@id="doc1.p3"]', xpath('/html/body//p[@id="doc1.p3"]'), p3],
  ['id("doc1.p3")', xpath('id("doc1.p3")'), p3],
  ['a path by number alone', xpath('/html/body/main/p[3]'), orphaned('unknown-type')],
  ['a path out of a paragraph', xpath('//p[@id="doc1.p3"]/../p[1]'), orphaned('unknown-type')],
  ['a path to a sibling', xpath('//p[@id="doc1.p3"]/following-sibling::p[1]'), orphaned('unknown-type')],
  ['a path into a paragraph', xpath('//p[@id="doc1.p3"]/span[2]'), orphaned('imprecise')],
  ['a path to an element that is no paragraph', xpath('//*[@id="doc1.p99"]'), orphaned('no-such-paragraph')],
  ['a union of paths', xpath('//p[@id="doc1.p3"] | //p[@id="doc1.p4"]'), orphaned('unknown-type')],
  ['not this path', xpath('//p[not(@id="doc1.p3")]'), orphaned('unknown-type')],

  ['#doc1\\.p3', css('#doc1\\.p3'), p3],
  ['#doc1\\2e p3', css('#doc1\\2e p3'), p3],
  ['[id="doc1.p3"]', css('[id="doc1.p3"]'), p3],
  ['p#doc1\\.p3', css('p#doc1\\.p3'), p3],
  ['main > p#doc1\\.p3', css('main > p#doc1\\.p3'), p3],
  ['#doc1.p3, which is not escaped', css('#doc1.p3'), p3],
  ['#doc1\\.p3 > span', css('#doc1\\.p3 > span'), orphaned('imprecise')],
  ['#doc1\\.p3 + p', css('#doc1\\.p3 + p'), orphaned('unknown-type')],
  ['#doc1\\.p3, #doc1\\.p4', css('#doc1\\.p3, #doc1\\.p4'), orphaned('unknown-type')],
  ['p:nth-child(3)', css('p:nth-child(3)'), orphaned('unknown-type')],

  ['up to a paragraph', range(fragment('p4'), fragment('p6')), { start: p4.start, end: p5.end }],
  ['from position to position', range(position(5, 6), position(20, 21)), { start: 5, end: 20 }],
  [
    'from path to position',
    range(xpath('//p[@id="doc1.p3"]'), position(p3.start + 9, p3.start + 9)),
    { start: p3.start, end: p3.start + 9 },
  ],
  [
    'from words to words',
    range(quote, { ...quote, exact: 'шумихи' }),
    { start: passage.start, end: passage.start + 11 },
  ],
  ['a range back to front', range(fragment('p6'), fragment('p4')), orphaned('empty')],
  [
    'a range from inside a paragraph',
    range(xpath('//p[@id="doc1.p3"]/b'), fragment('p6')),
    orphaned('imprecise'),
  ],
  [
    'a range of a client with containers',
    { type: 'RangeSelector', startContainer: '/div[1]', startOffset: 1 },
    orphaned('malformed'),
  ],

  ['words refined by the state of the text', { ...quote, refinedBy: { type: 'TimeState' } }, passage],
  [
    'words refined by a state and by words in them',
    { ...quote, refinedBy: [{ type: ['HttpRequestState'], value: 'Accept: text/html' }, position(0, 10)] },
    { start: noise, end: noise + 10 },
  ],
  ['a paragraph refined by words', { ...fragment('p4'), refinedBy: { ...quote, exact: often } }, oftenInP4],
  [
    'a paragraph refined by offsets',
    { ...xpath('//p[@id="doc1.p4"]'), refinedBy: position(12, 40) },
    { start: p4.start + 12, end: p4.start + 40 },
  ],
  [
    'a paragraph refined by characters',
    { ...css('#doc1\\.p4'), refinedBy: fragment('char=12,40') },
    { start: p4.start + 12, end: p4.start + 40 },
  ],
  [
    'a paragraph refined past its end',
    { ...fragment('p4'), refinedBy: position(12, 99999) },
    orphaned('out-of-range'),
  ],
  ['a paragraph refined by words of another', { ...fragment('p9'), refinedBy: quote }, orphaned('absent')],
  [
    'a part refined by words',
    { ...xpath('//p[@id="doc1.p4"]/span[1]'), refinedBy: { ...quote, exact: often } },
    oftenInP4,
  ],
  [
    'a part refined by offsets',
    { ...xpath('//p[@id="doc1.p4"]/span[1]'), refinedBy: position(1, 4) },
    orphaned('imprecise'),
  ],
  [
    'words refined by offsets',
    { ...quote, refinedBy: position(11, 17) },
    { start: passage.start + 11, end: passage.end },
  ],
  [
    'a refinement of a refinement',
    { ...fragment('p4-p6'), refinedBy: { ...position(0, p4.end - p4.start), refinedBy: position(2, 5) } },
    { start: p4.start + 2, end: p4.start + 5 },
  ],
];

describe('selectors of the W3C model lead to one place or to a reason:', () => {
  for (const [name, selectors, expected] of TABLE) {
    it(name, () => {
      assert.deepEqual(resolveSelectors(doc1, selectors), expected);
    });
  }
});

describe('selectors', () => {
  const paragraph = fc.constantFrom(...doc1.paragraphs);
  const ways: ((id: string) => unknown)[] = [
    (id) => fragment(id),
    (id) => fragment(`#${id}`),
    (id) => fragment(id.slice('doc1.'.length)),
    (id) => xpath(`//*[@id="${id}"]`),
    (id) => css(`#${id.replaceAll('.', '\\.')}`),
    (id) => css(`[id="${id}"]`),
  ];

  it('lead to every paragraph in every way', () => {
    for (const { id, start, end } of doc1.paragraphs) {
      for (const way of ways) assert.deepEqual(resolveSelectors(doc1, way(id)), { start, end });
    }
  });

  it('lead to any words of any paragraph in every way that refines', () => {
    fc.assert(
      fc.property(
        paragraph,
        fc.constantFrom(...ways),
        fc.nat(),
        fc.nat(),
        ({ id, start, end }, way, a, b) => {
          const from = a % (end - start);
          const to = from + 1 + (b % (end - start - from));
          const expected = { start: start + from, end: start + to };
          assert.deepEqual(resolveSelectors(doc1, fragment(`${id}@${from}-${to}`)), expected);
          const refined = { ...(way(id) as object), refinedBy: position(from, to) };
          assert.deepEqual(resolveSelectors(doc1, refined), expected);
          assert.deepEqual(resolveSelectors(doc1, position(start + from, start + to)), expected);
        },
      ),
    );
  });

  it('never throw, and never lead out of the text', () => {
    const value = fc.oneof(
      fc.string(),
      fc.constantFrom('//*[@id="doc1.p3"]', '#doc1\\.p3', 'p4-p6', 'char=,'),
    );
    const types = [
      'TextQuoteSelector',
      'FragmentSelector',
      'XPathSelector',
      'CssSelector',
      'RangeSelector',
      'X',
    ];
    const { selector } = fc.letrec((tie) => ({
      selector: fc.record(
        {
          ...{
            type: fc.constantFrom(...types),
            value,
            exact: fc.string(),
            start: fc.integer(),
            end: fc.integer(),
          },
          ...{
            refinedBy: fc.option(tie('selector'), { maxDepth: 3 }),
            startSelector: fc.option(tie('selector')),
          },
          endSelector: fc.option(tie('selector'), { maxDepth: 3 }),
        },
        { requiredKeys: ['type'] },
      ),
    }));
    fc.assert(
      fc.property(fc.array(selector, { maxLength: 3 }), (selectors) => {
        const outcome = resolveSelectors(doc1, selectors);
        if ('orphaned' in outcome) return;
        assert.ok(outcome.start >= 0 && outcome.start < outcome.end && outcome.end <= length);
      }),
    );
  });
});

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseTei } from '@/lib/edition/parse-tei';
import { codePointLength, sliceCodePoints } from '@/lib/kernel/code-points';
import { fc } from '../../support/seeded-fast-check';

/** Elements of every chapter of TEI P5, and some that are of none. */
const NAMES =
  `div div1 p ab lg l sp speaker stage q quote cit bibl list item label table row cell head note hi emph
  foreign seg name persName date app lem rdg choice sic corr orig reg abbr expan supplied del add unclear gap desc
  opener closer salute signed dateline postscript epigraph figure figDesc floatingText body titlePage docTitle
  titlePart u s w pc entry form sense def castList castItem role ref title fw index surplus subst milestone pb lb
  mystery widget opus surface zone line span`.split(/\s+/);
/** Those whose words are not in the flow, as far as the test needs to know: it looks only at what must be there. */
const BESIDE = new Set(
  'choice app rdg corr reg expan figDesc fw index gap pb lb milestone note ref'.split(' '),
);

type Tree = { name: string; children: (Tree | string)[] };

let words = 0;
const word = fc.constantFrom('alpha', 'βῆτα', 'гамма', '𝔡elta', 'e\u0301psilon', 'زاي');
const { tree } = fc.letrec<{ tree: Tree; node: Tree | string }>((tie) => ({
  node: fc.oneof({ maxDepth: 6, withCrossShrink: true }, word, tie('tree')),
  tree: fc.record({ name: fc.constantFrom(...NAMES), children: fc.array(tie('node'), { maxLength: 5 }) }),
}));

/** XML in which every word is another one, so that its place says whether it was kept. */
function write(node: Tree | string, kept: string[], isBeside: boolean): string {
  if (typeof node === 'string') {
    const unique = `${node}${words++}`.normalize('NFC');
    if (!isBeside) kept.push(unique);
    return ` ${unique} `;
  }
  const beside = isBeside || BESIDE.has(node.name);
  const inner = node.children.map((child) => write(child, kept, beside)).join('');
  return `<${node.name}>${inner}</${node.name}>`;
}

describe('a tree of any elements', () => {
  it('keeps every word that is not declared as left out, in the order of the file, and says so', () => {
    fc.assert(
      fc.property(fc.array(tree, { minLength: 1, maxLength: 6 }), (trees) => {
        words = 0;
        const kept: string[] = [];
        const inner = trees.map((each) => write(each, kept, false)).join('');
        const source = `<TEI><text><body><p>begin</p>${inner}</body></text></TEI>`;
        const { sections, report } = parseTei(source);
        assert.equal(report.sameSequence, true, source);
        const text = sections.map((section) => section.text).join('\n');
        assert.equal(report.words.text + report.words.leftOut, report.words.file, source);
        const flow = sections
          .filter(({ kind }) => kind === 'section')
          .map((section) => section.text)
          .join(' ')
          .split(/\s+/);
        const inFlow = new Set(flow);
        for (const each of kept)
          assert.ok(inFlow.has(each) || text.includes(each), `${each} is lost in ${source}`);
        // Words that are not in a note stand in the order of the file.
        const order = new Map(flow.map((each, i) => [each, i]));
        const places = kept.flatMap((each) => order.get(each) ?? []);
        assert.deepEqual(
          places,
          places.toSorted((a, b) => a - b),
        );
      }),
      { numRuns: 400 },
    );
  });

  it('is cut into paragraphs that are the text, with ids that are there once, whatever stands in them', () => {
    fc.assert(
      fc.property(fc.array(tree, { minLength: 1, maxLength: 6 }), (trees) => {
        const inner = trees.map((each) => write(each, [], false)).join('');
        const { sections } = parseTei(`<TEI><text><body><p>begin</p>${inner}</body></text></TEI>`);
        const ids: string[] = [];
        for (const section of sections) {
          const { text, paragraphs, spans, notes, pages, corrections } = section;
          assert.equal(text, text.normalize('NFC'));
          const pieces = paragraphs.map(({ start, end }) => sliceCodePoints(text, start, end));
          assert.equal(pieces.join('\n'), text);
          for (const piece of pieces) assert.ok(piece !== '' && !/^[ \n\t]|[ \n\t]$| {2}/.test(piece));
          const length = codePointLength(text);
          for (const { start, end } of [...spans, ...corrections])
            assert.ok(0 <= start && start <= end && end <= length);
          for (const { offset } of [...notes, ...pages]) assert.ok(0 <= offset && offset <= length);
          ids.push(section.id, ...paragraphs.map(({ id }) => id).filter((id) => id !== section.id));
        }
        assert.equal(new Set(ids).size, ids.length);
      }),
      { numRuns: 300 },
    );
  });
});

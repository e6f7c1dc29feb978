import { createHash } from 'node:crypto';
import type { ParsedSection } from '../canonical-text';
import type { Correction, Paragraph, PrintedPage, Span } from '../schema';
import { openingWords } from '../split-runs';
import type { Facsimile } from '../tei/facsimile';
import type { Block, FlowPage } from '../tei/flow';

/** Code points of a section's opening words. */
const OPENING = 160;

/** Joins blocks to a text: `name` gives each its id and number, and `facsimile` knows their pictures. */
export function writeSection(
  blocks: Block[],
  name: (block: Block, index: number) => { id: string; number: string | null },
  facsimile: Facsimile,
): {
  section: Pick<
    ParsedSection,
    'opening' | 'prose' | 'text' | 'sha256' | 'paragraphs' | 'pages' | 'corrections' | 'spans'
  >;
  starts: Map<Block, number>;
} {
  const starts = new Map<Block, number>();
  const paragraphs: Paragraph[] = [];
  const pages: PrintedPage[] = [];
  const corrections: Correction[] = [];
  const spans: Span[] = [];
  let start = 0;
  for (const [i, block] of blocks.entries()) {
    starts.set(block, start);
    const { kind, language, containers, details, reference } = block;
    const end = start + block.length;
    const { id, number } = name(block, i);
    paragraphs.push({ id, start, end, language, kind, number, reference, containers, details });
    for (const page of block.pages) pages.push(pageOf(page, start, facsimile));
    const zone = block.facs === null ? null : facsimile.zoneOf(block.facs);
    if (zone) details.zone = zone;
    const codePoints = block.corrections.length > 0 ? [...block.text] : [];
    for (const correction of block.corrections) {
      const printed = codePoints.slice(correction.start, correction.end).join('');
      corrections.push({
        ...correction,
        start: start + correction.start,
        end: start + correction.end,
        printed,
        corrected: correction.kind === 'note' ? printed : correction.corrected,
      });
    }
    for (const span of block.spans) spans.push({ ...span, start: start + span.start, end: start + span.end });
    if (block.targets.length > 0) {
      spans.push({ start, end, kind: 'block', id, language: null, targets: block.targets, details: {} });
    }
    start = end + 1;
  }
  const text = blocks.map((block) => block.text).join('\n');
  const prose = paragraphs.filter(({ number, kind }) => kind === 'p' && number !== null).length;
  const opening = blocks.find(({ kind }) => kind === 'p' || kind === 'line' || kind === 'note') ?? blocks[0];
  corrections.sort((a, b) => a.start - b.start || a.end - b.end);
  spans.sort((a, b) => a.start - b.start || b.end - a.end);
  const sha256 = createHash('sha256').update(text, 'utf8').digest('hex');
  return {
    section: {
      opening: openingWords(opening?.text.slice(0, 4 * OPENING) ?? '', OPENING),
      prose,
      text,
      sha256,
      paragraphs,
      pages: uniquePages(pages),
      corrections,
      spans,
    },
    starts,
  };
}

/** A page without a number is called by its surface or its picture, by which it is found. */
function pageOf({ offset, label, facs, xmlId }: FlowPage, start: number, facsimile: Facsimile): PrintedPage {
  const shown = facsimile.pageOf(facs, xmlId);
  if (!shown) return { offset: start + offset, label };
  return { offset: start + offset, label: label || shown.label, image: shown.image };
}

function uniquePages(pages: PrintedPage[]): PrintedPage[] {
  const known = new Set<string>();
  return pages.filter(({ offset, label }) => {
    const key = `${offset} ${label}`;
    return !known.has(key) && known.add(key);
  });
}

import { directionOf } from '@/lib/edition/direction';
import type { Span } from '@/lib/edition/schema';
import type { InlinePiece, ParagraphRuns, TextRun } from '@/lib/edition/split-runs';
import { escapeHtml } from '@/lib/kernel/escape-html';

/** A passage with the number of its thread; offsets in code points of the section's canonical text. */
export type Highlight = { number: number; start: number; end: number };

/**
 * A paragraph in HTML: the canonical text with `highlights` on it, darker where passages overlap, and at the end of
 * each passage the number that links to its thread. The apparatus (note numbers, pages, corrections) is in brackets or
 * superscript. Highlights outside the paragraph are ignored. `following` is the offset of the next paragraph, to which
 * a passage that ends later leaves its number.
 */
export function paragraphHtml(
  { paragraph, pieces }: ParagraphRuns,
  highlights: Highlight[],
  following: number,
): string {
  const here = highlights.filter(({ start, end }) => start < paragraph.end && end > paragraph.start);
  const depths = depthsOf(here);
  const ends = new Map<number, number[]>();
  for (const { number, end } of here) {
    if (end > following) continue;
    const offset = Math.min(end, paragraph.end);
    ends.set(offset, [...(ends.get(offset) ?? []), number]);
  }
  const inside = pieces.map((piece) => (piece.type === 'text' ? run(piece) : point(piece))).join('');
  const direction = directionOf(paragraph.language);
  const dir = direction === 'ltr' ? '' : ` dir="${direction}"`;
  return `<p id="${escapeHtml(paragraph.id)}" class="${paragraph.kind}" lang="${escapeHtml(paragraph.language)}"${dir}>${inside}</p>`;

  function run(piece: TextRun): string {
    const characters = [...piece.text];
    const cuts = depths.edges.filter((edge) => edge > piece.start && edge < piece.end);
    const html = [piece.start, ...cuts]
      .map((from, i) => {
        const to = cuts[i] ?? piece.end;
        const text = escapeHtml(characters.slice(from - piece.start, to - piece.start).join(''));
        const depth = Math.min(3, depths.at(from));
        return (
          (depth > 0 ? `<mark${depth > 1 ? ` class="m${depth}"` : ''}>${text}</mark>` : text) + numbers(to)
        );
      })
      .join('');
    const looking = looksOf(piece).reduce((inner, name) => `<${name}>${inner}</${name}>`, html);
    return inLanguage(piece, bracketed(piece, looking)) + variants(piece) + readings(piece);
  }

  /** A run of another language; the attribute for its direction isolates it. */
  function inLanguage({ language }: TextRun, html: string): string {
    if (language === null) return html;
    const direction = directionOf(language);
    const dir = direction === directionOf(paragraph.language) ? '' : ` dir="${direction}"`;
    return `<span lang="${escapeHtml(language)}"${dir}>${html}</span>`;
  }

  /** The numbers of the passages that end at `offset`. */
  function numbers(offset: number): string {
    const ended = ends.get(offset);
    return ended
      ? `<sup>${ended.map((number) => `<a href="#n${number}">${number}</a>`).join(', ')}</sup>`
      : '';
  }
}

/** The elements that a run looks like, the innermost first. */
function looksOf({ spans, italic }: TextRun): string[] {
  const names = new Set<string>(italic ? ['cite'] : []);
  for (const { item } of spans) {
    const rend = new Set(item.details.rend);
    if (item.kind === 'emph' || item.kind === 'stage' || rend.has('italic')) names.add('i');
    if (rend.has('bold')) names.add('b');
    if (rend.has('superscript')) names.add('sup');
    if (rend.has('subscript')) names.add('sub');
    if (item.kind === 'del' || rend.has('strikethrough')) names.add('s');
  }
  return [...names];
}

/** The signs of Leiden around restored, superfluous and resolved words. */
const BRACKETS: Partial<Record<string, [string, string]>> = {
  supplied: ['[', ']'],
  surplus: ['{', '}'],
  expansion: ['(', ')'],
};

function bracketed({ spans }: TextRun, html: string): string {
  return spans.reduceRight((inner, { item, first, last }) => {
    const [open, close] = BRACKETS[item.kind] ?? ['', ''];
    return (first ? sign(open) : '') + inner + (last ? sign(close) : '');
  }, html);
}

function sign(mark: string): string {
  return mark && `<span class="reading">${mark}</span>`;
}

/** Other readings, behind the words that they are for. */
function variants({ spans }: TextRun): string {
  return spans
    .filter(({ item, last }) => last && item.kind === 'app')
    .map(({ item }) => variantsOf(item))
    .join('');
}

function variantsOf({ details }: Span): string {
  const entries = (details.readings ?? []).map(({ text, witnesses, note }) =>
    [text || '–', witnesses.join(' '), note].filter(Boolean).join(' '),
  );
  return entries.length === 0 ? '' : `<span class="reading"> [${escapeHtml(entries.join('; '))}]</span>`;
}

function readings({ corrections }: TextRun): string {
  return corrections
    .filter(({ item, last }) => last && item.kind !== 'note' && item.corrected !== item.printed)
    .map(({ item }) => `<span class="reading"> [${escapeHtml(item.corrected)}]</span>`)
    .join('');
}

function point(piece: Exclude<InlinePiece, TextRun>): string {
  if (piece.type === 'note') return `<sup class="call">${escapeHtml(piece.note.label)}</sup>`;
  if (piece.type === 'page')
    return piece.label === '' ? '' : `<span class="page">[${escapeHtml(piece.label)}] </span>`;
  if (piece.type === 'point') return spanPoint(piece.span);
  return `<span class="reading">[${escapeHtml(piece.correction.corrected)}]</span>`;
}

function spanPoint(span: Span): string {
  if (span.kind === 'gap') return '<span class="reading">[…]</span>';
  if (span.kind === 'linebreak') return '<br>';
  if (span.kind === 'app') return variantsOf(span);
  if (span.kind === 'graphic') return sign(`[${escapeHtml(span.details.alt ?? '*')}]`);
  return '';
}

/** How many highlights overlap: the offsets where the number changes, and the number at an offset. */
function depthsOf(highlights: Highlight[]) {
  const changes = new Map<number, number>();
  for (const { start, end } of highlights) {
    changes.set(start, (changes.get(start) ?? 0) + 1);
    changes.set(end, (changes.get(end) ?? 0) - 1);
  }
  const edges = [...changes.keys()].sort((a, b) => a - b);
  const depths: number[] = [];
  let depth = 0;
  for (const edge of edges) {
    depth += changes.get(edge) ?? 0;
    depths.push(depth);
  }
  return {
    edges,
    at: (offset: number) => depths[edges.findLastIndex((edge) => edge <= offset)] ?? 0,
  };
}

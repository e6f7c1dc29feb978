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
  return `<p id="${escapeHtml(paragraph.id)}" class="${paragraph.kind}" lang="${escapeHtml(paragraph.language)}">${inside}</p>`;

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
    const language = piece.language ? ` lang="${escapeHtml(piece.language)}"` : '';
    const name = piece.italic ? 'cite' : language ? 'span' : '';
    return (name ? `<${name}${language}>${html}</${name}>` : html) + readings(piece);
  }

  /** The numbers of the passages that end at `offset`. */
  function numbers(offset: number): string {
    const ended = ends.get(offset);
    return ended
      ? `<sup>${ended.map((number) => `<a href="#n${number}">${number}</a>`).join(', ')}</sup>`
      : '';
  }
}

function readings({ corrections }: TextRun): string {
  return corrections
    .filter(({ item, last }) => last && item.kind !== 'note' && item.corrected !== item.printed)
    .map(({ item }) => `<span class="reading"> [${escapeHtml(item.corrected)}]</span>`)
    .join('');
}

function point(piece: Exclude<InlinePiece, TextRun>): string {
  if (piece.type === 'note') return `<sup class="call">${escapeHtml(piece.note.label)}</sup>`;
  if (piece.type === 'page') return `<span class="page">[${escapeHtml(piece.label)}] </span>`;
  if (piece.type === 'point') return piece.span.kind === 'gap' ? '<span class="reading">[…]</span>' : '';
  return `<span class="reading">[${escapeHtml(piece.correction.corrected)}]</span>`;
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

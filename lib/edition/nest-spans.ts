import type { Correction, Span } from './schema';
import type { InlinePiece, PointMarker, TextRun } from './split-runs';

/** Text, a point, or what one span or correction covers. `first`: its beginning is here, not in an earlier wrap. */
export type NestedNode =
  | TextRun
  | PointMarker
  | { type: 'span'; span: Span; first: boolean; last: boolean; children: NestedNode[] }
  | { type: 'correction'; correction: Correction; first: boolean; last: boolean; children: NestedNode[] };

type Layer = {
  item: Span | Correction;
  kind: 'span' | 'correction';
  start: number;
  end: number;
};

/**
 * Nests the pieces of a paragraph in what covers them, wider outside, so that each span is one element where the
 * spans do not overlap (as in TEI they cannot), and as few as possible where they do.
 */
export function nestSpans(pieces: InlinePiece[]): NestedNode[] {
  return nest(pieces, 0);
}

function nest(pieces: InlinePiece[], depth: number): NestedNode[] {
  const woven: NestedNode[] = [];
  for (let i = 0; i < pieces.length; ) {
    const piece = pieces[i];
    if (!piece) break;
    const layer = piece.type === 'text' ? layersOf(piece)[depth] : undefined;
    if (!layer) {
      woven.push(piece);
      i++;
      continue;
    }
    // Points between two runs of the same layer are inside it; those after its last run are not.
    let next = i + 1;
    for (let j = i + 1; j < pieces.length; j++) {
      const other = pieces[j];
      if (other?.type !== 'text') continue;
      if (layersOf(other)[depth]?.item !== layer.item) break;
      next = j + 1;
    }
    woven.push(wrap(layer, pieces.slice(i, next), depth));
    i = next;
  }
  return woven;
}

function wrap(layer: Layer, pieces: InlinePiece[], depth: number): NestedNode {
  const covers = pieces
    .filter((piece) => piece.type === 'text')
    .map((piece) => [...piece.spans, ...piece.corrections].find((cover) => cover.item === layer.item));
  const ends = { first: covers[0]?.first ?? false, last: covers.at(-1)?.last ?? false };
  const children = nest(pieces, depth + 1);
  return layer.kind === 'span'
    ? { type: 'span', span: layer.item as Span, ...ends, children }
    : { type: 'correction', correction: layer.item as Correction, ...ends, children };
}

/** What covers a run, widest first; where two are equally wide the span is outside. */
function layersOf(piece: TextRun): Layer[] {
  return [
    ...piece.spans.map(({ item }): Layer => ({ item, kind: 'span', start: item.start, end: item.end })),
    ...piece.corrections.map(
      ({ item }): Layer => ({ item, kind: 'correction', start: item.start, end: item.end }),
    ),
  ].sort((a, b) => b.end - b.start - (a.end - a.start));
}

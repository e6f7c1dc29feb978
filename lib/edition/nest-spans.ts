import type { Correction, Span } from './schema';
import type { InlinePiece, PointMarker, TextRun } from './split-runs';

/** A piece of text, a marker, or the nodes that one span or correction covers. `first`: its beginning is in this node. */
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
 * Nests the pieces of a paragraph in the spans that cover them, the widest outside. A span is one node where spans do not
 * overlap (in TEI they cannot), and as few nodes as possible where they do.
 */
export function nestSpans(pieces: InlinePiece[]): NestedNode[] {
  return nest(pieces, 0);
}

function nest(pieces: InlinePiece[], depth: number): NestedNode[] {
  const nodes: NestedNode[] = [];
  for (let i = 0; i < pieces.length; ) {
    const piece = pieces[i];
    if (!piece) break;
    const layer = piece.type === 'text' ? layersOf(piece)[depth] : undefined;
    if (!layer) {
      nodes.push(piece);
      i++;
      continue;
    }
    // Markers between two runs of the same layer are inside it; those after its last run are not.
    let next = i + 1;
    for (let j = i + 1; j < pieces.length; j++) {
      const following = pieces[j];
      if (following?.type !== 'text') continue;
      if (layersOf(following)[depth]?.item !== layer.item) break;
      next = j + 1;
    }
    nodes.push(wrap(layer, pieces.slice(i, next), depth));
    i = next;
  }
  return nodes;
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

/** The layers that cover a run, widest first; of two equally wide ones the span is outside. */
function layersOf(piece: TextRun): Layer[] {
  return [
    ...piece.spans.map(({ item }): Layer => ({ item, kind: 'span', start: item.start, end: item.end })),
    ...piece.corrections.map(
      ({ item }): Layer => ({ item, kind: 'correction', start: item.start, end: item.end }),
    ),
  ].sort((a, b) => b.end - b.start - (a.end - a.start));
}

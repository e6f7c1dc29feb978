import type { Correction, Span } from './schema';
import type { InlinePiece, PointMarker, TextRun } from './split-runs';

/** A piece of text, a marker, or the nodes that one span or correction covers. `first`: its beginning is in this node. */
export type NestedNode =
  | TextRun
  | PointMarker
  | { type: 'span'; span: Span; first: boolean; last: boolean; children: NestedNode[] }
  | { type: 'correction'; correction: Correction; first: boolean; last: boolean; children: NestedNode[] };

type Layer =
  | { kind: 'span'; item: Span; first: boolean; last: boolean }
  | { kind: 'correction'; item: Correction; first: boolean; last: boolean };

/** Elements inside one another, at most: browsers nest some 500, and no text has so many meanings at one place. */
const MOST_LAYERS = 40;

/**
 * Nests the pieces of a paragraph in the spans that cover them, the widest outside. A span is one node where spans do not
 * overlap (in TEI they cannot), and as few nodes as possible where they do.
 */
export function nestSpans(pieces: InlinePiece[]): NestedNode[] {
  const layers = pieces.map((piece) => (piece.type === 'text' ? layersOf(piece) : null));
  return nest(0, pieces.length, 0);

  function nest(from: number, to: number, depth: number): NestedNode[] {
    const nodes: NestedNode[] = [];
    for (let i = from; i < to; ) {
      const layer = layers[i]?.[depth];
      if (!layer) {
        nodes.push(pieces[i] as InlinePiece);
        i++;
        continue;
      }
      // Markers between two runs of the same layer are inside it; those after its last run are not.
      let last = layer;
      let next = i + 1;
      for (let j = i + 1; j < to; j++) {
        const following = layers[j];
        if (!following) continue;
        const same = following[depth];
        if (same?.item !== layer.item) break;
        last = same;
        next = j + 1;
      }
      const ends = { first: layer.first, last: last.last, children: nest(i, next, depth + 1) };
      nodes.push(
        layer.kind === 'span'
          ? { type: 'span', span: layer.item, ...ends }
          : { type: 'correction', correction: layer.item, ...ends },
      );
      i = next;
    }
    return nodes;
  }
}

/** The layers that cover a run, widest first; of two equally wide ones the span is outside. */
function layersOf({ spans, corrections }: TextRun): Layer[] {
  if (spans.length + corrections.length === 0) return [];
  const layers = [
    ...spans.map((cover): Layer => ({ kind: 'span', ...cover })),
    ...corrections.map((cover): Layer => ({ kind: 'correction', ...cover })),
  ];
  const width = ({ item }: Layer) => item.end - item.start;
  return layers.sort((a, b) => width(b) - width(a)).slice(0, MOST_LAYERS);
}

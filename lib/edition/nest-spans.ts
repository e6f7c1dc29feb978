import type { Steps } from '@/lib/kernel/steps';
import type { Correction, Span } from './schema';
import { type InlinePiece, MOST_LAYERS, type PointMarker, type TextRun } from './split-runs';

/** A piece of text, a marker, or the nodes that one span or correction covers. `first`: its beginning is in this node. */
export type NestedNode =
  | TextRun
  | PointMarker
  | { type: 'span'; span: Span; first: boolean; last: boolean; children: NestedNode[] }
  | { type: 'correction'; correction: Correction; first: boolean; last: boolean; children: NestedNode[] };

type Layer =
  | { kind: 'span'; item: Span; first: boolean; last: boolean }
  | { kind: 'correction'; item: Correction; first: boolean; last: boolean };

/** Nodes that are nested before others may get their turn: half a millisecond's work. */
const NODES_PER_STEP = 200;

/**
 * Nests the pieces of a paragraph in the spans that cover them, the widest outside. A span is one node where spans do not
 * overlap (in TEI they cannot), and as few nodes as possible where they do.
 */
export function* nestSpans(pieces: InlinePiece[]): Steps<NestedNode[]> {
  let made = 0;
  const layers: (Layer[] | null)[] = [];
  for (const piece of pieces) {
    if (++made % NODES_PER_STEP === 0) yield;
    layers.push(piece.type === 'text' ? layersOf(piece) : null);
  }
  return yield* nest(0, pieces.length, 0);

  function* nest(from: number, to: number, depth: number): Steps<NestedNode[]> {
    const nodes: NestedNode[] = [];
    for (let i = from; i < to; ) {
      if (++made % NODES_PER_STEP === 0) yield;
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
      const ends = { first: layer.first, last: last.last, children: yield* nest(i, next, depth + 1) };
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

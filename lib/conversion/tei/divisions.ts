import type { Element, ElementContent } from 'xast';
import { isPoint, tei } from './tei-node';

/** What a division is made of, in the order of the text. */
export type Piece =
  | { kind: 'block'; node: Element; isOfSingleLines?: boolean }
  | { kind: 'heading'; level: number; id: string | undefined; heads: Element[] }
  | {
      kind: 'section';
      level: number | undefined;
      attributes: Record<string, string | undefined>;
      pieces: Piece[];
    };

/** A division that is not closed yet. A long one is asked at each block whether it has divisions inside. */
type OpenDivision = { level: number; children: ElementContent[]; hasDivisions: boolean };

/**
 * Divisions of pieces: a heading opens one, until a heading of its level or above; a section is one of its own. A block
 * after a division gets an untitled one, because TEI has no blocks there (TEI P5 §4.1).
 */
export function nestDivisions(pieces: Piece[]): ElementContent[] {
  const content: ElementContent[] = [];
  const open: OpenDivision[] = [{ level: 0, children: content, hasDivisions: false }];
  /** Closes the divisions that a heading of a level ends, and adds its own to the one around. */
  const add = (level: number, division: Element): void => {
    while (open.length > 1 && (open.at(-1)?.level ?? 0) >= level) open.pop();
    const around = open.at(-1) as OpenDivision;
    around.children.push(division);
    around.hasDivisions = true;
  };
  for (const piece of pieces) {
    if (piece.kind === 'heading') {
      const division = tei('div', { 'xml:id': piece.id }, piece.heads);
      add(piece.level, division);
      open.push({ level: piece.level, children: division.children, hasDivisions: false });
    } else if (piece.kind === 'section') {
      const level = piece.level ?? firstLevel(piece.pieces);
      add(level ?? 7, sectionDivision(piece));
    } else {
      const around = open.at(-1) as OpenDivision;
      if (isPoint(piece.node) || !around.hasDivisions) around.children.push(piece.node);
      else {
        const division = tei('div', {}, [piece.node]);
        around.children.push(division);
        open.push({ level: 7, children: division.children, hasDivisions: false });
      }
    }
  }
  return content;
}

/** A section that begins with a heading is that heading's division. */
function sectionDivision({ attributes, pieces }: Extract<Piece, { kind: 'section' }>): Element {
  const start = pieces.findIndex(({ kind }) => kind !== 'block');
  const first = pieces[start];
  const isPointsOnly = pieces
    .slice(0, Math.max(start, 0))
    .every((piece) => piece.kind === 'block' && isPoint(piece.node));
  if (first?.kind !== 'heading' || !isPointsOnly) return tei('div', attributes, nestDivisions(pieces));
  const points = pieces.slice(0, start).map((piece) => (piece as Extract<Piece, { kind: 'block' }>).node);
  const id = attributes['xml:id'];
  const anchor = id !== undefined && first.id !== undefined ? [tei('anchor', { 'xml:id': first.id })] : [];
  return tei('div', { ...attributes, 'xml:id': id ?? first.id }, [
    ...points,
    ...anchor,
    ...first.heads,
    ...nestDivisions(pieces.slice(start + 1)),
  ]);
}

/** The level of the first heading of a section, or of a section inside it. */
function firstLevel(pieces: Piece[]): number | undefined {
  for (const piece of pieces) {
    const level =
      piece.kind === 'heading'
        ? piece.level
        : piece.kind === 'section'
          ? firstLevel(piece.pieces)
          : undefined;
    if (level !== undefined) return level;
  }
  return undefined;
}

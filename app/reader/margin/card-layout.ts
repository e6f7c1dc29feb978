/** Cards in the margin: each near its passage, none over another. Pure. */

export interface CardBox {
  /** Where the card would like its top to be. */
  desiredTop: number;
  height: number;
}

/**
 * Tops for boxes given in order of their wishes. The box at `pinned` gets its desiredTop and pushes the others up and
 * down; where that leaves no room above `floor`, all move down together just as far as they must.
 */
export function layoutCards(boxes: readonly CardBox[], pinned = 0, gap = 8, floor = 0): number[] {
  const tops: number[] = new Array(boxes.length).fill(0);
  if (boxes.length === 0) return tops;
  const anchor = Math.min(Math.max(pinned, 0), boxes.length - 1);
  tops[anchor] = boxes[anchor]!.desiredTop;
  for (let i = anchor - 1; i >= 0; i--)
    tops[i] = Math.min(boxes[i]!.desiredTop, tops[i + 1]! - gap - boxes[i]!.height);
  for (let i = 0, least = floor; i < boxes.length; i++) {
    // Up to the anchor tops are set and only pushed down from the floor; after it they follow.
    const desiredTop = i <= anchor ? tops[i]! : boxes[i]!.desiredTop;
    tops[i] = Math.max(desiredTop, least);
    least = tops[i]! + boxes[i]!.height + gap;
  }
  return tops;
}

import { renderWithin } from './render';

/** What the pool's threads do: render several bodies, each for at most `milliseconds`; null for one that takes longer. */
export default function renderAll({
  bodies,
  milliseconds,
}: {
  bodies: string[];
  milliseconds: number;
}): (string | null)[] {
  return bodies.map((body) => renderWithin(body, milliseconds));
}

/** The density of glosses along a text, as bars of a strip beside it. Pure. */

export interface DensityBar {
  /** Top and height in pixels of the strip. */
  top: number;
  height: number;
  /** Relative length of the bar: 1 where the glosses are densest. */
  weight: number;
}

/** Height of a bar with its gap, in pixels of the strip. */
const STEP = 4;
/** Relative length of the shortest bar, so that one gloss among hundreds is still visible. */
const LEAST = 0.25;

/**
 * Bars for glosses that begin at `tops` of a document `extent` pixels high, on a strip of `height` pixels. The square
 * root keeps sparse places visible beside dense ones.
 */
export function densityBars(tops: readonly number[], extent: number, height: number): DensityBar[] {
  const counts = new Uint32Array(Math.max(1, Math.ceil(height / STEP)));
  let most = 0;
  for (const top of tops) {
    const bin = Math.min(counts.length - 1, Math.max(0, Math.floor(((top / extent) * height) / STEP)));
    counts[bin]!++;
    most = Math.max(most, counts[bin]!);
  }
  const bars: DensityBar[] = [];
  for (const [bin, count] of counts.entries()) {
    if (count === 0) continue;
    bars.push({ top: bin * STEP, height: STEP - 1, weight: Math.max(LEAST, Math.sqrt(count / most)) });
  }
  return bars;
}

/** Index of the top nearest to `wanted`; -1 where there are none. */
export function nearestTop(tops: readonly number[], wanted: number): number {
  let best = -1;
  for (const [i, top] of tops.entries()) {
    if (best === -1 || Math.abs(top - wanted) < Math.abs(tops[best]! - wanted)) best = i;
  }
  return best;
}

import type { Anchor } from './schema';

/** A passage or a region, as far as its place in the current revision goes. */
type AnchorState = { anchor: Anchor; settled: boolean };

/**
 * Whether a target waits for a person to say where it belongs: it was found again in doubt or not at all, and nobody has
 * decided on it. `PENDING` in ./store.ts is the same in SQL.
 */
export function isPending({ anchor, settled }: AnchorState): boolean {
  return (anchor === 'fuzzy' || anchor === 'orphaned') && !settled;
}

/**
 * Whether a target may be placed anew. A fuzzy one may not once a person confirmed it; an orphan may at any time, also
 * where somebody left it orphaned.
 */
export function isUnanchored({ anchor, settled }: AnchorState): boolean {
  return anchor === 'orphaned' || isPending({ anchor, settled });
}

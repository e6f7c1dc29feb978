import { type AnnotationRow, type Change, selectVersion } from '@/lib/annotation';
import { AppError, invalidField } from '@/lib/kernel/errors';
import { isUnanchored, type PassageRow } from '@/lib/target';
import type { PlacedRegion } from '@/lib/target/schema';
import { passageSet, regionSet } from './resolved-row';

/** One target of a gloss: the number of a passage, or of a region (`drawn`), from 0. */
export type TargetPosition = { passage: number } | { drawn: number };

/**
 * Undoes the last decision of a person on a target: a confirmed one waits again, a moved one is where it was before.
 * Returns what to write. Throws invalid (no such target) and conflict (nothing was decided on
 * it, or the annotation or its edition has changed since).
 */
export function undoResolution(row: AnnotationRow, position: TargetPosition): Promise<Change> {
  return 'drawn' in position ? undoRegion(row, position.drawn) : undoPassage(row, position.passage);
}

async function undoPassage(row: AnnotationRow, position: number): Promise<Change> {
  const passage = row.passages[position];
  if (!passage) throw invalidField('passage', 'There is no such passage in this gloss.');
  if (passage.settled) return passageSet(row, position, { settled: false });
  const version = await selectVersion(row, row.version - 1);
  const kept = version?.passages as (PassageRow & { position: number })[] | null | undefined;
  const earlier = kept?.find((passage) => passage.position === position);
  // After a publication has moved the passage, its earlier offsets are those of another text.
  const isCurrent = passage.anchorRevision === passage.revision;
  if (!earlier || !isUnanchored(earlier) || isUnanchored(passage) || !isCurrent) throw nothingToUndo();
  const { position: _, ...set } = earlier;
  return {
    ...passageSet(row, position, set),
    fields: { received: version?.received ?? null },
    earlier: { passages: [{ position, ...passage }] },
  };
}

async function undoRegion(row: AnnotationRow, position: number): Promise<Change> {
  const region = row.regions[position];
  if (!region) throw invalidField('drawn', 'There is no such region in this gloss.');
  if (region.settled) return regionSet(row, position, { settled: false });
  const version = await selectVersion(row, row.version - 1);
  const earlier = (version?.regions as PlacedRegion[] | null | undefined)?.[position];
  if (earlier?.anchor !== 'orphaned' || region.anchor === 'orphaned') throw nothingToUndo();
  return {
    ...regionSet(row, position, earlier),
    fields: { received: version?.received ?? null },
    earlier: { regions: row.regions },
  };
}

function nothingToUndo(): AppError {
  return new AppError('conflict', 'There is nothing left to take back: it was changed since.');
}

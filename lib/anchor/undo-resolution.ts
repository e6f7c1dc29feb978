import { type AnnotationRow, insertVersion, selectVersion } from '@/lib/annotation';
import type { Tx } from '@/lib/db';
import { AppError, invalidField } from '@/lib/kernel/errors';
import { isUnanchored, type PassageRow, updatePassage, updateRegion } from '@/lib/target';
import type { PlacedRegion } from '@/lib/target/schema';

/** One target of a gloss: the number of a passage, or of a region (`drawn`), from 0. */
export type TargetPosition = { passage: number } | { drawn: number };

/** Fields of the annotation that an undone decision changes. */
type UndoneFields = { received?: string | null };

/**
 * Undoes the last decision of a person on a target: a confirmed one waits again, a moved one is where it was before.
 * Returns the fields of the annotation to set. Throws invalid (no such target) and conflict (nothing was decided on
 * it, or the annotation or its edition has changed since).
 */
export async function undoResolution(
  tx: Tx,
  row: AnnotationRow,
  position: TargetPosition,
): Promise<UndoneFields> {
  return 'drawn' in position ? undoRegion(tx, row, position.drawn) : undoPassage(tx, row, position.passage);
}

async function undoPassage(tx: Tx, row: AnnotationRow, position: number): Promise<UndoneFields> {
  const passage = row.passages[position];
  if (!passage) throw invalidField('passage', 'There is no such passage in this gloss.');
  if (passage.settled) {
    await updatePassage(tx, row, position, { settledAt: null });
    return {};
  }
  const version = await selectVersion(tx, row, row.version - 1);
  const kept = version?.passages as (PassageRow & { position: number })[] | null | undefined;
  const earlier = kept?.find((passage) => passage.position === position);
  // After a publication has moved the passage, its earlier offsets are those of another text.
  const isCurrent = passage.anchorRevision === passage.revision;
  if (!earlier || !isUnanchored(earlier) || isUnanchored(passage) || !isCurrent) throw nothingToUndo();
  const { position: _, settled, ...fields } = earlier;
  await insertVersion(tx, row, { passages: [{ position, ...passage }], received: row.received });
  await updatePassage(tx, row, position, { ...fields, settledAt: settled ? new Date() : null });
  return { received: version?.received ?? null };
}

async function undoRegion(tx: Tx, row: AnnotationRow, position: number): Promise<UndoneFields> {
  const region = row.regions[position];
  if (!region) throw invalidField('drawn', 'There is no such region in this gloss.');
  if (region.settled) {
    await updateRegion(tx, row, position, { settledAt: null });
    return {};
  }
  const version = await selectVersion(tx, row, row.version - 1);
  const earlier = (version?.regions as PlacedRegion[] | null | undefined)?.[position];
  if (earlier?.anchor !== 'orphaned' || region.anchor === 'orphaned') throw nothingToUndo();
  await insertVersion(tx, row, { regions: row.regions, received: row.received });
  const { x, y, w, h, svg, image: imageId, settled } = earlier;
  const settledAt = settled ? new Date() : null;
  await updateRegion(tx, row, position, { x, y, w, h, svg, imageId, settledAt });
  return { received: version?.received ?? null };
}

function nothingToUndo(): AppError {
  return new AppError('conflict', 'There is nothing left to take back: it was changed since.');
}

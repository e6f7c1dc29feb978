import type { transaction } from '@/lib/db';
import { AppError, invalidField } from '@/lib/kernel/errors';
import { isLost } from './present';
import type { PlacedRegion } from './schema';
import type * as store from './store';
import * as places from './targets/store';
import * as versions from './versions/store';

type Tx = Parameters<Parameters<typeof transaction>[0]>[0];

/** Which place of a gloss: one of its passages, or of its regions, from 0. */
export type TargetPosition = { passage: number } | { drawn: number };

/**
 * Takes back what a person last decided on a place: what was settled waits again, what was moved is where it was
 * before. Gives the fields of the annotation that change with it. Throws invalid (no such place) and conflict (nothing
 * was decided on it, or the note or its edition has changed since).
 */
export async function undoAnchorResolution(tx: Tx, row: store.AnnotationRow, position: TargetPosition) {
  return 'drawn' in position ? undoRegion(tx, row, position.drawn) : undoPassage(tx, row, position.passage);
}

async function undoPassage(tx: Tx, row: store.AnnotationRow, position: number) {
  const place = row.passages[position];
  if (!place) throw invalidField('passage', 'There is no such passage in this gloss.');
  if (place.settled) {
    await places.updatePassage(tx, row, position, { settledAt: null });
    return {};
  }
  const last = await versions.selectVersion(tx, row, row.version - 1);
  const kept = last?.passages as (store.PassageRow & { position: number })[] | null | undefined;
  const found = kept?.find((each) => each.position === position);
  // Where a publication has followed it since, what was before stood in another text.
  const isCurrent = place.anchorRevision === place.revision;
  if (!found || !isLost(found) || isLost(place) || !isCurrent) throw changed();
  const { position: _, settled, ...earlier } = found;
  await versions.insertVersion(tx, row, { passages: [{ position, ...place }], received: row.received });
  await places.updatePassage(tx, row, position, { ...earlier, settledAt: settled ? new Date() : null });
  return { received: last?.received ?? null };
}

async function undoRegion(tx: Tx, row: store.AnnotationRow, position: number) {
  const region = row.regions[position];
  if (!region) throw invalidField('drawn', 'There is no such region in this gloss.');
  if (region.settled) {
    await places.updateRegion(tx, row, position, { settledAt: null });
    return {};
  }
  const last = await versions.selectVersion(tx, row, row.version - 1);
  const earlier = (last?.regions as PlacedRegion[] | null | undefined)?.[position];
  if (earlier?.anchor !== 'orphaned' || region.anchor === 'orphaned') throw changed();
  await versions.insertVersion(tx, row, { regions: row.regions, received: row.received });
  const { x, y, w, h, svg, image: imageId, settled } = earlier;
  const settledAt = settled ? new Date() : null;
  await places.updateRegion(tx, row, position, { ...{ x, y, w, h, svg, imageId, settledAt } });
  return { received: last?.received ?? null };
}

function changed(): AppError {
  return new AppError('conflict', 'There is nothing left to take back: it was changed since.');
}

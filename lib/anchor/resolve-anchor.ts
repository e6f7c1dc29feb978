import { describePassage } from '@/lib/anchoring';
import {
  type AnnotationRow,
  getAnnotation,
  getAnnotationRow,
  insertVersion,
  type Modification,
  modifyAnnotation,
  requireAbility,
} from '@/lib/annotation';
import type { Annotation } from '@/lib/annotation/schema';
import type { Tx } from '@/lib/db';
import { getSection, lockCurrentRevision } from '@/lib/edition';
import { requireWriteScope } from '@/lib/identity';
import type { Viewer } from '@/lib/identity/schema';
import { codePointLength } from '@/lib/kernel/code-points';
import { AppError, invalidField } from '@/lib/kernel/errors';
import { isUnanchored, type PassageRow, resolveRegion, updatePassage, updateRegion } from '@/lib/target';
import type { PlacedRegion } from '@/lib/target/schema';
import type { AnchorResolution } from './schema';
import { undoResolution } from './undo-resolution';

/**
 * Decides on a target that was found again in doubt, or not at all: `confirm` keeps a fuzzy passage where it is, `leave`
 * keeps an orphan, and neither waits any more; `move` puts it on another passage of the current revision, or
 * another region of the present image, and the earlier one is kept with the version; `undo` undoes the last of these.
 * `passage` or `drawn` says which target, from 0.
 * Throws not_found, forbidden, locked, invalid, and conflict (a stale version, or a state that this does not fit).
 */
export async function resolveAnchor(
  viewer: Viewer,
  id: string,
  resolution: AnchorResolution,
): Promise<Annotation> {
  const row = await getAnnotationRow(viewer, id);
  requireWriteScope(viewer);
  if (resolution.action === 'undo') {
    await undo(viewer, row, resolution);
  } else {
    requireAbility(viewer, row, 'reanchor');
    const isOfRegion =
      resolution.drawn !== undefined || (resolution.action === 'move' && resolution.region !== undefined);
    if (isOfRegion) await resolveOrphanedRegion(viewer, row, resolution);
    else await resolvePassage(viewer, row, resolution);
  }
  return getAnnotation(viewer, id);
}

type Move = Extract<AnchorResolution, { action: 'move' }>;
type Decision = Exclude<AnchorResolution, { action: 'undo' }>;

function modificationOf({ version }: AnchorResolution, more: Partial<Modification> = {}): Modification {
  return {
    ability: 'reanchor',
    kind: 'annotation.reanchored',
    version: version ?? 'any',
    refusal: 'conflict',
    ...more,
  };
}

async function undo(viewer: Viewer, row: AnnotationRow, resolution: AnchorResolution): Promise<void> {
  const { passage = 0, drawn } = resolution;
  const position = drawn === undefined ? { passage } : { drawn };
  const { edition } = row.passages[passage] ?? row;
  // The edition is locked before the annotation, in the order in which a publication locks them.
  const before = async (tx: Tx) => void (await lockCurrentRevision(tx, edition));
  // Whoever undoes a decision must have been allowed to take it.
  const modification = modificationOf(resolution, { before, facts: { unanchored: true } });
  await modifyAnnotation(viewer, row.id, modification, (tx, locked) => undoResolution(tx, locked, position));
}

async function resolvePassage(viewer: Viewer, { id, passages }: AnnotationRow, resolution: Decision) {
  const position = resolution.passage ?? 0;
  const passage = passages[position];
  if (!passage) throw invalidField('passage', 'There is no such passage in this gloss.');
  if (resolution.action === 'move') return movePassage(viewer, id, passage, resolution);
  const before = async (tx: Tx) => void (await lockCurrentRevision(tx, passage.edition));
  await modifyAnnotation(viewer, id, modificationOf(resolution, { before }), async (tx, row) => {
    const anchor = row.passages[position]?.anchor;
    if (resolution.action === 'confirm' && anchor !== 'fuzzy') {
      throw new AppError('conflict', 'Only a passage that was found again in doubt can be confirmed.');
    }
    if (resolution.action === 'leave' && anchor !== 'orphaned') {
      throw new AppError('conflict', 'Only a passage that is lost can be left so.');
    }
    await updatePassage(tx, row, position, { settledAt: new Date() });
    return {};
  });
}

/** Puts a gloss on another passage of the current revision. */
async function movePassage(viewer: Viewer, id: string, passage: PassageRow, resolution: Move): Promise<void> {
  const { text, revision } = await getSection(viewer, passage.edition, passage.section);
  const { start = 0, end = 0, passage: position = 0 } = resolution;
  // The same offsets in another text are other words: the person has to choose again.
  const requireCurrent = (current: number | null, meant: number) => {
    if (current !== meant) {
      throw new AppError(
        'conflict',
        'A new revision was published meanwhile. Choose the passage in its text.',
      );
    }
  };
  requireCurrent(revision, resolution.revision ?? revision);
  if (end > codePointLength(text)) {
    throw invalidField('end', 'The section has {length} characters; the passage ends after that.', {
      length: codePointLength(text),
    });
  }
  const before = async (tx: Tx) => requireCurrent(await lockCurrentRevision(tx, passage.edition), revision);
  await modifyAnnotation(viewer, id, modificationOf(resolution, { before }), async (tx, row) => {
    const earlier = row.passages[position];
    if (!earlier || !isUnanchored(earlier)) {
      throw new AppError('conflict', 'Only a passage in doubt, or lost, can be put elsewhere.');
    }
    await insertVersion(tx, row, { passages: [{ position, ...earlier }], received: row.received });
    await updatePassage(tx, row, position, {
      ...describePassage(text, start, end),
      anchor: 'exact',
      revision,
      anchorRevision: revision,
      writtenStart: start,
      writtenEnd: end,
      settledAt: null,
    });
    return { received: withoutTarget(row.received) };
  });
}

/** Decides on a region whose canvas has another image: it stays an orphan, or is drawn anew on that image. */
async function resolveOrphanedRegion(
  viewer: Viewer,
  { id, regions }: AnnotationRow,
  resolution: Decision,
): Promise<void> {
  const position = resolution.drawn ?? 0;
  const orphan = regions[position];
  if (!orphan) throw invalidField('drawn', 'There is no such region in this gloss.');
  const requireOrphaned = (region: PlacedRegion | undefined) => {
    if (region?.anchor === 'orphaned') return;
    throw new AppError('conflict', 'Only a passage in doubt, or lost, can be put elsewhere.');
  };
  if (resolution.action === 'confirm') {
    throw new AppError('conflict', 'Only a passage that was found again in doubt can be confirmed.');
  }
  if (resolution.action === 'leave') {
    await modifyAnnotation(viewer, id, modificationOf(resolution), async (tx, row) => {
      requireOrphaned(row.regions[position]);
      await updateRegion(tx, row, position, { settledAt: new Date() });
      return {};
    });
    return;
  }
  if (resolution.region === undefined) throw invalidField('region', 'Say where it stands now.');
  const region = await resolveRegion(viewer, orphan, resolution.region, resolution.image);
  await modifyAnnotation(viewer, id, modificationOf(resolution), async (tx, row) => {
    requireOrphaned(row.regions[position]);
    await insertVersion(tx, row, { regions: row.regions, received: row.received });
    await updateRegion(tx, row, position, { ...region, settledAt: null });
    return { received: withoutTarget(row.received) };
  });
}

/** A received Web Annotation without its target, since the gloss is no longer on what that target named. */
function withoutTarget(received: string | null): string | null {
  if (received === null) return null;
  const { target: _, ...rest } = JSON.parse(received);
  return JSON.stringify(rest);
}

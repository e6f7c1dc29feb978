import { describePassage } from '@/lib/anchoring';
import {
  type AnnotationRow,
  getAnnotationRow,
  type Modification,
  modifyAnnotation,
  presentAnnotation,
  requireAbility,
} from '@/lib/annotation';
import type { Annotation } from '@/lib/annotation/schema';
import { getCurrentRevision, getSection } from '@/lib/edition';
import { requireWriteScope } from '@/lib/identity';
import type { Viewer } from '@/lib/identity/schema';
import { codePointLength } from '@/lib/kernel/code-points';
import { AppError, invalidField, nullIfNotFound } from '@/lib/kernel/errors';
import { isUnanchored, type PassageRow, resolveRegion } from '@/lib/target';
import type { PlacedRegion } from '@/lib/target/schema';
import { passageSet, regionSet } from './resolved-row';
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
  return presentAnnotation(viewer, await resolveTarget(viewer, row, resolution));
}

async function resolveTarget(
  viewer: Viewer,
  row: AnnotationRow,
  resolution: AnchorResolution,
): Promise<AnnotationRow> {
  if (resolution.action === 'undo') return undo(viewer, row, resolution);
  requireAbility(viewer, row, 'reanchor');
  const isOfRegion =
    resolution.drawn !== undefined || (resolution.action === 'move' && resolution.region !== undefined);
  return isOfRegion
    ? resolveOrphanedRegion(viewer, row, resolution)
    : resolvePassage(viewer, row, resolution);
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

/** The current revision of an edition by its slug, against a publication; nothing of one that the viewer may not read. */
async function currentRevisionOf(viewer: Viewer, edition: string): Promise<Map<string, number>> {
  const revision = await nullIfNotFound(getCurrentRevision(viewer, edition));
  return new Map(revision === null ? [] : [[edition, revision]]);
}

function undo(viewer: Viewer, row: AnnotationRow, resolution: AnchorResolution): Promise<AnnotationRow> {
  const { passage = 0, drawn } = resolution;
  const position = drawn === undefined ? { passage } : { drawn };
  const { edition } = row.passages[passage] ?? row;
  const findRevisions = () => currentRevisionOf(viewer, edition);
  // Whoever undoes a decision must have been allowed to take it.
  const modification = modificationOf(resolution, { findRevisions, facts: { unanchored: true } });
  return modifyAnnotation(viewer, row.id, modification, (now) => undoResolution(now, position));
}

function resolvePassage(
  viewer: Viewer,
  { id, passages }: AnnotationRow,
  resolution: Decision,
): Promise<AnnotationRow> {
  const position = resolution.passage ?? 0;
  const passage = passages[position];
  if (!passage) throw invalidField('passage', 'There is no such passage in this gloss.');
  if (resolution.action === 'move') return movePassage(viewer, id, passage, resolution);
  const findRevisions = () => currentRevisionOf(viewer, passage.edition);
  return modifyAnnotation(viewer, id, modificationOf(resolution, { findRevisions }), (row) => {
    const anchor = row.passages[position]?.anchor;
    if (resolution.action === 'confirm' && anchor !== 'fuzzy') {
      throw new AppError('conflict', 'Only a passage that was found again in doubt can be confirmed.');
    }
    if (resolution.action === 'leave' && anchor !== 'orphaned') {
      throw new AppError('conflict', 'Only a passage that is lost can be left so.');
    }
    return passageSet(row, position, { settled: true });
  });
}

/** Puts a gloss on another passage of the current revision. */
async function movePassage(
  viewer: Viewer,
  id: string,
  passage: PassageRow,
  resolution: Move,
): Promise<AnnotationRow> {
  const { text, revision } = await getSection(viewer, passage.edition, passage.section);
  const { start = 0, end = 0, passage: position = 0 } = resolution;
  // The same offsets in another text are other words: the person has to choose again.
  const requireCurrent = (current: number | undefined, meant: number) => {
    if (current === meant) return;
    throw new AppError('conflict', 'A new revision was published meanwhile. Choose the passage in its text.');
  };
  requireCurrent(revision, resolution.revision ?? revision);
  if (end > codePointLength(text)) {
    throw invalidField('end', 'The section has {length} characters; the passage ends after that.', {
      length: codePointLength(text),
    });
  }
  const findRevisions = async () => {
    const revisions = await currentRevisionOf(viewer, passage.edition);
    requireCurrent(revisions.get(passage.edition), revision);
    return revisions;
  };
  return modifyAnnotation(viewer, id, modificationOf(resolution, { findRevisions }), (row) => {
    const earlier = row.passages[position];
    if (!earlier || !isUnanchored(earlier)) {
      throw new AppError('conflict', 'Only a passage in doubt, or lost, can be put elsewhere.');
    }
    const moved = passageSet(row, position, {
      ...describePassage(text, start, end),
      anchor: 'exact',
      revision,
      anchorRevision: revision,
      writtenStart: start,
      writtenEnd: end,
      settled: false,
    });
    const fields = { received: withoutTarget(row.received) };
    return { ...moved, fields, earlier: { passages: [{ position, ...earlier }] } };
  });
}

/** Decides on a region whose canvas has another image: it stays an orphan, or is drawn anew on that image. */
async function resolveOrphanedRegion(
  viewer: Viewer,
  { id, regions }: AnnotationRow,
  resolution: Decision,
): Promise<AnnotationRow> {
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
    return modifyAnnotation(viewer, id, modificationOf(resolution), (row) => {
      requireOrphaned(row.regions[position]);
      return regionSet(row, position, { settled: true });
    });
  }
  if (resolution.region === undefined) throw invalidField('region', 'Say where it stands now.');
  const { imageId: image, ...region } = await resolveRegion(
    viewer,
    orphan,
    resolution.region,
    resolution.image,
  );
  return modifyAnnotation(viewer, id, modificationOf(resolution), (row) => {
    requireOrphaned(row.regions[position]);
    const drawn = regionSet(row, position, { ...region, image, settled: false });
    return {
      ...drawn,
      fields: { received: withoutTarget(row.received) },
      earlier: { regions: row.regions },
    };
  });
}

/** A received Web Annotation without its target, since the gloss is no longer on what that target named. */
function withoutTarget(received: string | null): string | null {
  if (received === null) return null;
  const { target: _, ...rest } = JSON.parse(received);
  return JSON.stringify(rest);
}

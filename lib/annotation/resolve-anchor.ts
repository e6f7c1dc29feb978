import { describePassage } from '@/lib/anchoring';
import type { transaction } from '@/lib/db';
import { getSection, lockCurrentRevision } from '@/lib/edition';
import { resolveMembership } from '@/lib/group';
import { requireSignedIn, requireWriteScope } from '@/lib/identity';
import type { Viewer } from '@/lib/identity/schema';
import { codePointLength, sliceCodePoints } from '@/lib/kernel/code-points';
import { AppError, invalidField } from '@/lib/kernel/errors';
import type { ListPage } from '@/lib/kernel/list-page';
import { canInGroup } from '@/lib/policy';
import type { AnchorResolution, PendingAnchor } from './anchors/schema';
import { isPending, PENDING, pendingOf } from './anchors/store';
import { isLost, presentAnnotations } from './present';
import { getAnnotation, getAnnotationRow, listAnnotationRows } from './read';
import { resolveRegion } from './resolve-targets';
import type { Annotation, PageRequest, PlacedRegion } from './schema';
import type * as store from './store';
import * as places from './targets/store';
import { undoAnchorResolution } from './undo-anchor-resolution';
import { type Modification, modifyAnnotation, requireAbility } from './update';
import * as versions from './versions/store';

type Tx = Parameters<Parameters<typeof transaction>[0]>[0];

/**
 * Decides where a passage that a publication found in doubt, or not at all, belongs: `confirm` leaves a changed one
 * where it is, `leave` leaves a lost one lost, and neither waits any more; `move` puts it on another passage of the
 * current revision, and the earlier one is kept with the version; `undo` takes the last of these back. `passage` says
 * which, from 0.
 * Throws not_found, forbidden, locked, invalid, and conflict (a stale version, or a state that this does not fit).
 */
export async function resolveAnchor(
  viewer: Viewer,
  id: string,
  settlement: AnchorResolution,
): Promise<Annotation> {
  const row = await getAnnotationRow(viewer, id);
  requireWriteScope(viewer);
  const position = settlement.passage ?? 0;
  if (settlement.action === 'undo') {
    const at = settlement.drawn === undefined ? { passage: position } : { drawn: settlement.drawn };
    // The edition is taken before the note, as a publication does it.
    const { edition } = row.passages[position] ?? row;
    const before = async (tx: Tx) => void (await lockCurrentRevision(tx, edition));
    const how = { ...modificationOf(settlement, before), facts: { unanchored: true } };
    await modifyAnnotation(viewer, id, how, (tx, now) => undoAnchorResolution(tx, now, at));
    return getAnnotation(viewer, id);
  }
  requireAbility(viewer, row, 'reanchor');
  if (settlement.drawn !== undefined || (settlement.action === 'move' && settlement.region !== undefined)) {
    await resolveLostRegion(viewer, row, settlement);
    return getAnnotation(viewer, id);
  }
  const place = row.passages[position];
  if (!place) throw invalidField('passage', 'There is no such passage in this gloss.');
  if (settlement.action === 'move') {
    await move(viewer, id, place, settlement);
    return getAnnotation(viewer, id);
  }
  const before = async (tx: Tx) => void (await lockCurrentRevision(tx, place.edition));
  await modifyAnnotation(viewer, id, modificationOf(settlement, before), async (tx, row) => {
    const anchor = row.passages[position]?.anchor;
    if (settlement.action === 'confirm' && anchor !== 'fuzzy') {
      throw new AppError('conflict', 'Only a passage that was found again in doubt can be confirmed.');
    }
    if (settlement.action === 'leave' && anchor !== 'orphaned') {
      throw new AppError('conflict', 'Only a passage that is lost can be left so.');
    }
    await places.updatePassage(tx, row, position, { settledAt: new Date() });
    return {};
  });
  return getAnnotation(viewer, id);
}

type Move = Extract<AnchorResolution, { action: 'move' }>;

function modificationOf({ version }: AnchorResolution, before?: (tx: Tx) => Promise<void>): Modification {
  const kind = 'annotation.reanchored';
  return {
    ability: 'reanchor',
    kind,
    version: version ?? 'any',
    refusal: 'conflict',
    ...(before && { before }),
  };
}

/** Puts a note on another passage of the current revision. */
async function move(viewer: Viewer, id: string, place: store.PassageRow, settlement: Move): Promise<void> {
  const { text, revision } = await getSection(place.edition, place.section);
  const { start = 0, end = 0, passage: position = 0 } = settlement;
  // Offsets into another text would be other words: whoever chose them has to look again.
  const requireCurrent = (current: number | null, meant: number) => {
    if (current !== meant) {
      throw new AppError(
        'conflict',
        'A new revision was published meanwhile. Choose the passage in its text.',
      );
    }
  };
  requireCurrent(revision, settlement.revision ?? revision);
  if (end > codePointLength(text)) {
    throw invalidField('end', 'The section has {length} characters; the passage ends after that.', {
      length: codePointLength(text),
    });
  }
  const before = async (tx: Tx) => requireCurrent(await lockCurrentRevision(tx, place.edition), revision);
  await modifyAnnotation(viewer, id, modificationOf(settlement, before), async (tx, row) => {
    const earlier = row.passages[position];
    if (!earlier || !isLost(earlier)) {
      throw new AppError('conflict', 'Only a passage in doubt, or lost, can be put elsewhere.');
    }
    await versions.insertVersion(tx, row, { passages: [{ position, ...earlier }], received: row.received });
    await places.updatePassage(tx, row, position, {
      ...{ revision, anchorRevision: revision, ...describePassage(text, start, end), anchor: 'exact' },
      ...{ writtenStart: start, writtenEnd: end, settledAt: null },
    });
    return { received: withoutTarget(row.received) };
  });
}

/**
 * Decides on a region whose canvas has another image: it is left lost, or drawn anew on that image; the earlier one is
 * kept with the version.
 */
async function resolveLostRegion(
  viewer: Viewer,
  { id, regions }: store.AnnotationRow,
  settlement: Exclude<AnchorResolution, { action: 'undo' }>,
): Promise<void> {
  const position = settlement.drawn ?? 0;
  const lost = regions[position];
  if (!lost) throw invalidField('drawn', 'There is no such region in this gloss.');
  const requireLost = (region: PlacedRegion | undefined) => {
    if (region?.anchor === 'orphaned') return;
    throw new AppError('conflict', 'Only a passage in doubt, or lost, can be put elsewhere.');
  };
  if (settlement.action === 'confirm') {
    throw new AppError('conflict', 'Only a passage that was found again in doubt can be confirmed.');
  }
  if (settlement.action === 'leave') {
    await modifyAnnotation(viewer, id, modificationOf(settlement), async (tx, row) => {
      requireLost(row.regions[position]);
      await places.updateRegion(tx, row, position, { settledAt: new Date() });
      return {};
    });
    return;
  }
  if (settlement.region === undefined) throw invalidField('region', 'Say where it stands now.');
  const region = await resolveRegion(lost, settlement.region, settlement.image);
  await modifyAnnotation(viewer, id, modificationOf(settlement), async (tx, row) => {
    requireLost(row.regions[position]);
    await versions.insertVersion(tx, row, { regions: row.regions, received: row.received });
    await places.updateRegion(tx, row, position, { ...region, settledAt: null });
    return { received: withoutTarget(row.received) };
  });
}

/** Where a person put it is told by its passages from now on, no more by the target that it came with. */
function withoutTarget(received: string | null): string | null {
  if (received === null) return null;
  const { target: _, ...rest } = JSON.parse(received);
  return JSON.stringify(rest);
}

/**
 * What waits in a group for the caller to say where it belongs, in order of creation, each with the text that stands
 * there now (null where it is lost). Staff has all that it sees, others what they wrote themselves.
 * Throws not_found, unauthenticated.
 */
export async function listPendingAnchors(
  viewer: Viewer,
  groupSlug: string,
  page: PageRequest,
): Promise<ListPage<PendingAnchor>> {
  const { role } = await resolveMembership(viewer, groupSlug);
  const { id: me } = requireSignedIn(viewer);
  if (!canInGroup(role, 'write')) return { items: [], next: null };
  const only = canInGroup(role, 'moderate') ? PENDING : pendingOf(me);
  const { items, next } = await listAnnotationRows(viewer, groupSlug, {}, page, only);
  const annotations = await presentAnnotations(viewer, items);
  return {
    items: await Promise.all(
      items.map(async (row, i) => {
        const annotation = annotations[i] as Annotation;
        const passage = row.passages.findIndex(isPending);
        if (passage >= 0)
          return { annotation, passage, drawn: null, now: await standingAt(row.passages[passage]) };
        return { annotation, passage: null, drawn: row.regions.findIndex(isPending), now: null };
      }),
    ),
    next,
  };
}

/** The text at a passage's place, in the revision that its offsets count in. */
async function standingAt(passage: store.PassageRow | undefined): Promise<string | null> {
  if (!passage || passage.start === null || passage.end === null) return null;
  const { text } = await getSection(passage.edition, passage.section, passage.anchorRevision);
  return sliceCodePoints(text, passage.start, passage.end);
}

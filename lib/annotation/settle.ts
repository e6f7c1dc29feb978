import { describePassage } from '@/lib/anchoring';
import type { transaction } from '@/lib/db';
import { getSection, holdRevision } from '@/lib/edition';
import { standing } from '@/lib/group';
import { requirePerson } from '@/lib/identity';
import type { Viewer } from '@/lib/identity/schema';
import { AppError, invalidField } from '@/lib/kernel/errors';
import { codePointLength, sliceCodePoints } from '@/lib/kernel/text';
import { isStaff, mayWrite } from '@/lib/policy';
import type { Settlement, WaitingAnchor } from './anchors/schema';
import { ownWaiting, WAITING } from './anchors/store';
import { type Alteration, alter } from './change';
import { present } from './present';
import { getAnnotation, getRow, listRows } from './read';
import type { Annotation, Page } from './schema';
import * as store from './store';

type Tx = Parameters<Parameters<typeof transaction>[0]>[0];

/**
 * Decides where a passage that a publication found in doubt, or not at all, belongs: `confirm` leaves a changed one
 * where it is, `leave` leaves a lost one lost, and neither waits any more; `move` puts it on another passage of the
 * current revision, and the earlier one is kept with the version.
 * Throws not_found, forbidden, locked, invalid, and conflict (a stale version, or a state that this does not fit).
 */
export async function settleAnchor(viewer: Viewer, id: string, settlement: Settlement): Promise<Annotation> {
  const { edition, section } = await getRow(viewer, id);
  if (settlement.action === 'move') {
    await move(viewer, id, { edition, section }, settlement);
    return getAnnotation(viewer, id);
  }
  // The edition is taken before the note, as a publication does it.
  const before = async (tx: Tx) => void (await holdRevision(tx, edition));
  await alter(viewer, id, howOf(settlement, before), async (_, { anchor }) => {
    if (settlement.action === 'confirm' && anchor !== 'fuzzy') {
      throw new AppError('conflict', 'Only a passage that was found again in doubt can be confirmed.');
    }
    if (settlement.action === 'leave' && anchor !== 'orphaned') {
      throw new AppError('conflict', 'Only a passage that is lost can be left so.');
    }
    return { anchorSettledAt: new Date() };
  });
  return getAnnotation(viewer, id);
}

function howOf({ version }: Settlement, before: (tx: Tx) => Promise<void>): Alteration {
  const kind = 'annotation.reanchored';
  return { ability: 'reanchor', kind, version: version ?? 'any', refusal: 'conflict', before };
}

/** Puts a note on another passage of the current revision. */
async function move(
  viewer: Viewer,
  id: string,
  place: { edition: string; section: string },
  settlement: Extract<Settlement, { action: 'move' }>,
): Promise<void> {
  const { text, revision } = await getSection(place.edition, place.section);
  const { start, end } = settlement;
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
  const before = async (tx: Tx) => requireCurrent(await holdRevision(tx, place.edition), revision);
  await alter(viewer, id, howOf(settlement, before), async (tx, row) => {
    const { start: from, end: to, exact, prefix, suffix, anchor, anchorRevision } = row;
    await store.keepVersion(tx, row, {
      ...{ revision: row.revision, start: from, end: to, exact, prefix, suffix, anchor, anchorRevision },
    });
    return {
      ...{ revision, anchorRevision: revision, ...describePassage(text, start, end), anchor: 'exact' },
      ...{ writtenStart: start, writtenEnd: end, anchorSettledAt: null },
    };
  });
}

/**
 * What waits in a group for the caller to say where it belongs, in order of creation, each with the text that stands
 * there now (null where it is lost). Staff has all that it sees, others what they wrote themselves.
 * Throws not_found, unauthenticated.
 */
export async function listWaiting(
  viewer: Viewer,
  groupSlug: string,
  page: Page,
): Promise<{ items: WaitingAnchor[]; next: string | null }> {
  const { role } = await standing(viewer, groupSlug);
  const { id: me } = requirePerson(viewer);
  if (!mayWrite(role)) return { items: [], next: null };
  const only = isStaff(role) ? WAITING : ownWaiting(me);
  const { items, next } = await listRows(viewer, groupSlug, {}, page, only);
  return {
    items: await Promise.all(
      items.map(async (row) => ({ annotation: present(viewer, row), now: await standingAt(row) })),
    ),
    next,
  };
}

/** The text at a note's place, in the revision that its offsets count in. */
async function standingAt({
  edition,
  section,
  anchorRevision,
  start,
  end,
}: store.Row): Promise<string | null> {
  if (start === null || end === null || anchorRevision === null) return null;
  const { text } = await getSection(edition, section, anchorRevision);
  return sliceCodePoints(text, start, end);
}

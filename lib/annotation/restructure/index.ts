/** Threads put in order: a reply put elsewhere, a thread put into another one, a thread begun by a reply. */
import { getCurrentRevision } from '@/lib/edition';
import type { Viewer } from '@/lib/identity/schema';
import { AppError, invalidField } from '@/lib/kernel/errors';
import { copyTargets, deleteTargets } from '@/lib/target';
import { NO_PARTS } from '../constants';
import { type Change, getForAction } from '../modify';
import { ceilingBelow } from '../reply-visibility';
import { isNarrower, type Visibility } from '../schema';
import { type AnnotationFactsRow, selectAbove } from '../store';
import * as store from './store';

const narrower = (one: Visibility, other: Visibility) => (isNarrower(one, other) ? one : other);

/**
 * What puts an annotation with all below it under `parentId`, in its own thread or in another of its group: a root
 * becomes a reply by that, and its passages stay in its earlier version. Nobody sees more of it than before. Throws invalid on /to (no such note, or below itself; of a merge no root), conflict (a private word,
 * an assignment that hides one of the two).
 */
export async function placedUnder(
  viewer: Viewer,
  row: AnnotationFactsRow,
  parentId: string,
  merges: boolean,
): Promise<Change> {
  const parent = await findParent(viewer, row, parentId, merges);
  const above = await selectAbove(row.groupId, parent.id);
  if (above.some(({ id }) => id === row.id)) throw invalidField('to', 'A note cannot stand below itself.');
  const visibility = await visibilityThere(viewer, row, parent, ceilingBelow(above).ceiling);
  const { rootId, edition, section, assignmentId } = parent;
  return {
    fields: {
      ...{ rootId, parentId: parent.id, edition, section, assignmentId, visibility },
      ...{ ...NO_PARTS, revision: null, received: null, locked: false, pinned: false },
    },
    ...(row.parentId === null && { earlier: earlierTargets(row) }),
    depends: [{ id: rootId, version: parent.rootVersion }, ...above],
    whileLocked: async (tx) => {
      if (row.parentId === null) await deleteTargets(tx, row);
      const there = { rootId, edition, section, assignmentId, ceiling: visibility };
      await store.moveBelow(tx, row, there);
    },
  };
}

/** What begins a thread of its own with a reply, on the targets of its root. Throws conflict for a word that is for one person. */
export async function splitOff(viewer: Viewer, row: AnnotationFactsRow): Promise<Change> {
  const { row: root } = await getForAction(viewer, row.rootId);
  const visibility = narrower(row.visibility, root.visibility);
  const { edition, section, assignmentId, revision } = root;
  return {
    fields: { rootId: row.id, parentId: null, visibility, assignmentId, revision, received: null },
    depends: [{ id: root.id, version: root.version }],
    whileLocked: async (tx) => {
      await copyTargets(tx, row.groupId, root.id, row.id);
      const there = { rootId: row.id, edition, section, assignmentId, ceiling: visibility };
      await store.moveBelow(tx, row, there);
    },
  };
}

/** The current revisions of the editions on which the thread of an annotation stands: none may be published meanwhile. */
export async function revisionsOfThread(viewer: Viewer, id: string): Promise<Map<string, number>> {
  const { row } = await getForAction(viewer, id);
  const root = row.parentId === null ? row : (await getForAction(viewer, row.rootId)).row;
  const editions = new Set([root.edition, ...root.passages.map(({ edition }) => edition)]);
  const found = new Map<string, number>();
  for (const edition of editions) found.set(edition, await getCurrentRevision(viewer, edition));
  return found;
}

async function findParent(
  viewer: Viewer,
  row: AnnotationFactsRow,
  parentId: string,
  merges: boolean,
): Promise<AnnotationFactsRow> {
  const found = await getForAction(viewer, parentId).catch((error) => {
    if (error instanceof AppError && error.code === 'not_found') return null;
    throw error;
  });
  const isThere = found && found.row.groupId === row.groupId && found.row.visibility !== 'private';
  if (!isThere || found.row.state === 'deleted') {
    throw invalidField('to', 'There is no such note in this group.');
  }
  if (merges && found.row.parentId !== null) {
    throw invalidField('to', 'Name the note that begins the other thread.');
  }
  return found.row;
}

/** For whom an annotation is once it stands under `parent`: for no more people than it was for. */
async function visibilityThere(
  viewer: Viewer,
  row: AnnotationFactsRow,
  parent: AnnotationFactsRow,
  ceiling: 'author' | 'group',
): Promise<Visibility> {
  if (row.visibility === 'author' && row.parentId !== parent.id) {
    const before = row.parentId === null ? null : await getForAction(viewer, row.parentId);
    if (before?.row.authorId !== parent.authorId) {
      throw new AppError('conflict', 'This is a word for one person: it can answer that person alone.');
    }
  }
  if (row.rootId === parent.rootId) return narrower(row.visibility, ceiling);
  const isOfOne = row.assignmentId === parent.assignmentId;
  const areOpen = await Promise.all(
    [row.rootId, parent.rootId].map((rootId) => store.isOpenThread(row.groupId, rootId)),
  );
  if (!isOfOne && areOpen.includes(false)) {
    throw new AppError(
      'conflict',
      'One of the two threads belongs to an assignment that does not show it to everybody.',
    );
  }
  const root = row.parentId === null ? row : (await getForAction(viewer, row.rootId)).row;
  return narrower(narrower(row.visibility, root.visibility), ceiling);
}

function earlierTargets({ passages, regions }: AnnotationFactsRow) {
  return { passages: passages.map((passage, position) => ({ position, ...passage })), regions };
}

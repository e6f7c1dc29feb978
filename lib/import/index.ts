/** Imports of annotation files into a group: planned, reported, written all or nothing, and undone. */

import { recordActivity } from '@/lib/activity';
import {
  analyzeAnnotations,
  importAnnotations,
  listKnownAnnotations,
  undoImportedAnnotations,
} from '@/lib/annotation';
import { insertAssignmentRecords } from '@/lib/assignment';
import { transaction } from '@/lib/db';
import { type ResolvedMembership, requireGroupAction, resolveMembership } from '@/lib/group';
import { insertGhostUsers, requireModerateScope } from '@/lib/identity';
import type { Viewer } from '@/lib/identity/schema';
import { AppError, notFound } from '@/lib/kernel/errors';
import { isId, newId } from '@/lib/kernel/ids';
import { canOnSite } from '@/lib/policy';
import { lockRevisions } from '@/lib/target';
import type { ImportSource } from './import-source';
import { type ImportPlan, planImport } from './plan-import';
import { buildReport, rejectErrors } from './report';
import type { ImportOptions, ImportRecord, ImportResult, UndoneImport } from './schema';
import { insertImport, lockImports, markUndone, selectImports } from './store';

export type { ImportSource } from './import-source';
export { IMPORT_MAX_BYTES, isImportType } from './parse-upload';
export { readUpload } from './read-upload';
export { moveImportsOfPerson } from './store';

/** Annotations in an import from which on the planner's statistics are renewed. */
const ANALYZE_FROM = 1_000;
/** Timeout of the transaction that writes a file, in seconds. */
const TIMEOUT_SECONDS = 300;

/**
 * Brings a file of annotations into a group, for its staff: all of it or nothing, or with `skipInvalid` all that can be
 * kept. What the group has already is left out. With `dryRun` nothing is stored, and the report says what would be.
 * Throws not_found, forbidden, invalid (one entry per fault, at its place in the file), and conflict (somebody else
 * brought the same meanwhile, or a revision was published). Once `signal` is aborted its reason is thrown, and nothing
 * is stored.
 */
export async function importFile(
  viewer: Viewer,
  slug: string,
  source: ImportSource,
  options: ImportOptions = {},
  signal?: AbortSignal,
): Promise<ImportResult> {
  const { groupId } = await requireImportMembership(viewer, slug);
  const plan = await planImport(viewer, { groupId, slug }, source, options, signal);
  if (options.dryRun) return buildReport(plan, null, options.translate);
  if (!options.skipInvalid) rejectErrors(plan);
  if (plan.rows.length === 0) return buildReport(plan, null, options.translate);
  const id = newId();
  await transaction(
    async (tx) => {
      await lockImports(tx, groupId);
      // The revision in which the targets of each edition were resolved.
      const foundIn = new Map(plan.items.flatMap(({ targets }) => [...(targets?.foundIn ?? [])]));
      const passages = plan.rows.flatMap((row) => row.passages);
      if (!(await lockRevisions(tx, { foundIn, passages }))) throw concurrentChange();
      const origins = plan.rows.flatMap((row) => row.origins);
      const ids = plan.rows.map((row) => row.id);
      const known = await listKnownAnnotations(viewer, groupId, ids, origins, tx);
      if (known.length > plan.known.length) throw concurrentChange();
      await insertGhostUsers(tx, newGhostUsers(plan));
      const { format, rows } = plan;
      await insertImport(tx, { groupId, id, actorId: viewer.id, format, total: rows.length });
      await insertAssignmentRecords(tx, groupId, plan.assignments);
      await importAnnotations(viewer, tx, { groupId, importId: id }, rows);
      await recordActivity(tx, { groupId, kind: 'annotations.imported', actorId: viewer.id });
    },
    { seconds: TIMEOUT_SECONDS, signal },
  );
  if (plan.rows.length >= ANALYZE_FROM) await analyzeAnnotations();
  return buildReport(plan, id, options.translate);
}

/** The imports of a group, newest first, for its staff. Throws not_found, forbidden. */
export async function listImports(viewer: Viewer, slug: string): Promise<ImportRecord[]> {
  const { groupId } = await requireImportMembership(viewer, slug);
  return (await selectImports(groupId)).map(
    ({ id, format, total, actorId, actorName, createdAt, undoneAt }) => ({
      id,
      format,
      total,
      by: actorId === null ? null : { id: actorId, name: actorName ?? '' },
      created: createdAt.toISOString(),
      undone: undoneAt?.toISOString() ?? null,
    }),
  );
}

/**
 * Takes a whole import back, for staff: its annotations are as if they had never come. In a thread where somebody has
 * since written or decided they are deleted, and leave tombstones. Throws not_found, forbidden.
 */
export async function undoImport(viewer: Viewer, slug: string, id: string): Promise<UndoneImport> {
  const { groupId } = await requireImportMembership(viewer, slug);
  if (!isId(id)) throw notFound();
  return transaction(
    async (tx) => {
      await lockImports(tx, groupId);
      if (!(await markUndone(tx, groupId, id))) throw notFound();
      const undone = await undoImportedAnnotations(viewer, tx, groupId, id);
      await recordActivity(tx, { groupId, kind: 'annotations.withdrawn', actorId: viewer.id });
      return undone;
    },
    { seconds: TIMEOUT_SECONDS },
  );
}

/** Throws not_found or forbidden where this group takes no file from the viewer: before anything is unpacked. */
export async function requireImporter(viewer: Viewer, slug: string): Promise<void> {
  await requireImportMembership(viewer, slug);
}

async function requireImportMembership(viewer: Viewer, slug: string): Promise<ResolvedMembership> {
  const membership = await resolveMembership(viewer, slug);
  // The operator has no account that could be signed in.
  if (!canOnSite(viewer, 'act-for-groups')) requireModerateScope(viewer);
  requireGroupAction(membership, 'import');
  return membership;
}

function newGhostUsers({ authors }: ImportPlan): { id: string; name: string }[] {
  const people = new Map(
    authors.all().map(({ match, userId, name }) => [userId, { match, id: userId, name }]),
  );
  return [...people.values()].flatMap(({ match, id, name }) => (match === 'new' ? { id, name } : []));
}

function concurrentChange(): AppError {
  return new AppError('conflict', 'Something changed here while the file was read. Import it again.');
}

import type { ActivityKind } from '@/lib/activity';
import { archived, type Prisma, type Tx, transaction } from '@/lib/db';
import { lockCurrentRevisions } from '@/lib/edition';
import { muted, readOnly } from '@/lib/group';
import { requireWriteScope } from '@/lib/identity';
import type { Viewer } from '@/lib/identity/schema';
import { AppError, notFound } from '@/lib/kernel/errors';
import { isId } from '@/lib/kernel/ids';
import { type Ability, type AnnotationFacts, can } from '@/lib/policy';
import { factsOf } from './present';
import * as store from './store';
import { type EarlierTargets, versionOfWritten } from './versions/store';
import * as written from './write/store';

/** What a modification asks of policy, what it is called in the activity log, and the version that it was made on. */
export type Modification = {
  ability: Ability;
  kind: ActivityKind<'annotation'>;
  version: number | 'any';
  /** The refusal of an old version: `stale` where it came as If-Match, `conflict` where it came in the body. */
  refusal?: 'stale' | 'conflict';
  /** Facts that take the place of the present ones: to undo a decision, one must have been allowed to take it. */
  facts?: Partial<AnnotationFacts>;
  /**
   * Finds the revisions, by edition, that must still be current when the change is written. They are asked for before
   * the annotation is read, so that its passages are not those of an earlier text.
   */
  findRevisions?: () => Promise<Map<string, number>>;
  /** What has changed since the version that the change was made on, for the refusal: facts that the viewer may know. */
  describeChanges?: (viewer: Viewer, row: store.AnnotationFactsRow, since: number) => Promise<object>;
};

/** What a modification writes. */
export type Change = {
  fields: written.AnnotationFields;
  /** Keeps the version before, with those of its targets that change. */
  earlier?: EarlierTargets;
  /** What other rooms write in the same statement (`changeAnnotation`). */
  parts?: Prisma.Sql[];
  /** Other annotations that it depends on; its root is always one. */
  depends?: written.HeldVersion[];
  /** Whatever must be asked or written once the thread is locked, because what is written below it matters. */
  whileLocked?: (tx: Tx) => Promise<void>;
  /** What is other in the row beside `fields`, for the answer. */
  after?: Partial<store.AnnotationRow>;
};

/** Attempts at a change that others come before: each means that one of theirs was written. */
const ATTEMPTS = 100;

/**
 * The one way in which an annotation changes: reads it, checks the version, asks policy, and writes what `work` returns
 * with the event, in one statement that writes only if nothing has changed since; else it begins again. Returns
 * the row as it is now.
 * Throws not_found, unauthenticated, forbidden, locked, and stale or conflict.
 */
export async function modifyAnnotation(
  viewer: Viewer,
  id: string,
  { kind, findRevisions, ...asked }: Modification,
  work: (row: store.AnnotationFactsRow) => Change | Promise<Change>,
): Promise<store.AnnotationRow> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const revisions = await findRevisions?.();
    const { row, actorId } = await getForAction(viewer, id, { replies: true });
    await requireVersion(viewer, row, asked);
    requireAbility(viewer, row, asked.ability, asked.facts);
    const change = await work(row);
    const { fields, earlier, parts = [], after } = change;
    const all = earlier ? [versionOfWritten(earlier), ...parts] : parts;
    const changed = await writeChange(row, { ...change, revisions }, { fields, parts: all, kind, actorId });
    if (changed) {
      const { origins: _, ...columns } = fields;
      return { ...row, ...columns, ...after, ...changed, version: row.version + 1 };
    }
  }
  throw new Error(`Annotation ${id} was changed by others ${ATTEMPTS} times in a row.`);
}

/** Throws stale or conflict where the annotation has another version than the one that the change was made on. */
async function requireVersion(
  viewer: Viewer,
  row: store.AnnotationFactsRow,
  {
    version,
    refusal = 'stale',
    describeChanges,
  }: Pick<Modification, 'version' | 'refusal' | 'describeChanges'>,
): Promise<void> {
  // The version comes before the permission: the abilities depend on a state that the client has not seen.
  if (version === 'any' || version === row.version) return;
  throw new AppError(refusal, 'This was changed since you read it. Read it again, then repeat your change.', {
    extensions: (await describeChanges?.(viewer, row, version)) ?? {},
  });
}

/**
 * Does something about an annotation that changes nothing of it, so that no version, date or ETag tells of it: `work`
 * is done while the annotation stays as it was read. Throws as `modifyAnnotation`.
 */
export async function actOnAnnotation<T>(
  viewer: Viewer,
  id: string,
  asked: Pick<Modification, 'ability' | 'version' | 'refusal' | 'describeChanges'>,
  work: (tx: Tx, row: store.AnnotationFactsRow, actorId: string) => Promise<T>,
): Promise<{ row: store.AnnotationRow; result: T }> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const { row, actorId } = await getForAction(viewer, id, { replies: true });
    await requireVersion(viewer, row, asked);
    requireAbility(viewer, row, asked.ability);
    const done = await transaction(async (tx) => {
      if (!(await written.lockVersions(tx, row.groupId, [{ id, version: row.version }]))) return null;
      return { result: await work(tx, row, actorId) };
    });
    if (done) return { row, ...done };
  }
  throw new Error(`Annotation ${id} was changed by others ${ATTEMPTS} times in a row.`);
}

async function writeChange(
  row: store.AnnotationFactsRow,
  { depends = [], revisions, whileLocked }: Change & written.Held,
  change: written.WrittenChange,
): Promise<Pick<store.AnnotationRow, 'modifiedAt'> | null> {
  const root = row.parentId === null ? [] : [{ id: row.rootId, version: row.rootVersion }];
  const others = depends.filter(({ id }) => id !== row.rootId);
  const annotations = [...root, ...others];
  if (!whileLocked) return written.changeAnnotation(row, change, { revisions, annotations });
  return transaction(async (tx) => {
    if (revisions && !(await lockCurrentRevisions(tx, revisions))) return null;
    const { id, version } = row;
    if (!(await written.lockVersions(tx, row.groupId, [...annotations, { id, version }]))) return null;
    await whileLocked(tx);
    return written.changeAnnotation(row, change, {}, tx);
  });
}

/**
 * A readable annotation for somebody who acts on it (its replies counted where `counted` says so), the id of that person, and the facts for policy. Throws not_found,
 * unauthenticated, and forbidden for a token that only reads.
 */
export async function getForAction(viewer: Viewer, id: string, counted = { replies: false }) {
  const row = isId(id) ? await store.selectForWrite(viewer, id, counted) : null;
  if (!row) throw notFound();
  return { row, actorId: requireWriteScope(viewer).id, facts: factsOf(viewer, row) };
}

/**
 * Throws locked or forbidden where policy does not let `viewer` do this to `row`; `overrides` are facts that take the
 * place of the present ones.
 */
export function requireAbility(
  viewer: Viewer,
  row: store.PolicyRow,
  ability: Ability,
  overrides: Partial<AnnotationFacts> = {},
): void {
  const facts = { ...factsOf(viewer, row), ...overrides };
  if (can(ability, facts)) return;
  if (facts.archived) throw archived();
  if (facts.muted && can(ability, { ...facts, muted: false })) throw muted(viewer, row.groupId);
  if (facts.readOnly && can(ability, { ...facts, readOnly: false })) throw readOnly();
  if (facts.locked && can(ability, { ...facts, locked: false })) {
    throw new AppError('locked', 'This thread is locked: nobody but staff can write in it.');
  }
  if (facts.appeal === 'reserved' && can(ability, { ...facts, appeal: 'open' })) {
    throw new AppError(
      'forbidden',
      'Another member of staff decides on an appeal against your own decision.',
    );
  }
  if (!facts.appealable && can(ability, { ...facts, appealable: true })) {
    throw new AppError('conflict', 'You have appealed against this decision already.');
  }
  throw new AppError('forbidden', 'You may not do this here.');
}

import { type ActivityKind, recordActivity } from '@/lib/activity';
import { archived, type Tx, transaction } from '@/lib/db';
import { requireWriteScope } from '@/lib/identity';
import type { Viewer } from '@/lib/identity/schema';
import { AppError, notFound } from '@/lib/kernel/errors';
import { isId } from '@/lib/kernel/ids';
import { type Ability, type AnnotationFacts, can } from '@/lib/policy';
import { factsOf } from './present';
import * as store from './store';

/** What a modification asks of policy, what it is called in the activity log, and the version that it was made on. */
export type Modification = {
  ability: Ability;
  kind: ActivityKind<'annotation'>;
  version: number | 'any';
  /** The refusal of an old version: `stale` where it came as If-Match, `conflict` where it came in the body. */
  refusal?: 'stale' | 'conflict';
  /** Facts that take the place of the present ones: to undo a decision, one must have been allowed to take it. */
  facts?: Partial<AnnotationFacts>;
  /** Locks that have to be taken in the transaction before the annotation is locked. */
  before?: (tx: Tx) => Promise<void>;
};

/** Fields of an annotation to set. */
export type AnnotationFields = Parameters<typeof store.updateAnnotation>[2];

/**
 * The one way in which an annotation changes: locks it, checks the version, asks policy, sets the fields that `work`
 * returns, and records the activity, in one transaction. Returns the row as it was before.
 * Throws not_found, unauthenticated, forbidden, locked, and stale or conflict.
 */
export async function modifyAnnotation(
  viewer: Viewer,
  id: string,
  { ability, kind, version, refusal = 'stale', facts, before }: Modification,
  work: (tx: Tx, row: store.AnnotationRow) => Promise<AnnotationFields>,
): Promise<store.AnnotationRow> {
  return transaction(async (tx) => {
    await before?.(tx);
    const { row, actorId } = await lockForAction(tx, viewer, id);
    // The version comes before the permission: the abilities depend on a state that the client has not seen.
    if (version !== 'any' && version !== row.version) {
      throw new AppError(
        refusal,
        'This was changed since you read it. Read it again, then repeat your change.',
      );
    }
    requireAbility(viewer, row, ability, facts);
    await store.updateAnnotation(tx, row, await work(tx, row));
    await recordActivity(tx, { groupId: row.groupId, kind, annotationId: id, actorId });
    return row;
  });
}

/**
 * A readable annotation, locked with its root until the transaction ends, the id of the person who acts, and the facts
 * for policy. Throws not_found, unauthenticated, and forbidden for a token that only reads.
 */
export async function lockForAction(tx: Tx, viewer: Viewer, id: string) {
  const row = isId(id) ? await store.lockReadable(tx, viewer, id) : null;
  if (!row) throw notFound();
  return { row, actorId: requireWriteScope(viewer).id, facts: factsOf(viewer, row) };
}

/**
 * Throws locked or forbidden where policy does not let `viewer` do this to `row`; `overrides` are facts that take the
 * place of the present ones.
 */
export function requireAbility(
  viewer: Viewer,
  row: store.AnnotationRow,
  ability: Ability,
  overrides: Partial<AnnotationFacts> = {},
): void {
  const facts = { ...factsOf(viewer, row), ...overrides };
  if (can(ability, facts)) return;
  if (facts.archived) throw archived();
  if (facts.locked && can(ability, { ...facts, locked: false })) {
    throw new AppError('locked', 'This thread is locked: nobody but staff can write in it.');
  }
  throw new AppError('forbidden', 'You may not do this here.');
}

import { recordActivity } from '@/lib/activity';
import { transaction } from '@/lib/db';
import { requireWriteScope } from '@/lib/identity';
import type { Viewer } from '@/lib/identity/schema';
import { AppError, notFound } from '@/lib/kernel/errors';
import { isId } from '@/lib/kernel/ids';
import { requireRenderable } from '@/lib/markdown';
import { type Ability, type AnnotationFacts, can } from '@/lib/policy';
import { factsOf } from './present';
import { getAnnotation } from './read';
import { lockRevisions, type ResolvedTargets, resolveExternalTargets } from './resolve-targets';
import {
  type Annotation,
  type AnnotationChange,
  type ExternalOrigin,
  type ExternalTarget,
  isNarrower,
  type Kind,
  type NewReply,
  type Visibility,
} from './schema';
import * as store from './store';
import * as places from './targets/store';
import * as versions from './versions/store';

/**
 * Changes an annotation by its author; what it said before is kept. `version` is the one that the change was
 * made on. Throws not_found, forbidden, locked, stale, conflict (narrowed after others answered).
 */
export async function updateAnnotation(
  viewer: Viewer,
  id: string,
  change: AnnotationChange,
  version: number | 'any',
): Promise<Annotation> {
  if (change.body !== undefined) await requireRenderable(change.body);
  const how = { ability: 'edit', kind: 'annotation.changed', version } as const;
  await modifyAnnotation(viewer, id, how, async (tx, row) => {
    await requireNotNarrowed(tx, row, change.visibility);
    await versions.insertVersion(tx, row, { received: row.received });
    const { body = row.body, kind = row.kind, tags = row.tags, visibility = row.visibility } = change;
    return { body, kind, tags, visibility };
  });
  return getAnnotation(viewer, id);
}

/** A Web Annotation that takes the place of another; without `places` it stands where it stood. */
export type Replacement = ExternalOrigin &
  Pick<NewReply, 'body' | 'tags' | 'visibility'> & { kind?: Kind; places?: ExternalTarget[] | undefined };

/**
 * Replaces an annotation wholly by its author; what it said before is kept, and where it stood.
 * Throws as `updateAnnotation`, and invalid where a target names no section of ours.
 */
export async function replaceAnnotation(
  viewer: Viewer,
  id: string,
  { places, ...said }: Replacement,
  version: number | 'any',
): Promise<void> {
  await requireRenderable(said.body);
  for (;;) {
    const placing = places && (await resolveExternalTargets(places));
    try {
      return await replace(viewer, id, said, placing, version);
    } catch (error) {
      if (!(error instanceof RevisionChanged)) throw error;
    }
  }
}

async function replace(
  viewer: Viewer,
  id: string,
  said: Omit<Replacement, 'places'>,
  placing: ResolvedTargets | undefined,
  version: number | 'any',
): Promise<void> {
  const before = async (tx: Tx) => {
    if (placing && !(await lockRevisions(tx, placing))) throw new RevisionChanged();
  };
  const how = { ability: 'edit', kind: 'annotation.changed', version, before } as const;
  await modifyAnnotation(viewer, id, how, async (tx, row) => {
    await requireNotNarrowed(tx, row, said.visibility);
    const earlier = row.passages.map((passage, position) => ({ position, ...passage }));
    const stood = placing && { passages: earlier, regions: row.regions };
    await versions.insertVersion(tx, row, { received: row.received, ...stood });
    if (placing) await places.replaceTargets(tx, row, placing);
    return said;
  });
}

/** A revision was published between the finding of passages and their writing: they have to be found again. */
class RevisionChanged extends Error {}

/** What others have answered is not taken from their sight. */
async function requireNotNarrowed(
  tx: Tx,
  row: store.AnnotationRow,
  wished: Visibility | undefined,
): Promise<void> {
  if (!wished || row.parentId !== null || !isNarrower(wished, row.visibility)) return;
  if (await store.hasOtherAuthors(tx, row)) {
    throw new AppError('conflict', 'Others have answered: this can no longer be shown to fewer people.');
  }
}

/** Deletes an annotation by its author: a tombstone stays in its thread. Throws as `updateAnnotation`. */
export async function deleteAnnotation(
  viewer: Viewer,
  id: string,
  version: number | 'any',
): Promise<Annotation> {
  const how = { ability: 'delete', kind: 'annotation.deleted', version } as const;
  await modifyAnnotation(viewer, id, how, async (_, row) => ({ state: 'deleted', deletedFrom: row.state }));
  return getAnnotation(viewer, id);
}

type Tx = Parameters<Parameters<typeof transaction>[0]>[0];
type Fields = Parameters<typeof store.updateAnnotation>[2];

/** What a change asks of policy, what it is called in the events, and the version that it was made on. */
export type Modification = {
  ability: Ability;
  kind: `annotation.${string}`;
  version: number | 'any';
  /** How a stale version is refused: `stale` where it came as If-Match, `conflict` where it came in the body. */
  refusal?: 'stale' | 'conflict';
  /** What policy is to go by instead of what is so now: whoever takes a decision back stands before it again. */
  facts?: Partial<AnnotationFacts>;
  /** What has to be taken in the transaction before the annotation is. */
  before?: (tx: Tx) => Promise<void>;
};

/**
 * The one way in which an annotation changes: locks it, asks policy, checks the version, writes the fields that
 * `work` returns, and records the event, in one transaction. Returns the row as it was before.
 * Throws not_found, unauthenticated, forbidden, locked, and stale or conflict.
 */
export async function modifyAnnotation(
  viewer: Viewer,
  id: string,
  { ability, kind, version, refusal = 'stale', facts, before }: Modification,
  work: (tx: Tx, row: store.AnnotationRow) => Promise<Fields>,
): Promise<store.AnnotationRow> {
  return transaction(async (tx) => {
    await before?.(tx);
    const { row, actorId } = await lockForAction(tx, viewer, id);
    // A stale reader is told so first: what may be done depends on the state that they have not seen yet.
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

/** A readable annotation, locked for the transaction, with who acts and what policy needs to know. */
export async function lockForAction(tx: Tx, viewer: Viewer, id: string) {
  const row = isId(id) ? await store.lockReadable(tx, viewer, id) : null;
  if (!row) throw notFound();
  return { row, actorId: requireWriteScope(viewer).id, facts: factsOf(viewer, row) };
}

/** Throws locked or forbidden where policy does not let `viewer` do this to `row`; `instead` of facts as they are. */
export function requireAbility(
  viewer: Viewer,
  row: store.AnnotationRow,
  ability: Ability,
  instead: Partial<AnnotationFacts> = {},
): void {
  const facts = { ...factsOf(viewer, row), ...instead };
  if (can(ability, facts)) return;
  if (facts.locked && can(ability, { ...facts, locked: false })) {
    throw new AppError('locked', 'This thread is locked: nobody but staff can write in it.');
  }
  throw new AppError('forbidden', 'You may not do this here.');
}

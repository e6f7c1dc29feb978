/** Threads: answering in them, and the acts that concern a thread, not what one of its annotations says. */
import { insertReply, modifyAnnotation, presentAnnotation } from '@/lib/annotation';
import type { Annotation, NewReply } from '@/lib/annotation/schema';
import type { Viewer } from '@/lib/identity/schema';
import { decisionOf } from '@/lib/moderation';
import type { ThreadActionInput } from '@/lib/moderation/schema';

/**
 * Answers any annotation of a thread. The reply keeps the visibility asked for, and is never seen by more people
 * than its root is (lib/policy/readable.ts). `attempt` is as of `createGloss`. Throws not_found, unauthenticated, forbidden, locked.
 */
export async function createReply(
  viewer: Viewer,
  parent: string,
  input: NewReply,
  attempt?: string,
): Promise<Annotation> {
  return presentAnnotation(viewer, await insertReply(viewer, parent, input, attempt));
}

/**
 * Locks, pins, endorses or resolves, or undoes one of these, and logs it as a decision in the same statement.
 * Throws not_found, unauthenticated, forbidden, and conflict where `version` is stale.
 */
export async function actOnThread(viewer: Viewer, id: string, input: ThreadActionInput): Promise<Annotation> {
  const { action, version = 'any' } = input;
  const modification = {
    ability: action,
    kind: `annotation.${action}`,
    version,
    refusal: 'conflict',
  } as const;
  const row = await modifyAnnotation(viewer, id, modification, (row) => ({
    fields: FIELDS[action],
    parts: [decisionOf(viewer, row, input)],
  }));
  return presentAnnotation(viewer, row);
}

/** The field that each act sets. */
const FIELDS = {
  lock: { locked: true },
  unlock: { locked: false },
  pin: { pinned: true },
  unpin: { pinned: false },
  endorse: { endorsed: true },
  unendorse: { endorsed: false },
  resolve: { resolved: true },
  reopen: { resolved: false },
} as const satisfies Record<ThreadActionInput['action'], object>;

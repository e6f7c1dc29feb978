import { recordActivity } from '@/lib/activity';
import {
  type AnnotationRow,
  actOnAnnotation,
  type Change,
  getAnnotationRow,
  insertHiddenVersion,
  modifyAnnotation,
  placedUnder,
  presentAnnotation,
  revisionsOfThread,
  splitOff,
} from '@/lib/annotation';
import type { Annotation, State } from '@/lib/annotation/schema';
import type { Prisma } from '@/lib/db';
import { entryOfWritten, type LoggedAction, recordEntry } from '@/lib/decision-log';
import { requireSignedIn } from '@/lib/identity';
import type { Viewer } from '@/lib/identity/schema';
import { invalidField } from '@/lib/kernel/errors';
import { newId } from '@/lib/kernel/ids';
import { refuseAppeal } from './appeal';
import { answeredAppeal } from './appeal/store';
import { describeChanges } from './describe-changes';
import { keepVersion, keptAsItStood } from './evidence/store';
import { reasonFor } from './reason';
import type { ModerationInput, StateAction } from './schema';
import { dismissFlags, FLAGS_DISMISSED } from './store';

/**
 * Decides on an annotation, and logs the decision in the same transaction. An author restores an own deletion this way,
 * too. Throws not_found, forbidden, invalid (where it is to go), and conflict where `version` is stale, with what changed.
 */
export async function moderateAnnotation(
  viewer: Viewer,
  id: string,
  input: ModerationInput,
): Promise<Annotation> {
  const { action } = input;
  if (action === 'refuse-appeal') return refuseAppeal(viewer, id, input, modificationOf(input));
  if (action === 'hide-version') return hideVersion(viewer, id, input);
  if (action === 'move' || action === 'merge' || action === 'split') return restructure(viewer, id, input);
  // To keep what is published tells nobody that it was reported: nothing of it changes.
  if (action === 'approve' && (await getAnnotationRow(viewer, id)).state === 'published')
    return dismiss(viewer, id, input);
  const decided = await modifyAnnotation(viewer, id, modificationOf(input), async (row) => {
    const { reason, details } = await reasonFor(row.groupId, input);
    const fields = decidedFields(row, { reason, action });
    const decision = newId();
    const isHeldBack = HOLDS_BACK.has(action);
    const parts = [
      FLAGS_DISMISSED,
      decisionOf(viewer, row, { id: decision, action, reason, after: fields.state, details }),
      // An author who brings back what they deleted answers no appeal.
      ...(row.state === 'deleted' ? [] : [answeredAppeal(answerOf(viewer, action, reason))]),
      ...(isHeldBack ? [keptAsItStood(decision)] : []),
    ];
    return { fields, parts, after: { appealable: isHeldBack && row.authorId === viewer.id, appeal: 'none' } };
  });
  return presentAnnotation(viewer, decided);
}

/** What a decision on an appealed note says to the appeal. */
function answerOf(viewer: Viewer, action: StateAction, answer: string) {
  return { outcome: outcomeOf(action), answer, actorId: requireSignedIn(viewer).id };
}

/** Decisions that hold a note back: it is kept as it stood, and an appeal on it is refused by them. */
export const HOLDS_BACK: ReadonlySet<string> = new Set<StateAction>(['hide', 'deny', 'revise']);

/** What a decision makes of an appeal that waits for one. */
export function outcomeOf(action: StateAction): 'granted' | 'refused' {
  return HOLDS_BACK.has(action) ? 'refused' : 'granted';
}

function modificationOf({ action, version }: Pick<ModerationInput, 'action' | 'version'>) {
  const kind = `annotation.${action}` as const;
  return { ability: action, kind, version: version ?? 'any', refusal: 'conflict', describeChanges } as const;
}

/** The fields that a decision sets. */
export function decidedFields(
  row: Pick<AnnotationRow, 'state' | 'deletedFrom' | 'reason'>,
  { action, reason }: Pick<ModerationInput, 'reason'> & { action: StateAction },
) {
  const deletedFrom = row.state === 'deleted' ? null : row.deletedFrom;
  const returned = action === 'revise';
  switch (action) {
    case 'approve':
      return { state: 'published', reason: null, deletedFrom, returned } as const;
    case 'deny':
    case 'revise':
      return { state: 'denied', reason, deletedFrom, returned } as const;
    case 'hide':
      return { state: 'hidden', reason, deletedFrom, returned } as const;
    case 'restore': {
      const state = row.state === 'deleted' ? (row.deletedFrom ?? 'published') : 'published';
      // What moderation held back before its author deleted it is held back again, for the same reason.
      const isHeldBack = state === 'hidden' || state === 'denied';
      return { state, reason: isHeldBack ? row.reason : null, deletedFrom };
    }
  }
}

/**
 * The part of a statement that logs a decision on `row` with what carries it out (`modifyAnnotation`); `after` is the
 * state that it leads to, where it changes that. lib/thread logs its acts with this.
 */
export function decisionOf(
  viewer: Viewer,
  { groupId, id: annotationId, state, version }: AnnotationRow,
  decision: {
    id?: string;
    action: LoggedAction;
    reason: string;
    after?: State;
    details?: object | undefined;
  },
): Prisma.Sql {
  const actorId = requireSignedIn(viewer).id;
  const { after = state, ...more } = decision;
  const entry = { annotationId, actorId, before: state, after, version: version + 1, ...more };
  return entryOfWritten(groupId, entry);
}

/** Dismisses the flags of what is published, and logs that it was kept. */
async function dismiss(viewer: Viewer, id: string, input: ModerationInput): Promise<Annotation> {
  const { row } = await actOnAnnotation(viewer, id, modificationOf(input), async (tx, row, actorId) => {
    const { groupId, state, version } = row;
    await dismissFlags(tx, groupId, [id]);
    const entry = { annotationId: id, actorId, before: state, after: state, version };
    await recordEntry(tx, groupId, { ...entry, action: 'approve', reason: input.reason });
    await recordActivity(tx, { groupId, kind: 'annotation.dismiss', annotationId: id, actorId });
  });
  return presentAnnotation(viewer, row);
}

/** Puts a reply elsewhere, a thread into another, or begins one with a reply. */
async function restructure(viewer: Viewer, id: string, input: ModerationInput): Promise<Annotation> {
  const { action, reason, to } = input;
  if (action !== 'split' && to === undefined) throw invalidField('to', 'Say where it goes.');
  const findRevisions = () => revisionsOfThread(viewer, id);
  await modifyAnnotation(viewer, id, { ...modificationOf(input), findRevisions }, async (row) => {
    const change: Change =
      action === 'split' || to === undefined
        ? await splitOff(viewer, row)
        : await placedUnder(viewer, row, to, action === 'merge');
    const { rootId: root = row.rootId, parentId: parent = null } = change.fields;
    const details = { from: { root: row.rootId, parent: row.parentId }, to: { root, parent } };
    return { ...change, parts: [decisionOf(viewer, row, { action, reason, details })] };
  });
  return presentAnnotation(viewer, await getAnnotationRow(viewer, id));
}

/** Hides one earlier version from everybody but staff; the annotation itself does not change. */
async function hideVersion(viewer: Viewer, id: string, input: ModerationInput): Promise<Annotation> {
  // Without `earlier` the version is the one that is to be hidden, and there is none to compare with.
  const { earlier = input.version, reason } = input;
  const version = input.earlier === undefined ? undefined : input.version;
  if (earlier === undefined) throw invalidField('earlier', 'Say which earlier version.');
  const asked = modificationOf({ ...input, version });
  const { row } = await actOnAnnotation(viewer, id, asked, async (tx, row, actorId) => {
    const { groupId, state } = row;
    if (!(await insertHiddenVersion(tx, row, earlier)))
      throw invalidField('earlier', 'There is no such earlier version, or it is hidden already.');
    const entry = { annotationId: id, actorId, before: state, after: state, version: row.version };
    const decision = newId();
    const details = { earlier };
    await recordEntry(tx, groupId, { ...entry, id: decision, action: 'hide-version', reason, details });
    await keepVersion(tx, row, { decision, version: earlier });
    await recordActivity(tx, { groupId, kind: 'annotation.hide-version', annotationId: id, actorId });
  });
  return presentAnnotation(viewer, row);
}

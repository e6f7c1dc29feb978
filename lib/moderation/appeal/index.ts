import { recordActivity } from '@/lib/activity';
import { actOnAnnotation, getAnnotationRow, presentAnnotation } from '@/lib/annotation';
import type { Annotation } from '@/lib/annotation/schema';
import { recordEntry } from '@/lib/decision-log';
import type { Viewer } from '@/lib/identity/schema';
import { AppError } from '@/lib/kernel/errors';
import { canInGroup, roleIn } from '@/lib/policy';
import type { Appeal, ModerationInput } from '../schema';
import * as store from './store';

/**
 * Says against the decision that holds a note back, once for each decision, by its author alone. Nothing of the note changes
 * by it. Throws not_found, forbidden, conflict where that decision was appealed already.
 */
export async function appealDecision(viewer: Viewer, id: string, words: string): Promise<Appeal> {
  const asked = { ability: 'appeal', version: 'any' } as const;
  await actOnAnnotation(viewer, id, asked, async (tx, row, actorId) => {
    const { groupId, state, version } = row;
    const decision = await store.insertAppeal(tx, row, { authorId: actorId, words });
    if (!decision) throw new AppError('conflict', 'You have appealed against this decision already.');
    const entry = { annotationId: id, actorId, before: state, after: state, version, reason: words };
    await recordEntry(tx, groupId, { ...entry, action: 'appeal', details: { decision } });
    await recordActivity(tx, { groupId, kind: 'annotation.appeal', annotationId: id, actorId });
  });
  const [appeal] = (await listAppeals(viewer, id)).slice(-1);
  if (!appeal) throw new Error(`The appeal on ${id} is not there.`);
  return appeal;
}

/** The appeals on a note, oldest first, for its author and for staff; none for others. Throws not_found. */
export async function listAppeals(viewer: Viewer, id: string): Promise<Appeal[]> {
  const { groupId, authorId } = await getAnnotationRow(viewer, id);
  const isStaff = canInGroup(roleIn(viewer, groupId), 'moderate');
  if (authorId !== viewer.id && !isStaff) return [];
  const appeals = (await store.selectAppeals(groupId, [id])).map(presentAppeal);
  if (isStaff) return appeals;
  return appeals.map((appeal) => ({ ...appeal, decision: { ...appeal.decision, actor: null } }));
}

export function presentAppeal({ annotation: _, created, decided, ...appeal }: store.AppealRow): Appeal {
  return {
    ...appeal,
    created: new Date(created).toISOString(),
    decided: decided === null ? null : new Date(decided).toISOString(),
  };
}

/** Refuses an appeal, with a reason that its author reads; the note stays as it is. Throws as `moderateAnnotation`. */
export async function refuseAppeal(
  viewer: Viewer,
  id: string,
  { reason }: ModerationInput,
  asked: Parameters<typeof actOnAnnotation>[2],
): Promise<Annotation> {
  const { row } = await actOnAnnotation(viewer, id, asked, async (tx, row, actorId) => {
    const { groupId, state, version } = row;
    await store.answerAppeals(tx, groupId, actorId, [{ id, outcome: 'refused', answer: reason }]);
    const entry = { annotationId: id, actorId, before: state, after: state, version, reason };
    await recordEntry(tx, groupId, { ...entry, action: 'refuse-appeal' });
    await recordActivity(tx, { groupId, kind: 'annotation.refuse-appeal', annotationId: id, actorId });
  });
  return presentAnnotation(viewer, { ...row, appeal: 'none' });
}

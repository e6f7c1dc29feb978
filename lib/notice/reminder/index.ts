import { getOverview } from '@/lib/assignment';
import { transaction } from '@/lib/db';
import { requireGroupAction, resolveMembership } from '@/lib/group';
import { requireModerateScope } from '@/lib/identity';
import type { Viewer } from '@/lib/identity/schema';
import { newId } from '@/lib/kernel/ids';
import { mailSoon } from '../make';
import { selectMailedAtOnce } from '../make/store';
import type { ReminderInput } from '../schema';
import { insertReminder } from './store';

/**
 * Writes to the students who still owe something in an assignment: each is told by a notice and, as they wish, by mail. Gives to
 * how many. In a private assignment, of which staff sees nothing, these are all who have not said that they are done.
 * Throws not_found, forbidden, muted.
 */
export async function remindOwing(
  viewer: Viewer,
  slug: string,
  assignmentId: string,
  { words }: ReminderInput,
): Promise<number> {
  const { id: actorId } = requireModerateScope(viewer);
  const membership = await resolveMembership(viewer, slug);
  const { groupId } = membership;
  requireGroupAction(membership, 'assign');
  requireGroupAction(membership, 'write');
  const people = (await getOverview(viewer, slug, assignmentId))
    .filter(({ owes }) => owes)
    .map(({ member }) => member.id);
  if (people.length === 0) return 0;
  await transaction(async (tx) => {
    await insertReminder(tx, { groupId, id: newId(), assignmentId, actorId, words }, people);
    await mailSoon(tx, await selectMailedAtOnce(tx, { users: people }));
  });
  return people.length;
}

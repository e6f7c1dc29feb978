import { randomInt } from 'node:crypto';
import { recordActivity } from '@/lib/activity';
import { transaction } from '@/lib/db';
import { listMembers, listSubgroups, replaceSubgroups } from '@/lib/group';
import type { Subgroup } from '@/lib/group/schema';
import { requireModerateScope } from '@/lib/identity';
import type { Viewer } from '@/lib/identity/schema';
import { requireAssigner, requireAssignmentRow } from './assignment';
import { type ShuffleInput, shuffleInputSchema } from './schema';
import * as store from './store';

/**
 * Puts the students of a group into subgroups by chance, in place of those that there are: for one assignment, or for
 * all that have none of their own. Throws not_found, forbidden.
 */
export async function shuffleSubgroups(
  viewer: Viewer,
  slug: string,
  input: ShuffleInput,
): Promise<Subgroup[]> {
  const { id: actorId } = requireModerateScope(viewer);
  const { groupId } = await requireAssigner(viewer, slug);
  const { size, assignment = null } = shuffleInputSchema.parse(input);
  if (assignment !== null) await requireAssignmentRow(viewer, groupId, assignment);
  const students = (await listMembers(viewer, slug)).filter(({ role }) => role === 'student');
  const subgroups = deal(shuffled(students.map(({ id }) => id)), size);
  await transaction(async (tx) => {
    const named = subgroups.map((members, i) => ({ name: String(i + 1), members }));
    await replaceSubgroups(tx, groupId, assignment, named);
    if (assignment !== null) {
      await store.updateAssignment(tx, { groupId, id: assignment }, { ownSubgroups: true });
    }
    await recordActivity(tx, { groupId, kind: 'group.updated', actorId });
  });
  return (await listSubgroups(viewer, slug)).filter((subgroup) => subgroup.assignment === assignment);
}

/** The same in an order of chance (Fisher and Yates). */
function shuffled<T>(items: T[]): T[] {
  const order = [...items];
  for (let i = order.length - 1; i > 0; i--) {
    const j = randomInt(i + 1);
    [order[i], order[j]] = [order[j] as T, order[i] as T];
  }
  return order;
}

/** Deals people into as many subgroups of `size` as there are, so that none is alone where they do not come out even. */
function deal(people: string[], size: number): string[][] {
  const count = Math.max(1, Math.floor(people.length / size));
  return Array.from({ length: count }, (_, i) => people.filter((__, j) => j % count === i));
}

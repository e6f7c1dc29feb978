import { canInGroup } from '@/lib/policy';
import { fetchAssignments, isWritable } from '../data/assignments';
import { type ReaderStore, watch } from './store';

/**
 * Loads what a member of the group is asked to do on this page. New glosses go to the assignment that the address names,
 * else a student's to the first that is open; staff mostly write beside one.
 */
export function loadAssignments(store: ReaderStore): () => void {
  return watch(
    store,
    ({ me, group }) => (me && group && canInGroup(group.role, 'write') ? group : null),
    (group) => {
      store.set({ assignments: [] });
      if (!group) return;
      let isStopped = false;
      const isStaff = canInGroup(group.role, 'assign');
      void fetchAssignments(group.slug, store.getState())
        .then((assignments) => {
          if (isStopped) return;
          const writable = assignments.filter((assignment) => isWritable(assignment, isStaff));
          const named = writable.find(({ id }) => id === store.getState().assignment);
          const chosen = named ?? (isStaff ? undefined : writable[0]);
          store.set({ assignments, assignment: chosen?.id ?? null });
        })
        // Without them one reads and writes as in a section without an assignment.
        .catch(() => {});
      return () => {
        isStopped = true;
      };
    },
  );
}

/**
 * Reads the assignments again after something was written for one: how much is owed still, and whether one's own gloss
 * has opened the others', which are loaded then.
 */
export async function refreshAssignments(store: ReaderStore): Promise<void> {
  const { group, assignments: before } = store.getState();
  if (!group || before.length === 0) return;
  const assignments = await fetchAssignments(group.slug, store.getState());
  store.set({ assignments });
  const wasUnlocked = assignments.some(
    ({ id, mine }) => mine?.sees && before.some((old) => old.id === id && !old.mine?.sees),
  );
  if (wasUnlocked) store.reload();
}

import { countNotesNaming, eraseNotesOfPerson } from '@/lib/annotation';
import { transaction } from '@/lib/db';
import { eraseReasonsAbout } from '@/lib/decision-log';
import { deleteJobsNaming } from '@/lib/job';
import { newId } from '@/lib/kernel/ids';
import { allowErasing, finishErasure, lockErasure } from '../store';
import * as store from './store';

/** Names that are shorter stand in too many words to look for them. */
const SHORTEST_NAME = 3;

/**
 * Does an erasure: everything, in one transaction, so that it is done whole or tried again. Does nothing where it is done.
 * Afterwards nothing in the database has an id, an address or a word of its person; the logs name somebody whom nothing is
 * known of, and say that it was so.
 */
export async function erasePerson(erasure: string): Promise<void> {
  await transaction(
    async (tx) => {
      const found = await lockErasure(tx, erasure);
      if (!found) return;
      const marks = { ...found.marks, ghost: newId() };
      const { ids } = marks;
      await allowErasing(tx);
      const names = marks.names.filter((name) => name.length >= SHORTEST_NAME);
      const all = found.notes === 'remove';
      if (all) await eraseReasonsAbout(tx, ids);
      const { removed, kept, versions } = await eraseNotesOfPerson(tx, { ids, all });
      await store.insertGhost(tx, marks);
      await store.deleteAddresses(tx, marks);
      const rows = await store.eraseByRegistry(tx, marks);
      const mentions = await store.scrubTexts(tx, marks);
      const named = await countNotesNaming(tx, [marks.ghost], names);
      await deleteJobsNaming(tx, ids);
      await store.deleteUsers(tx, marks);
      const result = { removed, anonymised: kept, versions, mentions, rows, named };
      await finishErasure(tx, erasure, result);
    },
    { seconds: 600 },
  );
}

import { z } from 'zod';
import { eraseDeletedWords } from '@/lib/annotation';
import { config } from '@/lib/config';
import { transaction } from '@/lib/db';
import { erasePerson } from './erase';
import { ERASURE_TASK } from './request-erasure';
import { allowErasing, deleteOldErasures } from './store';

/** What jobs do here, by the names of their tasks. */
export const PRIVACY_TASKS: Record<string, (payload: unknown) => Promise<void>> = {
  [ERASURE_TASK]: (payload) => erasePerson(z.object({ erasure: z.uuid() }).parse(payload).erasure),
  'delete-old-erasures': deleteOldErasures,
  'erase-deleted-words': eraseWordsInTime,
};

/** When they are done by themselves. */
export const PRIVACY_SCHEDULE = [
  { task: 'delete-old-erasures', match: '10 3 * * *' },
  { task: 'erase-deleted-words', match: '20 3 * * *' },
];

/** Erases what was deleted as long ago as the operator has set, some thousands in a transaction; nothing where nothing is set. */
async function eraseWordsInTime(): Promise<void> {
  const { SCHOLION_DELETED_WORDS_DAYS: days } = config();
  if (days === undefined) return;
  const erase = () =>
    transaction(
      async (tx) => {
        await allowErasing(tx);
        return eraseDeletedWords(tx, days);
      },
      { seconds: 300 },
    );
  while ((await erase()) > 0);
}

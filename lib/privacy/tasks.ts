import { z } from 'zod';
import { erasePerson } from './erase';
import { ERASURE_TASK } from './request-erasure';
import { deleteOldErasures } from './store';

/** What jobs do here, by the names of their tasks. */
export const PRIVACY_TASKS: Record<string, (payload: unknown) => Promise<void>> = {
  [ERASURE_TASK]: (payload) => erasePerson(z.object({ erasure: z.uuid() }).parse(payload).erasure),
  'delete-old-erasures': deleteOldErasures,
};

/** When they are done by themselves. */
export const PRIVACY_SCHEDULE = [{ task: 'delete-old-erasures', match: '10 3 * * *' }];

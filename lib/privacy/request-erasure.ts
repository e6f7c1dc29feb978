import { wakeAfterWrite } from '@/lib/activity';
import { withdrawNotesOfPerson } from '@/lib/annotation';
import { config } from '@/lib/config';
import { transaction } from '@/lib/db';
import { endMemberships } from '@/lib/group';
import { type Locale, translator } from '@/lib/i18n';
import {
  closeOwnAccount,
  forgetViewers,
  hashSecret,
  newSecret,
  requireOwnPassword,
  type Viewer,
} from '@/lib/identity';
import { enqueueJobs } from '@/lib/job';
import { notFound } from '@/lib/kernel/errors';
import { newId } from '@/lib/kernel/ids';
import {
  type ErasureAddress,
  type ErasureInput,
  type ErasureState,
  erasedNotesSchema,
  erasureResultSchema,
} from './schema';
import * as store from './store';

/** The task that does an erasure when it is due. */
export const ERASURE_TASK = 'erase-person';
const DAY_MS = 86_400_000;

/** Who asks: the hash of their session, where they ask from, and their language. */
type Asking = { session: string | undefined; address: string; locale: Locale };

/**
 * Begins the erasure of the viewer. At once nobody signs in as them, their name is gone, they are in no group, and with `remove`
 * what they wrote is out of sight; everything else follows when it is due (SCHOLION_ERASURE_DELAY_DAYS). Gives the address at
 * which anybody who has it reads the result. Throws `unauthenticated`, `forbidden` for a token, `invalid` on /password, and
 * `conflict` for the last owner of a group and the last administrator.
 */
export async function requestErasure(
  viewer: Viewer,
  { notes, password }: ErasureInput,
  { session, address, locale }: Asking,
): Promise<ErasureAddress> {
  const { id } = await requireOwnPassword(viewer, { password, session, address });
  const former = translator(locale, 'account')('admin.formerMember');
  const secret = newSecret();
  const due = new Date(Date.now() + config().SCHOLION_ERASURE_DELAY_DAYS * DAY_MS);
  await transaction(
    async (tx) => {
      const account = await closeOwnAccount(tx, id, former);
      await endMemberships(tx, id, id);
      await store.allowErasing(tx);
      for (const groupId of await withdrawNotesOfPerson(tx, { id, all: notes === 'remove' }))
        wakeAfterWrite(groupId, tx);
      const erasure = newId();
      const marks = { ...account, former };
      await store.insertErasure(tx, { id: erasure, secretHash: hashSecret(secret), notes, marks, due });
      await enqueueJobs(tx, [{ task: ERASURE_TASK, payload: { erasure }, key: erasure, at: due }]);
    },
    { seconds: 60 },
  );
  forgetViewers(id);
  return { address: `${config().address}/erasures/${secret}`, due: due.toISOString() };
}

/** How far an erasure is, for whoever has the secret of its address. Throws not_found. */
export async function getErasure(secret: string): Promise<ErasureState> {
  const row = await store.findErasure(hashSecret(secret));
  if (!row) throw notFound();
  return {
    notes: erasedNotesSchema.parse(row.notes),
    requested: row.requestedAt.toISOString(),
    due: row.due.toISOString(),
    done: row.doneAt?.toISOString() ?? null,
    result: row.result === null ? null : erasureResultSchema.parse(row.result),
  };
}

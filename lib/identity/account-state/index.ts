import { type Tx, transaction } from '@/lib/db';
import { AppError, notFound } from '@/lib/kernel/errors';
import { isId } from '@/lib/kernel/ids';
import { toAccount } from '../account';
import type { AccountDetails, AccountStateInput, Viewer } from '../schema';
import { findUser } from '../store';
import { requireAccountManager, requireSignedIn } from '../viewer';
import * as store from './store';

/** An account with what was done to it. For administrators: throws `forbidden`, `not_found`. */
export async function getAccount(viewer: Viewer, id: string): Promise<AccountDetails> {
  requireAccountManager(viewer);
  const row = isId(id) ? await findUser(id) : null;
  if (!row) throw notFound();
  return { ...toAccount(row), changes: await presentChanges(id) };
}

/** What was done to the viewer's own account, newest first: whoever else has set its password should not stay hidden. */
export function listOwnChanges(viewer: Viewer): Promise<AccountDetails['changes']> {
  return presentChanges(requireSignedIn(viewer).id);
}

async function presentChanges(id: string): Promise<AccountDetails['changes']> {
  const rows = await store.selectChanges(id);
  const ids = rows.flatMap(({ actorId, otherId }) => [actorId, otherId]);
  const names = await store.selectNames(ids.filter((known) => known !== null));
  const person = (known: string | null) =>
    known === null ? null : { id: known, name: names.get(known) ?? '' };
  return rows.map(({ kind, actorId, otherId, createdAt }) => ({
    kind: kind as AccountDetails['changes'][number]['kind'],
    actor: person(actorId),
    other: person(otherId),
    created: createdAt.toISOString(),
  }));
}

/**
 * Deactivates an account or lets it be used again, makes its person an administrator or takes that from them. Whoever is
 * deactivated is signed out everywhere, and nothing of theirs disappears. Throws `forbidden`, `not_found`, `conflict`
 * where no administrator would be left, or the account was deleted.
 */
export async function updateAccount(
  viewer: Viewer,
  id: string,
  { admin, active }: AccountStateInput,
): Promise<AccountDetails> {
  const actorId = requireAccountManager(viewer);
  await transaction(async (tx) => {
    const account = await lockRemovable(tx, id, { losesAdmin: admin === false || active === false });
    if (active !== undefined && active !== account.active) {
      if (!active && id === actorId) throw new AppError('conflict', 'You cannot deactivate yourself.');
      await store.updateActive(tx, id, active);
      await store.insertAccountChange(tx, {
        userId: id,
        actorId,
        kind: active ? 'reactivated' : 'deactivated',
      });
    }
    if (admin !== undefined && admin !== account.admin) {
      await store.updateAdmin(tx, id, admin);
      await store.insertAccountChange(tx, {
        userId: id,
        actorId,
        kind: admin ? 'made-admin' : 'unmade-admin',
      });
    }
  });
  return getAccount(viewer, id);
}

/** Locks an account that may be changed. Throws `not_found`, `conflict` for a deleted one and the last administrator's. */
async function lockRemovable(tx: Tx, id: string, { losesAdmin }: { losesAdmin: boolean }) {
  const { account, otherAdmins } = isId(id)
    ? await store.lockAccount(tx, id)
    : { account: undefined, otherAdmins: 0 };
  if (!account) throw notFound();
  if (account.deleted) throw new AppError('conflict', 'This account was deleted.');
  if (losesAdmin && account.admin && otherAdmins === 0)
    throw new AppError('conflict', 'A site needs an administrator: make somebody else one first.');
  return account;
}

/**
 * The part of deleting an account that is identity's: nobody signs in with it again, and its address is free. `name`
 * takes the place of its person's. Throws as `updateAccount`.
 */
export async function closeAccount(
  tx: Tx,
  viewer: Viewer,
  id: string,
  { name }: { name?: string },
): Promise<void> {
  const actorId = requireAccountManager(viewer);
  await lockRemovable(tx, id, { losesAdmin: true });
  if (id === actorId) throw new AppError('conflict', 'You cannot delete yourself.');
  await store.closeAccount(tx, id, { ...(name !== undefined && { name }) });
  await store.insertAccountChange(tx, { userId: id, actorId, kind: 'deleted' });
}

/**
 * Closes an account for its own person: as `closeAccount`. Gives what is known of them by: the ids of the account and of those
 * that were merged into it, their names and their addresses. Throws `conflict` for the last administrator.
 */
export async function closeOwnAccount(
  tx: Tx,
  id: string,
  name: string,
): Promise<{ ids: string[]; names: string[]; emails: string[] }> {
  await lockRemovable(tx, id, { losesAdmin: true });
  const accounts = await store.selectMerged(tx, id);
  const known = (values: (string | null)[]) =>
    [...new Set(values.filter((value) => value !== null && value !== ''))] as string[];
  await store.closeAccount(tx, id, { name });
  await store.insertAccountChange(tx, { userId: id, actorId: id, kind: 'deleted' });
  return {
    ids: accounts.map((account) => account.id),
    names: known(accounts.map((account) => account.name)),
    emails: known(accounts.map((account) => account.email)),
  };
}

/**
 * The part of merging two accounts that is identity's: `from` ends, its other ways of signing in become those of `into`.
 * An administrator does not merge their own account: that would show them what another wrote for themselves alone.
 * Throws as `updateAccount`, and `conflict` where `from` is an administrator's.
 */
export async function mergeSignIns(tx: Tx, viewer: Viewer, from: string, into: string): Promise<void> {
  const actorId = requireAccountManager(viewer);
  if (from === into) throw new AppError('conflict', 'These are one account already.');
  if (actorId === from || actorId === into)
    throw new AppError('forbidden', 'Another administrator has to merge your own account.');
  // In one order, so that two merges do not wait for each other.
  const [first = '', second = ''] = [from, into].sort();
  const locked = [
    await lockRemovable(tx, first, { losesAdmin: false }),
    await lockRemovable(tx, second, { losesAdmin: false }),
  ];
  if (locked.find(({ id }) => id === from)?.admin)
    throw new AppError('conflict', 'This is an administrator: take that away first.');
  await store.moveSignIns(tx, from, into);
  await store.closeAccount(tx, from, { mergedInto: into });
  await store.insertAccountChange(tx, { userId: into, actorId, kind: 'merged', otherId: from });
  await store.insertAccountChange(tx, { userId: from, actorId, kind: 'merged-into', otherId: into });
}

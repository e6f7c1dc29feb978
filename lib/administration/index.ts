/** What administrators do to accounts that every room has a part in: deleting one, merging two of one person. */
import { moveAnnotationsOfPerson } from '@/lib/annotation';
import { moveWorkOfPerson } from '@/lib/assignment';
import { transaction } from '@/lib/db';
import { endMemberships, moveGroupsOfPerson } from '@/lib/group';
import { type Locale, translator } from '@/lib/i18n';
import {
  type AccountDetails,
  closeAccount,
  getAccount,
  mergeSignIns,
  requireAccountManager,
  type Viewer,
} from '@/lib/identity';
import { moveImportsOfPerson } from '@/lib/import';
import { notFound } from '@/lib/kernel/errors';
import { isId } from '@/lib/kernel/ids';
import { moveModerationOfPerson } from '@/lib/moderation';
import { moveNoticesOfPerson } from '@/lib/notice';
import { moveReadMarksOfPerson } from '@/lib/unread';

/**
 * Deletes an account: nobody signs in with it again, its address is free, and it is in no group any more. What its person
 * wrote stays where it stands, under their name or, with `remove`, under words for a former member in `locale`. Throws
 * `forbidden`, `not_found`, and `conflict` for the last administrator and the only owner of a group.
 */
export async function deleteAccount(
  viewer: Viewer,
  id: string,
  { name, locale }: { name: 'keep' | 'remove'; locale: Locale },
): Promise<void> {
  const actorId = requireAccountManager(viewer);
  const formerMember = translator(locale, 'account')('admin.formerMember');
  await transaction(async (tx) => {
    await closeAccount(tx, viewer, id, name === 'remove' ? { name: formerMember } : {});
    await endMemberships(tx, id, actorId);
  });
}

/**
 * Merges two accounts of one person, in one transaction: all that was `from`'s is `into`'s, and `from` ends. Where both
 * have the same thing, the higher role, the later dates and both grades are kept (docs/decisions/0029). The logs still say
 * which account did what. Throws `forbidden`, `not_found`, `conflict`.
 */
export async function mergeAccounts(viewer: Viewer, from: string, into: string): Promise<AccountDetails> {
  requireAccountManager(viewer);
  if (!isId(from) || !isId(into)) throw notFound();
  await transaction(async (tx) => {
    await mergeSignIns(tx, viewer, from, into);
    await moveGroupsOfPerson(tx, from, into);
    await moveWorkOfPerson(tx, from, into);
    await moveAnnotationsOfPerson(tx, from, into);
    await moveModerationOfPerson(tx, from, into);
    await moveImportsOfPerson(tx, from, into);
    await moveNoticesOfPerson(tx, from, into);
    await moveReadMarksOfPerson(tx, from, into);
  });
  return getAccount(viewer, into);
}

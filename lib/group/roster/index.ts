import { recordActivity } from '@/lib/activity';
import { transaction } from '@/lib/db';
import type { Locale } from '@/lib/i18n';
import { canSeeAccounts, findAccountIds, requireModerateScope, type Viewer } from '@/lib/identity';
import { canInGroup } from '@/lib/policy';
import { mailInvitation } from '../email-invitation';
import * as invitations from '../email-invitation/store';
import { forbiddenByRole, lockGroupOf } from '../group-lock';
import type { RosterReport } from '../schema';
import { insertMembers } from '../store';
import { parseRoster, type RosterEntry } from './parse-roster';

/**
 * Brings a class list into a group: its people are invited by their addresses, and are members when they use the server
 * next. Only an administrator, who may see all accounts anyway, adds them at once where they have one. With `dryRun` it
 * only says what would be. What is wrong in a line keeps that line out and no other.
 * Throws forbidden, not_found, invalid where it is no list.
 */
export async function importRoster(
  viewer: Viewer,
  slug: string,
  text: string,
  { dryRun, locale }: { dryRun: boolean; locale: Locale },
): Promise<RosterReport> {
  const { id: actorId } = requireModerateScope(viewer);
  const { entries, wrong } = parseRoster(text);
  const report = await transaction(async (tx) => {
    const group = await lockGroupOf(tx, slug, viewer);
    if (!canInGroup(group.role, 'add-member', { wanted: 'student' })) throw forbiddenByRole();
    const emails = entries.map(({ email }) => email);
    const known = await invitations.selectThere(tx, group.id, emails);
    const accounts = canSeeAccounts(viewer) ? await findAccountIds(tx, emails) : new Map<string, string>();
    const refused: { line: number; why: string }[] = [];
    const fresh: RosterEntry[] = [];
    for (const entry of entries) {
      if (known.has(entry.email)) continue;
      if (canInGroup(group.role, 'add-member', { wanted: entry.role })) fresh.push(entry);
      else refused.push({ line: entry.line, why: 'You may not give this role.' });
    }
    const added = fresh.flatMap(({ email, role }) => {
      const userId = accounts.get(email);
      return userId ? [{ userId, role }] : [];
    });
    const invited = fresh.filter(({ email }) => !accounts.has(email));
    if (!dryRun) {
      await insertMembers(tx, group.id, added);
      await invitations.insertEmailInvitations(tx, group.id, actorId, invited);
      if (fresh.length > 0) {
        await recordActivity(tx, { groupId: group.id, kind: 'invitation.created', actorId });
      }
    }
    return { group: group.name, added: added.length, invited, there: known.size, refused };
  });
  if (!dryRun) {
    for (const { email } of report.invited)
      mailInvitation(viewer, { slug, name: report.group, email, locale });
  }
  return {
    added: report.added,
    invited: report.invited.length,
    there: report.there,
    wrong: [...wrong, ...report.refused].sort((a, b) => a.line - b.line),
  };
}

import { db, type Prisma, type Tx } from '@/lib/db';
import { isUniqueViolation } from '@/lib/db/unique-violation';
import { newId } from '@/lib/kernel/ids';
import type { Role } from '@/lib/policy';

const columns = { id: true, email: true, role: true, createdAt: true } as const;

export type EmailInvitationRow = Prisma.EmailInvitationGetPayload<{ select: typeof columns }>;

/** The group has invited this address already. It ends the transaction. */
export class AlreadyInvited extends Error {}

/** Throws `AlreadyInvited`. */
export async function insertEmailInvitation(
  tx: Tx,
  data: { groupId: string; email: string; role: Role; createdBy: string },
): Promise<EmailInvitationRow> {
  try {
    return await tx.emailInvitation.create({ data: { ...data, id: newId() }, select: columns });
  } catch (error) {
    if (isUniqueViolation(error, 'email_invitation_group_id_email_key')) throw new AlreadyInvited();
    throw error;
  }
}

/** The invitations of a group that wait, oldest first. */
export function selectEmailInvitations(groupId: string): Promise<EmailInvitationRow[]> {
  return db.emailInvitation.findMany({ where: { groupId }, orderBy: { id: 'asc' }, select: columns });
}

export function findEmailInvitation(tx: Tx, groupId: string, id: string): Promise<EmailInvitationRow | null> {
  return tx.emailInvitation.findUnique({ where: { groupId_id: { groupId, id } }, select: columns });
}

export function updateEmailInvitation(
  tx: Tx,
  groupId: string,
  id: string,
  role: Role,
): Promise<EmailInvitationRow> {
  return tx.emailInvitation.update({
    where: { groupId_id: { groupId, id } },
    data: { role },
    select: columns,
  });
}

export async function deleteEmailInvitation(tx: Tx, groupId: string, id: string): Promise<void> {
  await tx.emailInvitation.deleteMany({ where: { groupId, id } });
}

/** Whether a member of the group has this address. */
export async function isMemberAddress(tx: Tx, groupId: string, email: string): Promise<boolean> {
  return (await tx.member.count({ where: { groupId, user: { email } } })) > 0;
}

/**
 * Turns the invitations of an address into memberships of a person, and gives the groups that they are new in, in the
 * order of their ids. A member keeps their role.
 */
export async function acceptInvitations(tx: Tx, userId: string, email: string): Promise<string[]> {
  const rows = await tx.$queryRaw<{ groupId: string }[]>`
    WITH invited AS (DELETE FROM email_invitation i USING "group" g WHERE i.email = ${email} AND g.id = i.group_id
      AND g.archived_at IS NULL AND g.deleted_at IS NULL RETURNING i.group_id, i.role),
    back AS (DELETE FROM former_member f USING invited i WHERE f.group_id = i.group_id AND f.user_id = ${userId}::uuid)
    INSERT INTO member (group_id, user_id, role) SELECT i.group_id, ${userId}::uuid, i.role FROM invited i
    ON CONFLICT DO NOTHING RETURNING group_id AS "groupId"`;
  return rows.map(({ groupId }) => groupId).sort();
}

/** Those of these addresses that are of members, or invited already. */
export async function selectThere(tx: Tx, groupId: string, emails: string[]): Promise<Set<string>> {
  const [members, invited] = await Promise.all([
    tx.member.findMany({
      where: { groupId, user: { email: { in: emails } } },
      select: { user: { select: { email: true } } },
    }),
    tx.emailInvitation.findMany({ where: { groupId, email: { in: emails } }, select: { email: true } }),
  ]);
  return new Set([...members.flatMap(({ user }) => user.email ?? []), ...invited.map(({ email }) => email)]);
}

/** Invites these addresses; one that is invited already stays as it is. */
export async function insertEmailInvitations(
  tx: Tx,
  groupId: string,
  createdBy: string,
  people: { email: string; role: Role }[],
): Promise<void> {
  await tx.emailInvitation.createMany({
    data: people.map(({ email, role }) => ({ groupId, id: newId(), email, role, createdBy })),
    skipDuplicates: true,
  });
}

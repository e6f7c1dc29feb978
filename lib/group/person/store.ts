import { Prisma, type Tx } from '@/lib/db';

/** The groups that would have no owner, or nobody who manages them, without this person, by name. */
export async function selectSoleManaged(tx: Tx, userId: string): Promise<string[]> {
  const rows = await tx.$queryRaw<{ name: string }[]>`
    SELECT g.name FROM member m JOIN "group" g ON g.id = m.group_id
     WHERE m.user_id = ${userId}::uuid AND m.role = 'owner' AND NOT EXISTS (
       SELECT FROM member o WHERE o.group_id = m.group_id AND o.user_id <> m.user_id AND o.role = 'owner')
     ORDER BY g.name LIMIT 20`;
  return rows.map(({ name }) => name);
}

/** Ends all memberships of somebody, and keeps that there were some; gives the ids of the groups. */
export async function endMemberships(tx: Tx, userId: string): Promise<string[]> {
  const rows = await tx.$queryRaw<{ groupId: string }[]>`
    WITH ended AS (DELETE FROM member WHERE user_id = ${userId}::uuid RETURNING group_id)
    INSERT INTO former_member (group_id, user_id, removed) SELECT group_id, ${userId}::uuid, false FROM ended
    RETURNING group_id AS "groupId"`;
  await tx.subgroupMember.deleteMany({ where: { userId } });
  return rows.map(({ groupId }) => groupId);
}

/** Makes what groups know of `from` that of `into`: of two roles the higher one, and in a group where either is a member both are. */
export async function movePerson(tx: Tx, from: string, into: string): Promise<void> {
  await tx.$executeRaw`SELECT set_config('scholion.archived_writes', 'on', true)`;
  const [old, kept] = [Prisma.sql`${from}::uuid`, Prisma.sql`${into}::uuid`];
  // Roles are declared from the highest to the lowest.
  await tx.$executeRaw`
    INSERT INTO member (group_id, user_id, role, joined_at)
    SELECT group_id, ${kept}, role, joined_at FROM member WHERE user_id = ${old}
    ON CONFLICT (group_id, user_id) DO UPDATE
      SET role = least(member.role, excluded.role), joined_at = least(member.joined_at, excluded.joined_at)`;
  await tx.$executeRaw`DELETE FROM member WHERE user_id = ${old}`;
  await tx.$executeRaw`
    INSERT INTO former_member (group_id, user_id, removed, left_at)
    SELECT group_id, ${kept}, removed, left_at FROM former_member WHERE user_id = ${old}
    ON CONFLICT (group_id, user_id) DO UPDATE
      SET removed = former_member.removed OR excluded.removed, left_at = greatest(former_member.left_at, excluded.left_at)`;
  await tx.$executeRaw`
    DELETE FROM former_member f WHERE f.user_id = ${old} OR (f.user_id = ${kept}
      AND EXISTS (SELECT FROM member m WHERE m.group_id = f.group_id AND m.user_id = f.user_id))`;
  await tx.$executeRaw`
    UPDATE subgroup_member n SET user_id = ${kept} WHERE user_id = ${old} AND NOT EXISTS (
      SELECT FROM subgroup_member o WHERE o.group_id = n.group_id AND o.user_id = ${kept}
        AND o.assignment_id IS NOT DISTINCT FROM n.assignment_id)`;
  await tx.subgroupMember.deleteMany({ where: { userId: from } });
  await tx.invitation.updateMany({ where: { createdBy: from }, data: { createdBy: into } });
  await tx.emailInvitation.updateMany({ where: { createdBy: from }, data: { createdBy: into } });
}

/**
 * Whether somebody has or had anything in a group that is none of these, has a role above student in one, or waits for
 * an invitation anywhere.
 */
export async function hasTiesElsewhere(tx: Tx, userId: string, groupIds: string[]): Promise<boolean> {
  const [row] = await tx.$queryRaw<{ found: boolean }[]>`
    SELECT EXISTS (SELECT FROM member m WHERE m.user_id = ${userId}::uuid
             AND (m.role NOT IN ('student', 'reader') OR m.group_id <> ALL(${groupIds}::uuid[])))
        OR EXISTS (SELECT FROM former_member f WHERE f.user_id = ${userId}::uuid
             AND f.group_id <> ALL(${groupIds}::uuid[]))
        OR EXISTS (SELECT FROM email_invitation i JOIN "user" u ON u.email = i.email
             WHERE u.id = ${userId}::uuid) AS found`;
  return row?.found ?? true;
}

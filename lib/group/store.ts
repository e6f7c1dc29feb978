import { db, type Prisma, type Tx } from '@/lib/db';
import { isUniqueViolation } from '@/lib/db/unique-violation';
import { newId } from '@/lib/kernel/ids';
import { type ActingRole, actingRole, type Role } from '@/lib/policy';

const group = {
  id: true,
  slug: true,
  name: true,
  description: true,
  access: true,
  subgroupsApart: true,
  archivedAt: true,
  premoderated: true,
  readOnly: true,
  evidenceDays: true,
  researchWording: true,
  reasons: true,
  tagSet: true,
  _count: { select: { members: true } },
} as const;

export type GroupRow = Prisma.GroupGetPayload<{ select: typeof group }>;

/** The groups with these ids, and all that anybody may read, by name. */
export function selectGroups(ids: string[]): Promise<GroupRow[]> {
  return db.group.findMany({
    where: { deletedAt: null, OR: [{ id: { in: ids } }, { access: { not: 'private' } }] },
    orderBy: { name: 'asc' },
    take: 500,
    select: group,
  });
}

export function findGroup(slug: string): Promise<GroupRow | null> {
  return db.group.findUnique({ where: { slug, deletedAt: null }, select: group });
}

/** The reasons for decisions of a group, as JSON. */
export async function selectReasons(id: string): Promise<unknown> {
  return (await db.group.findUnique({ where: { id }, select: { reasons: true } }))?.reasons ?? [];
}

/** The tags that staff offers in a group. */
export async function selectTagSet(id: string, client: Tx = db): Promise<string[]> {
  return (await client.group.findUnique({ where: { id }, select: { tagSet: true } }))?.tagSet ?? [];
}

/** What a copy of a group takes over. */
export function getSettings(tx: Tx, id: string) {
  return tx.group.findUniqueOrThrow({
    where: { id },
    select: {
      ...{ description: true, access: true, subgroupsApart: true },
      ...{ premoderated: true, evidenceDays: true, reasons: true, tagSet: true },
    },
  });
}

/** Returns the new group's id. Throws `SlugTaken`. */
export async function insertGroup(
  tx: Tx,
  data: Omit<Prisma.GroupUncheckedCreateInput, 'id'>,
): Promise<string> {
  try {
    return (await tx.group.create({ data: { ...data, id: newId() }, select: { id: true } })).id;
  } catch (error) {
    throw isUniqueViolation(error, 'group_slug_key') ? new SlugTaken() : error;
  }
}

export async function updateGroup(tx: Tx, id: string, data: Prisma.GroupUncheckedUpdateInput): Promise<void> {
  await tx.group.update({ where: { id }, data, select: { id: true } });
}

/** Another group has the slug. It ends the transaction; the room refuses, or tries another slug. */
export class SlugTaken extends Error {}

type LockedGroup = {
  id: string;
  name: string;
  access: 'open' | 'restricted' | 'private';
  archived: boolean;
};

/** A group and a user's role in it; its members do not change until the transaction ends. */
export async function lockGroup(
  tx: Tx,
  slug: string,
  userId: string,
): Promise<(LockedGroup & { role: ActingRole | null }) | undefined> {
  // NO KEY UPDATE, so that annotations, whose foreign keys refer to this row, can be written meanwhile.
  const rows = await tx.$queryRaw<LockedGroup[]>`
    SELECT id, name, access::text, archived_at IS NOT NULL AS archived FROM "group"
     WHERE slug = ${slug} AND deleted_at IS NULL FOR NO KEY UPDATE`;
  const found = rows[0];
  if (!found) return undefined;
  const own = await findMember(tx, found.id, userId);
  return { ...found, role: own ? actingRole(own) : null };
}

const member = {
  userId: true,
  role: true,
  joinedAt: true,
  moderates: true,
  premoderated: true,
  mutedUntil: true,
  mutedReason: true,
  user: { select: { name: true, email: true } },
} as const;

export type MemberRow = Prisma.MemberGetPayload<{ select: typeof member }>;

export function selectMembers(groupId: string): Promise<MemberRow[]> {
  return db.member.findMany({
    where: { groupId },
    orderBy: [{ role: 'asc' }, { user: { name: 'asc' } }],
    select: member,
  });
}

/** The names of those who teach these groups: their owners and instructors, in order of joining. */
export async function selectTeachers(groupIds: string[]): Promise<{ groupId: string; name: string }[]> {
  const rows = await db.member.findMany({
    where: { groupId: { in: groupIds }, role: { in: ['owner', 'instructor'] } },
    orderBy: { joinedAt: 'asc' },
    select: { groupId: true, user: { select: { name: true } } },
  });
  return rows.map(({ groupId, user }) => ({ groupId, name: user.name ?? '' }));
}

export function findMember(tx: Tx, groupId: string, userId: string): Promise<MemberRow | null> {
  return tx.member.findUnique({ where: { groupId_userId: { groupId, userId } }, select: member });
}

export async function countManagers(tx: Tx, groupId: string): Promise<{ owners: number; managers: number }> {
  const owners = await tx.member.count({ where: { groupId, role: 'owner' } });
  const instructors = await tx.member.count({ where: { groupId, role: 'instructor' } });
  return { owners, managers: owners + instructors };
}

/** Adds a member, who is no former one from now on. False where they are one already. */
export async function insertMember(tx: Tx, groupId: string, userId: string, role: Role): Promise<boolean> {
  await tx.formerMember.deleteMany({ where: { groupId, userId } });
  const { count } = await tx.member.createMany({ data: { groupId, userId, role }, skipDuplicates: true });
  return count === 1;
}

/** Sets what a member may write for the time being. */
export async function updateMember(
  tx: Tx,
  groupId: string,
  userId: string,
  data: Pick<Prisma.MemberUncheckedUpdateInput, 'mutedUntil' | 'mutedReason' | 'premoderated'>,
): Promise<void> {
  await tx.member.update({
    where: { groupId_userId: { groupId, userId } },
    data,
    select: { userId: true },
  });
}

export function updateRole(
  tx: Tx,
  groupId: string,
  userId: string,
  data: { role: Role; moderates: boolean },
): Promise<MemberRow> {
  return tx.member.update({ where: { groupId_userId: { groupId, userId } }, data, select: member });
}

/** Adds members; who is one already keeps their role. */
export async function insertMembers(
  tx: Tx,
  groupId: string,
  people: { userId: string; role: Role }[],
): Promise<void> {
  const userIds = people.map(({ userId }) => userId);
  await tx.formerMember.deleteMany({ where: { groupId, userId: { in: userIds } } });
  await tx.member.createMany({
    data: people.map((person) => ({ groupId, ...person })),
    skipDuplicates: true,
  });
}

/** Those who are members, by id. */
export async function selectMemberIds(tx: Tx, groupId: string): Promise<Set<string>> {
  const rows = await tx.member.findMany({ where: { groupId }, select: { userId: true } });
  return new Set(rows.map(({ userId }) => userId));
}

/** Whether somebody was a member of a group and is none now: null where they never were. */
export function findFormerMember(
  groupId: string,
  userId: string,
  client: Tx = db,
): Promise<{ removed: boolean } | null> {
  return client.formerMember.findUnique({
    where: { groupId_userId: { groupId, userId } },
    select: { removed: true },
  });
}

/** Ends a membership, and keeps that there was one; `removed` where it was not the member's own wish. */
export async function deleteMember(
  tx: Tx,
  groupId: string,
  userId: string,
  { removed }: { removed: boolean },
): Promise<void> {
  await tx.formerMember.upsert({
    where: { groupId_userId: { groupId, userId } },
    create: { groupId, userId, removed },
    update: { removed, leftAt: new Date() },
    select: { userId: true },
  });
  await tx.member.delete({ where: { groupId_userId: { groupId, userId } }, select: { userId: true } });
}

const invitation = {
  id: true,
  code: true,
  role: true,
  createdAt: true,
  expiresAt: true,
  uses: true,
} as const;

export type InvitationRow = Prisma.InvitationGetPayload<{ select: typeof invitation }>;

export function insertInvitation(
  tx: Tx,
  data: Omit<Prisma.InvitationUncheckedCreateInput, 'id'>,
): Promise<InvitationRow> {
  return tx.invitation.create({ data: { ...data, id: newId() }, select: invitation });
}

/** The invitations that are not revoked, newest first. */
export function selectInvitations(groupId: string): Promise<InvitationRow[]> {
  return db.invitation.findMany({
    where: { groupId, revokedAt: null },
    orderBy: { id: 'desc' },
    select: invitation,
  });
}

/** Returns the number of revoked invitations: 0 where the group has no such one, or it is revoked already. */
export async function revokeInvitation(tx: Tx, groupId: string, id: string): Promise<number> {
  const where = { groupId, id, revokedAt: null };
  return (await tx.invitation.updateMany({ where, data: { revokedAt: new Date() } })).count;
}

export function findInvitation(code: string, client: Tx = db) {
  return client.invitation.findUnique({
    where: { code },
    select: {
      groupId: true,
      id: true,
      role: true,
      expiresAt: true,
      revokedAt: true,
      group: { select: { slug: true, name: true, description: true, deletedAt: true } },
    },
  });
}

export async function countUse(tx: Tx, groupId: string, id: string): Promise<void> {
  await tx.invitation.updateMany({ where: { groupId, id }, data: { uses: { increment: 1 } } });
}

/** The deleted groups of which somebody is owner, newest first. */
export function selectDeletedGroups(userId: string) {
  return db.group.findMany({
    where: { deletedAt: { not: null }, members: { some: { userId, role: 'owner' } } },
    orderBy: { deletedAt: 'desc' },
    take: 50,
    select: { slug: true, name: true, deletedAt: true },
  });
}

/** Brings a deleted group back that this person owned, and gives its id; undefined where there is none. */
export async function restoreGroup(tx: Tx, slug: string, userId: string): Promise<string | undefined> {
  const found = await tx.group.findFirst({
    where: { slug, deletedAt: { not: null }, members: { some: { userId, role: 'owner' } } },
    select: { id: true },
  });
  if (found) await updateGroup(tx, found.id, { deletedAt: null });
  return found?.id;
}

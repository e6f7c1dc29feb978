import { db, Prisma, query } from '@/lib/db';

/** Since when a member agrees to these words; null where they do not. */
export async function findConsent(groupId: string, userId: string, wording: string): Promise<Date | null> {
  const own = await db.researchConsent.findUnique({
    where: { groupId_userId: { groupId, userId }, wording },
    select: { consentedAt: true },
  });
  return own?.consentedAt ?? null;
}

export async function upsertConsent(groupId: string, userId: string, wording: string): Promise<void> {
  await db.researchConsent.upsert({
    where: { groupId_userId: { groupId, userId } },
    create: { groupId, userId, wording },
    update: { wording, consentedAt: new Date() },
    select: { userId: true },
  });
}

export async function deleteConsent(groupId: string, userId: string): Promise<void> {
  await db.researchConsent.deleteMany({ where: { groupId, userId } });
}

/** Somebody who is or was in a group, or wrote in it. */
export type KnownPerson = { id: string; name: string; role: string | null; consents: boolean };

/** Everybody whose name may stand in the notes of a group, with whether they agree to its words of now. */
export function selectKnownPeople(groupId: string): Promise<KnownPerson[]> {
  return query<KnownPerson>(Prisma.sql`
    WITH known AS (
      SELECT user_id AS id FROM member WHERE group_id = ${groupId}::uuid
      UNION SELECT author_id FROM annotation WHERE group_id = ${groupId}::uuid
    )
    SELECT u.id, coalesce(u.name, '') AS name, m.role::text AS role, c.user_id IS NOT NULL AS consents
    FROM known k JOIN "user" u ON u.id = k.id
    JOIN "group" g ON g.id = ${groupId}::uuid
    LEFT JOIN member m ON m.group_id = g.id AND m.user_id = u.id
    LEFT JOIN research_consent c ON c.group_id = g.id AND c.user_id = u.id
      AND g.research_wording <> '' AND c.wording = g.research_wording`);
}

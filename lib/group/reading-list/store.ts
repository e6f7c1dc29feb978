import { db, Prisma, query, type Tx } from '@/lib/db';
import { readableEdition, type VisibilityScope } from '@/lib/policy/readable';

/** An edition on a group's reading list; `sections` are those marked out, none where all of it is read. */
export type ListedEdition = {
  groupId: string;
  edition: string;
  title: string;
  language: string;
  access: 'public' | 'groups';
  sections: string[];
};

/** The published editions on the lists of these groups that `scope` may read, in the order of each list. */
export function selectListedEditions(
  scope: VisibilityScope,
  groupIds: string[],
  tx?: Tx,
): Promise<ListedEdition[]> {
  const statement = Prisma.sql`
    SELECT l.group_id AS "groupId", l.edition, e.title, e.language, e.access::text, l.sections
      FROM reading_list_item l JOIN edition e ON e.slug = l.edition
     WHERE l.group_id = ANY(${groupIds}::uuid[]) AND e.current IS NOT NULL AND ${readableEdition(scope)}
     ORDER BY l.group_id, l.position`;
  return tx ? tx.$queryRaw<ListedEdition[]>(statement) : query<ListedEdition>(statement);
}

/** A section of a listed edition's current text, and whether the group marked it out. */
export type ListedSection = { edition: string; id: string; title: string };

/**
 * Of each listed edition that `scope` may read the sections that are marked out, else its first ones, `most` at most, in
 * the order of the text.
 */
export function selectListedSections(
  scope: VisibilityScope,
  groupId: string,
  most: number,
): Promise<ListedSection[]> {
  return query<ListedSection>(Prisma.sql`
    SELECT l.edition, s.id, s.title FROM reading_list_item l
      JOIN edition e ON e.slug = l.edition
     CROSS JOIN LATERAL (
       SELECT s.id, s.title, s.position FROM section s
        WHERE s.edition = e.slug AND s.revision = e.current AND s.kind = 'section'
          AND (l.sections = '{}' OR s.id = ANY(l.sections)) ORDER BY s.position LIMIT ${most}) s
     WHERE l.group_id = ${groupId}::uuid AND ${readableEdition(scope)} ORDER BY l.position, s.position`);
}

/** Everything on a group's list, whoever may read it. */
export function selectItems(tx: Tx, groupId: string): Promise<{ edition: string; sections: string[] }[]> {
  return tx.readingListItem.findMany({
    where: { groupId },
    orderBy: { position: 'asc' },
    select: { edition: true, sections: true },
  });
}

/** Makes these the list of a group, in this order. */
export async function replaceItems(
  tx: Tx,
  groupId: string,
  items: { edition: string; sections?: string[] | undefined }[],
): Promise<void> {
  await tx.readingListItem.deleteMany({ where: { groupId } });
  await tx.readingListItem.createMany({
    data: items.map(({ edition, sections = [] }, position) => ({ groupId, position, edition, sections })),
  });
}

/** Puts an edition at the end of the lists of these groups, unless it is on them. */
export async function appendToLists(tx: Tx, groupIds: string[], edition: string): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO reading_list_item (group_id, position, edition)
    SELECT g.id, (SELECT coalesce(max(l.position) + 1, 0) FROM reading_list_item l WHERE l.group_id = g.id), ${edition}
      FROM unnest(${groupIds}::uuid[]) AS g(id)
    ON CONFLICT (group_id, edition) DO NOTHING`;
}

/** Takes an edition that is deleted off every list. */
export async function deleteFromAllLists(tx: Tx, edition: string): Promise<void> {
  await tx.readingListItem.deleteMany({ where: { edition } });
}

/** Takes an edition off the lists of these groups. */
export async function deleteFromLists(tx: Tx, groupIds: string[], edition: string): Promise<void> {
  await tx.readingListItem.deleteMany({ where: { groupId: { in: groupIds }, edition } });
}

const group = { id: true, slug: true, name: true } as const;

/** The groups that have an edition on their list, by name. */
export function selectReadingGroups(
  edition: string,
  tx: Tx = db,
): Promise<{ id: string; slug: string; name: string }[]> {
  return tx.group.findMany({
    where: { readingList: { some: { edition } } },
    orderBy: { name: 'asc' },
    take: 1_000,
    select: group,
  });
}

/** The groups with these slugs. */
export function selectGroupsBySlug(
  tx: Tx,
  slugs: string[],
): Promise<{ id: string; slug: string; name: string }[]> {
  return tx.group.findMany({ where: { slug: { in: slugs } }, select: group });
}

/** Locks these groups until the transaction ends, in one order for all writers. */
export async function lockGroups(tx: Tx, ids: string[]): Promise<void> {
  await tx.$queryRaw`SELECT id FROM "group" WHERE id = ANY(${ids}::uuid[]) ORDER BY id FOR NO KEY UPDATE`;
}

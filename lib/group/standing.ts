import { Prisma, query } from '@/lib/db';
import { notFound } from '@/lib/kernel/errors';
import type { Role } from '@/lib/policy';

/** Where a viewer stands in a group: `reader` for anybody in a publicly readable one. */
export type Standing = { groupId: string; slug: string; name: string; role: Role; member: boolean };

type Viewer = { memberships: { groupId: string; slug: string; name: string; role: Role }[] };

/**
 * Where `viewer` stands in the group `slug`. Throws not_found where the group is not theirs to know of,
 * exactly as where there is none.
 */
export async function standing(viewer: Viewer, slug: string): Promise<Standing> {
  const own = viewer.memberships.find((membership) => membership.slug === slug);
  if (own) return { groupId: own.groupId, slug, name: own.name, role: own.role, member: true };
  const [open] = await query<{ id: string; name: string }>(
    Prisma.sql`SELECT id, name FROM "group" WHERE slug = ${slug} AND access <> 'private'`,
  );
  if (!open) throw notFound();
  return { groupId: open.id, slug, name: open.name, role: 'reader', member: false };
}

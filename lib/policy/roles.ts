/** Roles in a group, the most powerful first. `admin` is no role: it belongs to the site (./site.ts). */
export const ROLES = ['owner', 'instructor', 'assistant', 'student', 'reader'] as const;
export type Role = (typeof ROLES)[number];

/**
 * Whether a role is one of a group's staff, who see everything but what is private. Only policy asks this: rooms and
 * pages ask `canInGroup` or `can`, so that a rule stands in one place.
 */
export function isStaff(role: Role | null): boolean {
  return role === 'owner' || role === 'instructor' || role === 'assistant';
}

/** The role of a viewer with these memberships in a group; null for no member. */
export function roleIn(
  { memberships }: { memberships: { groupId: string; role: Role }[] },
  groupId: string,
): Role | null {
  return memberships.find((membership) => membership.groupId === groupId)?.role ?? null;
}

/** Roles in a group, the most powerful first. `admin` is no role: it belongs to the site (./site.ts). */
export const ROLES = ['owner', 'instructor', 'assistant', 'student', 'reader'] as const;
export type Role = (typeof ROLES)[number];

/** What policy judges a member by: a student who was given the right to moderate, and nothing else of staff, is `moderator`. */
export type ActingRole = Role | 'moderator';

/** A member's role, and whether they were given the right to moderate beside it. */
export type GivenRole = { role: Role; moderates?: boolean };

/** The role that a member acts in. Staff moderates anyway, and a reader writes nothing, so the right adds to a student alone. */
export function actingRole({ role, moderates = false }: GivenRole): ActingRole {
  return role === 'student' && moderates ? 'moderator' : role;
}

/** Whether a role is one of a group's staff. Only policy asks this: rooms and pages ask `canInGroup` or `can`. */
export function isStaff(role: ActingRole | null): boolean {
  return role === 'owner' || role === 'instructor' || role === 'assistant';
}

/** Whether a role sees everything in a group but what is private: staff, and who moderates. */
export function seesAll(role: ActingRole | null): boolean {
  return isStaff(role) || role === 'moderator';
}

/** The role in which a viewer with these memberships acts in a group; null for no member. */
export function roleIn(
  { memberships }: { memberships: (GivenRole & { groupId: string })[] },
  groupId: string,
): ActingRole | null {
  const own = memberships.find((membership) => membership.groupId === groupId);
  return own ? actingRole(own) : null;
}

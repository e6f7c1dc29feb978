import { isStaff, type Role } from '.';

/** What may be done to a group itself; what may be done to its notes is in ./index.ts. */
export type GroupAction =
  | 'read'
  | 'members'
  | 'emails'
  | 'invite'
  | 'settings'
  | 'add-member'
  | 'set-role'
  | 'remove-member';

/** What a decision needs beside the viewer's own role. */
export type GroupFacts = {
  access?: 'open' | 'restricted' | 'private';
  /** Role of the member whom it is about, before. */
  target?: Role;
  /** Role that they would have after. */
  wanted?: Role;
  /** Whether the member is the viewer. */
  self?: boolean;
};

/**
 * Whether someone with `role` (null: no member) may do `action`. Owners and instructors manage members,
 * invitations and settings; only an owner touches an owner or makes one; whoever may read a group need not know
 * who is in it, its members may; e-mail addresses are for staff.
 */
export function canInGroup(role: Role | null, action: GroupAction, facts: GroupFacts = {}): boolean {
  const manages = role === 'owner' || role === 'instructor';
  const touchesOwner = facts.target === 'owner' || facts.wanted === 'owner';
  switch (action) {
    case 'read':
      return role !== null || (facts.access !== undefined && facts.access !== 'private');
    case 'members':
      return role !== null;
    case 'emails':
      return isStaff(role);
    case 'invite':
    case 'settings':
      return manages;
    case 'add-member':
    case 'set-role':
      return manages && (!touchesOwner || role === 'owner');
    case 'remove-member':
      return role !== null && (facts.self === true || (manages && (!touchesOwner || role === 'owner')));
  }
}

/** Whether a group would have no owner left if `target` became `wanted` (null: left), with `owners` owners now. */
export function losesLastOwner(owners: number, target: Role, wanted: Role | null): boolean {
  return target === 'owner' && wanted !== 'owner' && owners <= 1;
}

import { type ActingRole, isStaff, type Role, seesAll } from './roles';
import type { SiteFacts } from './site';

/** What may be done to a group, or in it as a whole; what may be done to one annotation is in ./annotation.ts. */
export type GroupAction =
  | 'read'
  | 'join'
  | 'members'
  | 'emails'
  | 'invite'
  | 'settings'
  | 'own'
  | 'add-member'
  | 'set-role'
  | 'remove-member'
  | 'password-link'
  | 'write'
  | 'moderate'
  | 'import'
  | 'restrain'
  | 'assign'
  | 'audit';

/** What a decision needs beside the viewer's own role. */
export type GroupFacts = {
  access?: 'open' | 'restricted' | 'private';
  /** Whether the viewer is a person with an account. */
  signedIn?: boolean;
  /** The present role of the member whom the action concerns. */
  target?: Role;
  /** The role that this member would get. */
  wanted?: Role;
  /** Whether this member is the viewer. */
  self?: boolean;
  /** Whether the group can only be read. */
  archived?: boolean;
  /** Whether nobody but staff writes in it, and whether the viewer writes nothing, for the time being. */
  readOnly?: boolean;
  muted?: boolean;
  /** What the viewer's session or token lets them do at all; left out, everything. */
  scope?: SiteFacts['scope'];
};

/** `role` is null for a viewer who is no member. */
type GroupRule = (role: ActingRole | null, facts: GroupFacts) => boolean;

const member: GroupRule = (role) => role !== null;
const manager: GroupRule = (role) => role === 'owner' || role === 'instructor';
const staff: GroupRule = (role) => isStaff(role);
const moderator: GroupRule = (role) => seesAll(role);
/** Only an owner touches an owner or makes one. */
const managerOfTarget: GroupRule = (role, facts) => {
  const touchesOwner = facts.target === 'owner' || facts.wanted === 'owner';
  return manager(role, facts) && (!touchesOwner || role === 'owner');
};

/** The rule of each action. An action that is not in this table does not exist. */
const RULES: Record<GroupAction, GroupRule> = {
  join: (role, { access, signedIn }) => role === null && access === 'open' && signedIn === true,
  read: (role, { access }) => role !== null || (access !== undefined && access !== 'private'),
  members: member,
  emails: staff,
  invite: manager,
  settings: manager,
  /** Hand over, delete. */
  own: (role) => role === 'owner',
  'add-member': managerOfTarget,
  'set-role': managerOfTarget,
  'remove-member': (role, facts) => role !== null && (facts.self === true || managerOfTarget(role, facts)),
  // Whoever holds the link is that person: never for anybody who has more rights than a student.
  'password-link': (role, { target, ...facts }) =>
    manager(role, facts) && (target === 'student' || target === 'reader'),
  write: (role, { muted, readOnly }) =>
    role !== null && role !== 'reader' && !muted && (!readOnly || seesAll(role)),
  moderate: moderator,
  import: (role, facts) => staff(role, facts) && !facts.muted,
  // Mute, warn, or hold back what a member writes: who moderates with students and readers, managers with assistants too.
  restrain: (role, { target }) =>
    moderator(role, {}) && (!isStaff(target ?? null) || (manager(role, {}) && target === 'assistant')),
  assign: staff,
  /** Take the signed end of the record, to check it later. */
  audit: member,
};

/** What is still done in a group that is archived: reading. */
const READING = new Set<GroupAction>([
  'read',
  'members',
  'emails',
  'settings',
  'own',
  'moderate',
  'assign',
  'audit',
]);

/** Actions that a token which writes does not do, and those that one which only reads does not do either. */
const MANAGING = new Set<GroupAction>(['invite', 'settings', 'own', 'import']);
const WRITING = new Set<GroupAction>(['join', 'write']);

function allowsScope(scope: SiteFacts['scope'], action: GroupAction): boolean {
  if (scope === 'session' || scope === 'moderate') return true;
  return !MANAGING.has(action) && (scope === 'write' || !WRITING.has(action));
}

/** Whether a viewer with `role` (null: no member) may do `action`. */
export function canInGroup(role: ActingRole | null, action: GroupAction, facts: GroupFacts = {}): boolean {
  if (facts.scope && !allowsScope(facts.scope, action)) return false;
  if (facts.archived && !READING.has(action)) return false;
  return RULES[action](role, facts);
}

/**
 * Whether a group would lose its last owner, or the last who can manage it, if `target` became `wanted` (null: left);
 * `owners` and `managers` (owners and instructors) count those of now.
 */
export function losesLastManager(
  { owners, managers }: { owners: number; managers: number },
  target: Role,
  wanted: Role | null,
): 'owner' | 'manager' | null {
  if (target === 'owner' && wanted !== 'owner' && owners <= 1) return 'owner';
  return manager(target, {}) && !manager(wanted, {}) && managers <= 1 ? 'manager' : null;
}

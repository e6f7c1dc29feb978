/**
 * Who may do what: pure, without database or clock, the same on the server and in the browser. Who may *see*
 * what is lib/policy/readable.ts, one SQL condition. The two are law (design.md, "Who sees a note").
 */

export const ROLES = ['owner', 'instructor', 'assistant', 'student', 'reader'] as const;
export type Role = (typeof ROLES)[number];

/** Staff moderates, and reads all but what is private. */
export function isStaff(role: Role | null): boolean {
  return role === 'owner' || role === 'instructor' || role === 'assistant';
}

/** Who may write glosses and replies. A `reader` may not. */
export function canWrite(role: Role | null): boolean {
  return isStaff(role) || role === 'student';
}

export const ABILITIES = [
  ...(['reply', 'edit', 'delete', 'flag'] as const),
  ...(['approve', 'deny', 'hide', 'restore', 'lock', 'unlock', 'pin', 'unpin'] as const),
  ...(['endorse', 'unendorse', 'resolve', 'reopen', 'reanchor'] as const),
] as const;
export type Ability = (typeof ABILITIES)[number];

/** What is known of an annotation that its viewer can see. */
export type AnnotationFacts = {
  role: Role | null;
  /** Whether they came with what lets them moderate: a session, or a token for it. */
  moderates: boolean;
  /** Whether the viewer wrote it. */
  mine: boolean;
  /** Whether it begins its thread. */
  root: boolean;
  state: 'published' | 'pending' | 'hidden' | 'denied' | 'deleted';
  visibility: 'private' | 'staff' | 'group';
  /** Whether its thread is locked. */
  locked: boolean;
  pinned: boolean;
  endorsed: boolean;
  resolved: boolean;
  /** Whether its passage was found in doubt, or not at all. */
  lost: boolean;
};

type Rule = (note: AnnotationFacts) => boolean;

const staff: Rule = ({ role, moderates }) => isStaff(role) && moderates;
const writer: Rule = ({ role }) => canWrite(role);
const alive: Rule = ({ state }) => state !== 'deleted';
const published: Rule = ({ state }) => state === 'published';
const mine: Rule = (note) => note.mine;
/** A private note is its author's own business: nobody moderates it. */
const shared: Rule = ({ visibility }) => visibility !== 'private';
const open: Rule = ({ role, locked }) => !locked || isStaff(role);
const root: Rule = (note) => note.root;

/** The law, a line each. An ability not in this table does not exist. */
const LAW: Record<Ability, Rule[]> = {
  reply: [writer, published, open],
  edit: [writer, mine, alive, open],
  delete: [writer, mine, alive],
  flag: [writer, (note) => !note.mine, published, shared],
  // Approving what is already published settles its flags.
  approve: [staff, shared, ({ state }) => state === 'pending' || state === 'denied' || state === 'published'],
  deny: [staff, shared, ({ state }) => state === 'pending'],
  hide: [staff, shared, published],
  // What staff hid comes back through staff, what its author deleted through its author.
  restore: [
    writer,
    (note) => (note.state === 'hidden' ? staff(note) : note.state === 'deleted' && note.mine),
  ],
  lock: [staff, shared, root, alive, ({ locked }) => !locked],
  unlock: [staff, shared, root, ({ locked }) => locked],
  pin: [staff, shared, root, published, ({ pinned }) => !pinned],
  unpin: [staff, shared, root, ({ pinned }) => pinned],
  endorse: [staff, shared, published, ({ endorsed }) => !endorsed],
  unendorse: [staff, shared, ({ endorsed }) => endorsed],
  resolve: [writer, root, published, (note) => note.mine || staff(note), ({ resolved }) => !resolved],
  reopen: [writer, root, published, (note) => note.mine || staff(note), ({ resolved }) => resolved],
  // Where it belongs, its author knows; else staff, unless it is private.
  reanchor: [
    ...[writer, root, alive, open, ({ lost }: AnnotationFacts) => lost],
    (note) => note.mine || (staff(note) && shared(note)),
  ],
};

/** Whether a viewer may do `ability` to an annotation that they can see. */
export function can(ability: Ability, note: AnnotationFacts): boolean {
  return LAW[ability].every((rule) => rule(note));
}

/** All that a viewer may do to an annotation that they can see. */
export function abilities(note: AnnotationFacts): Ability[] {
  return ABILITIES.filter((ability) => can(ability, note));
}

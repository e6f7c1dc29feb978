import { canInGroup } from './group';
import type { ActingRole } from './roles';

export const ABILITIES = [
  ...(['reply', 'edit', 'delete', 'flag', 'agree'] as const),
  ...(['approve', 'deny', 'hide', 'restore', 'lock', 'unlock', 'pin', 'unpin'] as const),
  ...(['endorse', 'unendorse', 'resolve', 'reopen', 'reanchor'] as const),
  ...(['revise', 'move', 'merge', 'split', 'hide-version', 'appeal', 'refuse-appeal'] as const),
] as const;
export type Ability = (typeof ABILITIES)[number];

/** What a decision needs to know of an annotation that its viewer can see, and of that viewer. */
export type AnnotationFacts = {
  role: ActingRole | null;
  /** Whether the viewer's session or token has the scope `write`, and `moderate`. */
  writes: boolean;
  moderates: boolean;
  /** Whether the viewer wrote it. */
  mine: boolean;
  /** Whether it begins its thread. */
  root: boolean;
  state: 'published' | 'pending' | 'hidden' | 'denied' | 'deleted';
  visibility: 'private' | 'staff' | 'author' | 'group';
  /** Whether its thread is locked. */
  locked: boolean;
  pinned: boolean;
  endorsed: boolean;
  resolved: boolean;
  /** Whether nobody but staff writes in its group, and whether the viewer writes nothing there, for the time being. */
  readOnly: boolean;
  muted: boolean;
  /** Whether its group can only be read. */
  archived: boolean;
  /** Whether the viewer may read the edition that it is on; an author who no longer may can only take it away. */
  readable: boolean;
  /** Whether one of its targets is orphaned, or fuzzy and not confirmed, so that it may be placed anew. */
  unanchored: boolean;
  /** Whether staff has sent it back to its author, who has not changed it since. */
  returned: boolean;
  /** Whether its words were changed, so that there are earlier versions. */
  edited: boolean;
  /** Whether the viewer wrote it and has not appealed yet against the decision that holds it back. */
  appealable: boolean;
  /**
   * Whether its author has appealed and waits for an answer: `reserved` where the viewer took the decision, and another
   * member of staff is there to answer.
   */
  appeal: 'none' | 'open' | 'reserved';
};

type Rule = (annotation: AnnotationFacts) => boolean;

const staff: Rule = ({ role, moderates }) => canInGroup(role, 'moderate') && moderates;
const writer: Rule = ({ role }) => canInGroup(role, 'write');
const notDeleted: Rule = ({ state }) => state !== 'deleted';
const published: Rule = ({ state }) => state === 'published';
const mine: Rule = (annotation) => annotation.mine;
/** A private annotation is its author's own business: nobody moderates it. */
const notPrivate: Rule = ({ visibility }) => visibility !== 'private';
const unlocked: Rule = ({ role, locked, readOnly }) => (!locked && !readOnly) || canInGroup(role, 'moderate');
const unmuted: Rule = ({ muted }) => !muted;
const root: Rule = (annotation) => annotation.root;
/** Another member of staff than the first decides on an appeal. */
const decider: Rule = ({ appeal }) => appeal !== 'reserved';
const reply: Rule = (annotation) => !annotation.root;
const authorOrStaff: Rule = (annotation) => annotation.mine || staff(annotation);

/** The rules of each ability: all of them must hold. An ability that is not in this table does not exist. */
const RULES: Record<Ability, Rule[]> = {
  reply: [writer, published, unlocked, unmuted],
  edit: [writer, mine, notDeleted, unlocked, unmuted],
  // Whoever left the group, or was removed, keeps the right over their own words.
  delete: [({ role }) => role === null || canInGroup(role, 'write'), mine, notDeleted],
  flag: [writer, (annotation) => !annotation.mine, published, notPrivate],
  agree: [writer, (annotation) => !annotation.mine, published, unmuted],
  // To approve a published annotation dismisses its flags.
  approve: [
    staff,
    decider,
    notPrivate,
    ({ state }) => state === 'pending' || state === 'denied' || state === 'published',
  ],
  deny: [staff, notPrivate, ({ state }) => state === 'pending'],
  hide: [staff, notPrivate, published],
  // Staff restores what staff hid; an author restores what that author deleted.
  restore: [
    writer,
    decider,
    (annotation) =>
      annotation.state === 'hidden'
        ? staff(annotation)
        : annotation.state === 'deleted' && annotation.mine && unmuted(annotation),
  ],
  lock: [staff, notPrivate, root, notDeleted, ({ locked }) => !locked],
  unlock: [staff, notPrivate, root, ({ locked }) => locked],
  pin: [staff, notPrivate, root, published, ({ pinned }) => !pinned],
  unpin: [staff, notPrivate, root, ({ pinned }) => pinned],
  endorse: [staff, notPrivate, published, ({ endorsed }) => !endorsed],
  unendorse: [staff, notPrivate, ({ endorsed }) => endorsed],
  resolve: [writer, root, published, authorOrStaff, unmuted, ({ resolved }) => !resolved],
  reopen: [writer, root, published, authorOrStaff, unmuted, ({ resolved }) => resolved],
  // The author knows where an annotation belongs; staff may decide too, unless it is private.
  reanchor: [
    writer,
    root,
    notDeleted,
    unlocked,
    unmuted,
    ({ unanchored }) => unanchored,
    (annotation) => annotation.mine || (staff(annotation) && notPrivate(annotation)),
  ],
  // Back to its author, who keeps the words and writes another version.
  revise: [staff, notPrivate, notDeleted, decider, ({ returned }) => !returned],
  move: [staff, notPrivate, reply, notDeleted],
  merge: [staff, notPrivate, root, notDeleted],
  // A word for the author of what it answers cannot begin a thread.
  split: [staff, notPrivate, reply, notDeleted, ({ visibility }) => visibility !== 'author'],
  'hide-version': [staff, notPrivate, ({ edited }) => edited],
  'refuse-appeal': [staff, notPrivate, decider, ({ appeal }) => appeal === 'open'],
  // Against what holds it back, once, by its author alone.
  appeal: [
    ({ role }) => role !== null,
    mine,
    ({ state }) => state === 'hidden' || state === 'denied',
    ({ appealable }) => appealable,
  ],
};

/** Whether a viewer may do `ability` to an annotation that they can see. */
export function can(ability: Ability, annotation: AnnotationFacts): boolean {
  if (!annotation.writes || annotation.archived || (!annotation.readable && ability !== 'delete'))
    return false;
  return RULES[ability].every((rule) => rule(annotation));
}

/** Everything that a viewer may do to an annotation that they can see. */
export function abilities(annotation: AnnotationFacts): Ability[] {
  return ABILITIES.filter((ability) => can(ability, annotation));
}

/** Decisions on an annotation, and acts on a thread. Pure, so that no schema comes into a page. */
export const DECISION_ACTIONS = [
  ...(['approve', 'deny', 'hide', 'restore', 'revise', 'move', 'merge', 'split', 'hide-version'] as const),
  ...(['lock', 'unlock', 'pin', 'unpin', 'endorse', 'unendorse', 'resolve', 'reopen'] as const),
] as const;

/** Every kind of entry of the moderation log: what is new is added here. */
export const LOGGED_ACTIONS = [
  ...DECISION_ACTIONS,
  ...(['appeal', 'refuse-appeal', 'undo'] as const),
  // On a member, and on the group.
  ...(['mute', 'unmute', 'warn', 'acknowledge', 'premoderate', 'role', 'remove', 'settings'] as const),
] as const;
export type LoggedAction = (typeof LOGGED_ACTIONS)[number];

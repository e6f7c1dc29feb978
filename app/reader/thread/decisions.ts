/** Decisions that want a reason, or a place. */
export const WITH_REASON = [
  ...(['hide', 'restore', 'deny', 'revise', 'refuse-appeal'] as const),
  ...(['move', 'merge', 'split'] as const),
] as const;
/** Decisions that are made by one press. */
export const AT_ONCE = [
  'approve',
  'pin',
  'unpin',
  'endorse',
  'unendorse',
  'resolve',
  'reopen',
  'lock',
  'unlock',
] as const;

export type WithReason = (typeof WITH_REASON)[number];
export type AtOnce = (typeof AT_ONCE)[number];

import { z } from '@hono/zod-openapi';
import { annotationSchema, stateSchema } from '@/lib/annotation/schema';
import { LOGGED_ACTIONS } from '@/lib/decision-log/actions';
import { ROLES } from '@/lib/policy';
import { FLAG_REASONS, REASON_LIMIT } from './constants';

export const flagReasonSchema = z.enum(FLAG_REASONS);

/** A flag of a reader on an annotation, for the staff. */
export const newFlagSchema = z
  .strictObject({ reason: flagReasonSchema, note: z.string().max(REASON_LIMIT).default('') })
  .openapi('NewFlag');

/** Decisions of moderators on an annotation's state; an author restores what they deleted themselves. */
export const STATE_ACTIONS = ['approve', 'deny', 'hide', 'restore', 'revise'] as const;
/** Decisions on where it stands, and on what of it is kept in its history. */
const OTHER_ACTIONS = ['move', 'merge', 'split', 'hide-version', 'refuse-appeal'] as const;
/** Acts on a thread, which lib/thread carries out; they are decisions in the same log. */
export const THREAD_ACTIONS = [
  ...(['lock', 'unlock', 'pin', 'unpin'] as const),
  ...(['endorse', 'unendorse', 'resolve', 'reopen'] as const),
] as const;

/** Every decision on an annotation. */
export const actionSchema = z.enum([...STATE_ACTIONS, ...OTHER_ACTIONS, ...THREAD_ACTIONS]);

/** Words of a person: whole characters that Postgres can store. */
export const wordsSchema = z
  .string()
  .trim()
  .max(REASON_LIMIT)
  .refine(
    (text) => !text.includes('\u0000') && text.isWellFormed(),
    'This has a character that is not text.',
  );

/** Decisions that their author reads a reason of. */
const REASONED = new Set(['hide', 'deny', 'revise', 'refuse-appeal']);

export const decisionInputSchema = z
  .strictObject({
    action: actionSchema,
    reason: wordsSchema.default(''),
    /** One of the group's own reasons, by its id: its words stand before `reason`. */
    rule: z.string().max(40).optional(),
    /** The version of the annotation that was decided on; left out, the newest. */
    version: z.number().int().min(1).optional(),
    /** `move`: the note that it answers from now on. `merge`: the root of the thread that it goes into. */
    to: z.uuid().optional(),
    /** `hide-version`: the number of the earlier version; left out, `version` is that. */
    earlier: z.number().int().min(1).optional(),
  })
  .superRefine(({ action, reason, rule }, context) => {
    if (REASONED.has(action) && !reason && rule === undefined) {
      context.addIssue({ code: 'custom', path: ['reason'], message: 'Say why: the author will read it.' });
    }
  })
  .openapi('NewDecision');

/** Decisions at once, at most. */
const MOST_AT_ONCE = 500;

export const manyDecisionsSchema = z
  .strictObject({
    decisions: z
      .array(
        z
          .strictObject({
            annotation: z.uuid(),
            action: z.enum(STATE_ACTIONS),
            reason: wordsSchema.default(''),
            rule: z.string().max(40).optional(),
            version: z.number().int().min(1).optional(),
          })
          .refine(({ action, reason, rule }) => !REASONED.has(action) || reason || rule !== undefined, {
            path: ['reason'],
            message: 'Say why: the author will read it.',
          }),
      )
      .min(1)
      .max(MOST_AT_ONCE)
      .refine(
        (all) => new Set(all.map(({ annotation }) => annotation)).size === all.length,
        'Decide on each note once.',
      )
      .optional(),
    /** In place of decisions: what an earlier answer gave to take those back. */
    undo: z.uuid().optional(),
    /** Only says what would be. */
    dryRun: z.boolean().default(false),
  })
  .refine(({ decisions, undo }) => (decisions === undefined) !== (undo === undefined), {
    path: ['decisions'],
    message: 'Give decisions, or what is to be undone.',
  })
  .openapi('NewDecisions');

/** What became of each of several decisions, in their order. */
export const manyDecidedSchema = z
  .object({
    items: z.array(
      z.object({
        annotation: z.string(),
        outcome: z.enum(['decided', 'stale', 'forbidden', 'not-found']),
        before: stateSchema.nullable(),
        after: stateSchema.nullable(),
        /** The present version: of a stale one the version to look at. */
        version: z.number().nullable(),
      }),
    ),
    decided: z.number(),
    /** Takes the decisions back: `{undo}` of this call; null where nothing was decided, or nothing was to be. */
    undo: z.string().nullable(),
  })
  .openapi('Decided');

/** Whether a decision is an act on a thread, not one of moderation. */
export function isThreadAction(input: DecisionInput): input is ThreadActionInput {
  return (THREAD_ACTIONS as readonly string[]).includes(input.action);
}

export const flagSchema = z
  .object({
    reason: flagReasonSchema,
    note: z.string(),
    by: z.object({ id: z.string(), name: z.string() }),
    created: z.string(),
  })
  .openapi('Flag');

export const appealInputSchema = z
  .strictObject({ words: wordsSchema.min(1, 'Write something first.') })
  .openapi('AppealInput');

/** What an author says against a decision on their note, and the answer. */
export const appealSchema = z
  .object({
    words: z.string(),
    created: z.string(),
    /** Null while it waits. */
    outcome: z.enum(['granted', 'refused']).nullable(),
    answer: z.string(),
    decided: z.string().nullable(),
    decision: z.object({
      id: z.string(),
      action: z.string(),
      reason: z.string(),
      /** Who took it; for staff. */
      actor: z.object({ id: z.string(), name: z.string() }).nullable(),
    }),
  })
  .openapi('Appeal');

/** What staff said to a member. */
export const warningSchema = z
  .object({
    id: z.string(),
    words: z.string(),
    by: z.object({ id: z.string(), name: z.string() }),
    created: z.string(),
    /** When the member said that they have read it. */
    acknowledged: z.string().nullable(),
  })
  .openapi('Warning');

export const staffNoteSchema = warningSchema.omit({ acknowledged: true }).openapi('StaffNote');

/** What became of the caller's own report; `words` are those for whoever reported. */
export const ownFlagSchema = z
  .object({
    reason: flagReasonSchema,
    note: z.string(),
    created: z.string(),
    outcome: z.enum(['open', 'kept', 'acted']),
    words: z.string(),
  })
  .openapi('OwnFlag');

/** What was sent back and comes again: why, what it said then, and how it differs now. */
export const resubmissionSchema = z
  .object({
    reason: z.string(),
    by: z.object({ id: z.string(), name: z.string() }),
    returned: z.string(),
    version: z.number(),
    /** Markdown, as its author had written it. */
    body: z.string(),
    tags: z.array(z.string()),
    /** From those words to the present ones. */
    difference: z.array(z.object({ kind: z.enum(['same', 'added', 'removed']), text: z.string() })),
  })
  .openapi('Resubmission');

/** Which note of the queue the caller has before them; null for none. */
export const lookInputSchema = z.strictObject({ annotation: z.uuid().nullable() }).openapi('NewLook');

/** A note of the queue that another of the staff has before them. */
export const lookSchema = z
  .object({ annotation: z.string(), by: z.object({ id: z.string(), name: z.string() }) })
  .openapi('Look');

/** An annotation that waits for staff, its thread's root, and its flags. */
export const queueItemSchema = z
  .object({
    annotation: annotationSchema,
    root: annotationSchema.nullable(),
    flags: z.array(flagSchema),
    /** Null where it comes for the first time. */
    resubmission: resubmissionSchema.nullable(),
    /** What its author says against the decision on it; null where nothing waits for an answer. */
    appeal: appealSchema.nullable(),
    /** What its author has in the group: notes and replies, how many of them were ever held back, and warnings. */
    record: z.object({ notes: z.int(), heldBack: z.int(), warnings: z.int() }),
    /** By what the queue is ordered: open reports, how often their senders were right (0 to 1), and readers. */
    urgency: z.object({
      score: z.number(),
      reports: z.number(),
      reliability: z.number(),
      readers: z.number(),
    }),
  })
  .openapi('QueueItem');

/** One line of the moderation log. */
export const decisionSchema = z
  .object({
    id: z.string(),
    /** Null for what was decided on a member or on the group. */
    annotation: z.string().nullable(),
    action: z.enum(LOGGED_ACTIONS),
    reason: z.string(),
    /** Null where it is on no annotation. */
    before: stateSchema.nullable(),
    after: stateSchema.nullable(),
    version: z.number().nullable(),
    details: z.record(z.string(), z.unknown()).nullable(),
    /** Whose note it is on, or which member; null for one on the group. */
    whose: z.object({ id: z.string(), name: z.string() }).nullable(),
    actor: z.object({ id: z.string(), name: z.string() }),
    created: z.string(),
  })
  .openapi('Decision');

const actingRoleSchema = z.enum([...ROLES, 'moderator']);
/** What the log keeps of a change of role. */
export const changedRolesSchema = z.object({ from: actingRoleSchema, to: actingRoleSchema });

/** What of the log is given. */
export const logFilterSchema = z.object({
  action: z.enum(LOGGED_ACTIONS).optional(),
  /** Who decided. */
  actor: z.uuid().optional(),
  /** On whose note, or on which member. */
  whose: z.uuid().optional(),
  annotation: z.uuid().optional(),
  since: z.iso.datetime({ offset: true }).optional(),
  until: z.iso.datetime({ offset: true }).optional(),
});

export const logFormatSchema = z.enum(['csv', 'jsonl']);

export type LogFilter = z.infer<typeof logFilterSchema>;
export type LogFormat = z.infer<typeof logFormatSchema>;
export type NewFlag = z.infer<typeof newFlagSchema>;
type Decided = Omit<z.infer<typeof decisionInputSchema>, 'action'>;
export type StateAction = (typeof STATE_ACTIONS)[number];
export type ModerationInput = Decided & { action: StateAction | (typeof OTHER_ACTIONS)[number] };
export type ThreadActionInput = Decided & { action: (typeof THREAD_ACTIONS)[number] };
export type DecisionInput = ModerationInput | ThreadActionInput;
export type FlagReason = z.infer<typeof flagReasonSchema>;
export type Flag = z.infer<typeof flagSchema>;
export type ManyDecisions = z.infer<typeof manyDecisionsSchema>;
export type ManyDecided = z.infer<typeof manyDecidedSchema>;
export type Appeal = z.infer<typeof appealSchema>;
export type Warning = z.infer<typeof warningSchema>;
export type StaffNote = z.infer<typeof staffNoteSchema>;
export type OwnFlag = z.infer<typeof ownFlagSchema>;
export type Resubmission = z.infer<typeof resubmissionSchema>;
export type Look = z.infer<typeof lookSchema>;
export type QueueItem = z.infer<typeof queueItemSchema>;
export type Decision = z.infer<typeof decisionSchema>;

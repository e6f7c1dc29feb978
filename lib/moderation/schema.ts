import { z } from '@hono/zod-openapi';
import { annotationSchema, stateSchema } from '@/lib/annotation/schema';
import { FLAG_REASONS, REASON_LIMIT } from './constants';

export const flagReasonSchema = z.enum(FLAG_REASONS);

/** A flag of a reader on an annotation, for the staff. */
export const newFlagSchema = z
  .strictObject({ reason: flagReasonSchema, note: z.string().max(REASON_LIMIT).default('') })
  .openapi('NewFlag');

/** Decisions of moderators on an annotation's state; an author restores what they deleted themselves. */
export const MODERATION_ACTIONS = ['approve', 'deny', 'hide', 'restore'] as const;
/** Acts on a thread, which lib/thread carries out; they are decisions in the same log. */
export const THREAD_ACTIONS = [
  ...(['lock', 'unlock', 'pin', 'unpin'] as const),
  ...(['endorse', 'unendorse', 'resolve', 'reopen'] as const),
] as const;

/** Every decision so far; `move` and `merge` of the contract come with the issue that builds them. */
export const actionSchema = z.enum([...MODERATION_ACTIONS, ...THREAD_ACTIONS]);

export const decisionInputSchema = z
  .strictObject({
    action: actionSchema,
    reason: z.string().trim().max(REASON_LIMIT).default(''),
    /** The version of the annotation that was decided on; left out, the newest. */
    version: z.number().int().min(1).optional(),
  })
  .superRefine(({ action, reason }, context) => {
    if ((action === 'hide' || action === 'deny') && !reason) {
      context.addIssue({ code: 'custom', path: ['reason'], message: 'Say why: the author will read it.' });
    }
  })
  .openapi('NewDecision');

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

/** An annotation that waits for staff, its thread's root, and its flags. */
export const queueItemSchema = z
  .object({ annotation: annotationSchema, root: annotationSchema.nullable(), flags: z.array(flagSchema) })
  .openapi('QueueItem');

/** One line of the moderation log. */
export const decisionSchema = z
  .object({
    id: z.string(),
    annotation: z.string(),
    action: actionSchema,
    reason: z.string(),
    before: stateSchema,
    after: stateSchema,
    version: z.number(),
    actor: z.object({ id: z.string(), name: z.string() }),
    created: z.string(),
  })
  .openapi('Decision');

export type NewFlag = z.infer<typeof newFlagSchema>;
type Decided = Omit<z.infer<typeof decisionInputSchema>, 'action'>;
export type ModerationInput = Decided & { action: (typeof MODERATION_ACTIONS)[number] };
export type ThreadActionInput = Decided & { action: (typeof THREAD_ACTIONS)[number] };
export type DecisionInput = ModerationInput | ThreadActionInput;
export type FlagReason = z.infer<typeof flagReasonSchema>;
export type Flag = z.infer<typeof flagSchema>;
export type QueueItem = z.infer<typeof queueItemSchema>;
export type Decision = z.infer<typeof decisionSchema>;

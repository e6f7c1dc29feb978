import { z } from '@hono/zod-openapi';
import { annotationSchema, stateSchema } from '@/lib/annotation/schema';
import { FLAG_REASONS } from './constants';

export const flagReasonSchema = z.enum(FLAG_REASONS);

/** A call for a moderator. */
export const newFlagSchema = z
  .strictObject({ reason: flagReasonSchema, note: z.string().max(2_000).default('') })
  .openapi('NewFlag');

/** What staff can do so far; `move` and `merge` of the contract come with the issue that builds them. */
export const actionSchema = z.enum([
  ...['approve', 'deny', 'hide', 'restore', 'lock', 'unlock', 'pin', 'unpin'],
  ...['endorse', 'unendorse', 'resolve', 'reopen'],
] as const);

export const decisionInputSchema = z
  .strictObject({
    action: actionSchema,
    reason: z.string().trim().max(2_000).default(''),
    /** The annotation's version that the decision was made on; left out, the newest. */
    version: z.number().int().min(1).optional(),
  })
  .superRefine(({ action, reason }, context) => {
    if ((action === 'hide' || action === 'deny') && !reason) {
      context.addIssue({ code: 'custom', path: ['reason'], message: 'Say why: the author will read it.' });
    }
  })
  .openapi('NewDecision');

export const flagSchema = z
  .object({
    reason: flagReasonSchema,
    note: z.string(),
    by: z.object({ id: z.string(), name: z.string() }),
    created: z.string(),
  })
  .openapi('Flag');

/** One thing that waits for staff: the annotation, its thread's root, and why it waits. */
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
export type DecisionInput = z.infer<typeof decisionInputSchema>;
export type FlagReason = z.infer<typeof flagReasonSchema>;
export type Flag = z.infer<typeof flagSchema>;
export type QueueItem = z.infer<typeof queueItemSchema>;
export type Decision = z.infer<typeof decisionSchema>;

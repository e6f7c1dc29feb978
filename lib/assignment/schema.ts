import { z } from '@hono/zod-openapi';
import { NAME_LIMIT } from '@/lib/group/constants';
import { slugSchema } from '@/lib/group/schema';
import { oneLine } from '@/lib/kernel/one-line';
import {
  COMMENT_LIMIT,
  GRADE_LIMIT,
  INSTRUCTIONS_LIMIT,
  MODES,
  REQUEST_LIMIT,
  TITLE_LIMIT,
} from './constants';

export const modeSchema = z.enum(MODES);

/** A moment as ISO 8601 with an offset; null for none. */
const moment = z.iso.datetime({ offset: true }).nullable();
/** Text that Postgres can store (no U+0000) and that is whole characters. */
const text = (limit: number) =>
  z
    .string()
    .trim()
    .max(limit)
    .refine(
      (value) => !value.includes('\u0000') && value.isWellFormed(),
      'This has a character that is not text.',
    );

const expectedSchema = z.strictObject({
  glosses: z.int().min(0).max(1000),
  replies: z.int().min(0).max(1000),
});

/** Sections of an assignment, at most. */
const MOST_SECTIONS = 2_000;

const fields = {
  title: oneLine(TITLE_LIMIT).min(1, 'Write something first.'),
  /** Markdown. */
  instructions: text(INSTRUCTIONS_LIMIT),
  edition: z.string().min(1).max(200),
  /** None for the whole edition. */
  sections: z
    .array(z.string().min(1).max(200))
    .max(MOST_SECTIONS)
    .transform((sections) => [...new Set(sections)]),
  mode: modeSchema,
  /** From when on students write in it; they see it before. */
  opens: moment,
  due: moment,
  repliesDue: moment,
  /** When `blind-until` shows what others wrote; without a date, not yet. */
  reveal: moment,
  /** From when on nobody writes in it. */
  closes: moment,
  expected: expectedSchema.partial(),
  premoderated: z.boolean(),
  closed: z.boolean(),
};

export const assignmentInputSchema = z
  .strictObject({
    title: fields.title,
    instructions: fields.instructions.default(''),
    edition: fields.edition,
    sections: fields.sections.default([]),
    mode: fields.mode.default('open'),
    opens: fields.opens.default(null),
    due: fields.due.default(null),
    repliesDue: fields.repliesDue.default(null),
    reveal: fields.reveal.default(null),
    closes: fields.closes.default(null),
    expected: fields.expected.default({}),
    premoderated: fields.premoderated.default(false),
    closed: fields.closed.default(false),
  })
  .openapi('AssignmentInput');

/** An assignment as it travels in a file: with its id, and everybody's dates. */
export const assignmentRecordSchema = z.object({
  ...fields,
  id: z.uuid(),
  expected: expectedSchema,
});
export type AssignmentRecord = z.infer<typeof assignmentRecordSchema>;

/** A field that is left out stays as it is. */
export const assignmentChangeSchema = z.strictObject(fields).partial().openapi('AssignmentChange');

/** What one person did in an assignment: published glosses and replies that its staff can see. */
const progressFields = {
  glosses: z.int(),
  replies: z.int(),
  /** How many of them were written after the person's own date. */
  late: z.int(),
  /** Whether they said that they are done. */
  done: z.boolean(),
};

export const assignmentSchema = z
  .strictObject({
    id: z.uuid(),
    ...fields,
    sections: z.array(z.string()),
    /** The instructions rendered and sanitised. */
    html: z.string(),
    /** `opens` to `closes`: for a student, their own dates. */
    opens: moment,
    expected: expectedSchema,
    /** Whether nobody writes in it any more: by hand, or because `closes` has passed. */
    closed: z.boolean(),
    created: z.iso.datetime(),
    /** Whether the caller's own dates are later than everybody's. */
    extended: z.boolean(),
    /** What the caller did in it; null for somebody who does not write in the group. */
    mine: z
      .strictObject({
        ...progressFields,
        /** Whether what others wrote is shown to the caller now. */
        sees: z.boolean(),
        /** Why the caller asked for more time; null where they did not. */
        request: z.string().nullable(),
        grade: z.string().nullable(),
        comment: z.string(),
      })
      .nullable(),
  })
  .openapi('Assignment');

export const extensionInputSchema = z
  .strictObject({ due: moment.default(null), repliesDue: moment.default(null) })
  .openapi('ExtensionInput');

export const extensionSchema = z
  .strictObject({ member: z.uuid(), due: moment, repliesDue: moment })
  .openapi('Extension');

export const extensionRequestSchema = z
  .strictObject({ reason: text(REQUEST_LIMIT).min(1, 'Write something first.') })
  .openapi('ExtensionRequest');

export const gradeInputSchema = z
  .strictObject({ grade: oneLine(GRADE_LIMIT), comment: text(COMMENT_LIMIT).default('') })
  .openapi('GradeInput');

/** One student's line of the overview. */
export const progressSchema = z
  .strictObject({
    member: z.strictObject({ id: z.uuid(), name: z.string() }),
    ...progressFields,
    expected: expectedSchema,
    /** Whether in one of these assignments they wrote less than is expected; in a private one, whether they are not done. */
    owes: z.boolean(),
    /** When they last wrote what counts; null for never. */
    last: z.iso.datetime().nullable(),
    /** Their own dates; null for those of the assignment. */
    due: moment,
    repliesDue: moment,
    request: z.string().nullable(),
    grade: z.string().nullable(),
    comment: z.string(),
  })
  .openapi('Progress');

export const overviewQuerySchema = z.object({ assignment: z.uuid().optional() });

/** A copy of a group. Its assignments have dates where `shift`, in days, says by how much; else they have none. */
export const groupCopyInputSchema = z
  .strictObject({
    slug: slugSchema.optional(),
    name: z.string().trim().min(1).max(NAME_LIMIT),
    shift: z.int().min(-3_660).max(3_660).optional(),
  })
  .openapi('GroupCopyInput');

export const shuffleInputSchema = z
  .strictObject({
    /** Students in one subgroup; one more where they do not come out even. */
    size: z.int().min(2).max(500),
    /** The assignment that they are for; left out, the group. */
    assignment: z.uuid().nullish(),
  })
  .openapi('ShuffleInput');

export type GroupCopyInput = z.input<typeof groupCopyInputSchema>;
export type ShuffleInput = z.input<typeof shuffleInputSchema>;
export type AssignmentInput = z.input<typeof assignmentInputSchema>;
export type AssignmentChange = z.input<typeof assignmentChangeSchema>;
export type Assignment = z.infer<typeof assignmentSchema>;
export type ExtensionInput = z.input<typeof extensionInputSchema>;
export type Extension = z.infer<typeof extensionSchema>;
export type GradeInput = z.input<typeof gradeInputSchema>;
export type StudentProgress = z.infer<typeof progressSchema>;

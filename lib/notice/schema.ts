import { z } from '@hono/zod-openapi';

/** What a notice is about (design.md, "Words"). */
export const NOTICE_KINDS = ['mention', 'answer', 'watched', 'decision', 'report', 'date'] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];

/** Decisions on a note that its author is told of. */
export const DECISIONS = [
  ...(['approve', 'deny', 'hide', 'restore', 'endorse'] as const),
  ...(['revise', 'move', 'merge', 'split', 'hide-version', 'refuse-appeal'] as const),
] as const;
/** What staff says to a member, apart from any note. */
export const RESTRAINTS = ['mute', 'warn'] as const;
/** What became of a report, for whoever sent it; the words are the group's own for them. */
export const REPORT_OUTCOMES = ['report-kept', 'report-acted'] as const;
/** What of an assignment its students are told: its dates, and what staff writes to those who still owe something. */
export const DATES = ['opens', 'due', 'replies-due', 'extended', 'reveal', 'owes'] as const;
export type NoticeAction =
  | (typeof DECISIONS | typeof RESTRAINTS | typeof REPORT_OUTCOMES)[number]
  | (typeof DATES)[number];

export const noticeSchema = z
  .strictObject({
    id: z.uuid(),
    kind: z.enum(NOTICE_KINDS),
    /** The id of the annotation that it is about; null for a date. */
    annotation: z.uuid().nullable(),
    group: z.string(),
    created: z.iso.datetime(),
    read: z.boolean(),
  })
  .openapi('Notice');

export type Notice = z.infer<typeof noticeSchema>;

export const noticesSchema = z
  .strictObject({ items: z.array(noticeSchema), unread: z.int() })
  .openapi('Notices');

/** Notices in one answer, at most, and unless the caller says otherwise. */
const LIMIT = 200;
const USUAL = 50;

export const noticeQuerySchema = z.strictObject({
  unread: z.literal('1').optional(),
  limit: z.coerce.number().int().min(1).max(LIMIT).default(USUAL),
  /** The id of the last notice of the page before, as the header `Link: …; rel="next"` names it. */
  cursor: z.uuid().optional(),
});

export type NoticeQuery = z.infer<typeof noticeQuerySchema>;

export const noticeChangeSchema = z
  .strictObject({ read: z.union([z.literal('all'), z.array(z.uuid()).max(500)]) })
  .openapi('NoticeChange');

/** How often mail with notices comes. */
export const MAIL = ['never', 'at-once', 'daily', 'weekly'] as const;
export type MailRhythm = (typeof MAIL)[number];

/** Whether the runtime knows an IANA time zone. */
function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

export const noticeSettingSchema = z
  .strictObject({
    mail: z.enum(MAIL),
    /** IANA name, as Europe/Bucharest: a digest comes at seven in the morning there. */
    timeZone: z.string().max(64).refine(isTimeZone, 'This is no time zone.'),
  })
  .openapi('NoticeSetting');

export type NoticeSetting = z.infer<typeof noticeSettingSchema>;

/** What can be watched beside a thread: a section, or for staff a member's questions. */
export const watchInputSchema = z
  .union([
    z.strictObject({ edition: z.string().min(1).max(100), section: z.string().min(1).max(200) }),
    z.strictObject({ person: z.uuid() }),
  ])
  .openapi('WatchInput');

export type WatchInput = z.infer<typeof watchInputSchema>;

/** Longest message to those who still owe something, in UTF-16 units. */
export const REMINDER_LIMIT = 5_000;

export const reminderInputSchema = z
  .strictObject({
    words: z
      .string()
      .trim()
      .min(1, 'Write something first.')
      .max(REMINDER_LIMIT)
      .refine(
        (value) => !value.includes('\u0000') && value.isWellFormed(),
        'This has a character that is not text.',
      ),
  })
  .openapi('ReminderInput');

export type ReminderInput = z.infer<typeof reminderInputSchema>;

export const watchingSchema = z.strictObject({ watching: z.boolean() }).openapi('Watching');

export const mentionableQuerySchema = z.strictObject({
  q: z.string().max(100).default(''),
  visibility: z.enum(['private', 'author', 'staff', 'group']).default('group'),
  /** The note that is answered. */
  parent: z.uuid().optional(),
  assignment: z.uuid().optional(),
});

export type MentionableQuery = z.infer<typeof mentionableQuerySchema>;

export const personSchema = z.strictObject({ id: z.uuid(), name: z.string() }).openapi('Person');

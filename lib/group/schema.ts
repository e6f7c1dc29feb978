import { z } from '@hono/zod-openapi';
import { accountSchema, emailSchema } from '@/lib/identity/schema';
import { oneLine } from '@/lib/kernel/one-line';
import { ROLES } from '@/lib/policy';
import { DESCRIPTION_LIMIT, NAME_LIMIT } from './constants';

export const accessSchema = z.enum(['open', 'restricted', 'private']);
export const roleSchema = z.enum(ROLES);

/** The actions of policy that a group's `can` tells of; the others depend on the member whom they concern. */
export const GROUP_ABILITIES = [
  ...(['members', 'emails', 'invite', 'settings', 'own'] as const),
  ...(['write', 'moderate', 'import', 'assign'] as const),
] as const;

/** Words that pages and routes use themselves under /groups. */
const RESERVED = ['new', 'join', 'all', 'mine', 'admin', 'api', 'settings', 'search', 'annotations'];

const SLUG = /^[a-z0-9](?:[a-z0-9-]{0,58}[a-z0-9])?$/;

export const slugSchema = z
  .string()
  .refine((slug) => SLUG.test(slug), 'Use small Latin letters, digits and hyphens.')
  .refine((slug) => !RESERVED.includes(slug), 'The pages use this word themselves. Choose another.')
  .openapi({ pattern: SLUG.source, example: 'prague-1968' });

const editionSlug = z.string().min(1).max(200);

const fields = {
  name: oneLine(NAME_LIMIT).min(1),
  description: z.string().trim().max(DESCRIPTION_LIMIT),
  access: accessSchema,
};

export const groupInputSchema = z
  .strictObject({
    name: fields.name,
    slug: slugSchema.optional(),
    description: fields.description.default(''),
    access: fields.access.default('private'),
    /** The first edition of its reading list. */
    edition: editionSlug.nullable().default(null),
  })
  .openapi('GroupInput');

/** The member who owns a group from now on. */
export const handOverSchema = z.strictObject({ member: z.uuid() }).openapi('HandOver');

/** A deleted group that the caller can bring back. */
export const deletedGroupSchema = z
  .strictObject({ slug: z.string(), name: z.string(), deleted: z.iso.datetime() })
  .openapi('DeletedGroup');

/** A reason for decisions: what staff calls it, and what the author and whoever reported the note are told. */
export const decisionReasonSchema = z
  .strictObject({
    id: z
      .string()
      .regex(/^[a-z0-9-]{1,40}$/)
      .openapi({ example: 'civility' }),
    title: z.string().trim().min(1).max(NAME_LIMIT),
    toAuthor: z.string().trim().min(1).max(DESCRIPTION_LIMIT),
    toReporter: z.string().trim().max(DESCRIPTION_LIMIT).default(''),
  })
  .openapi('DecisionReason');

/** How a group is moderated. */
const moderationFields = {
  /** Whether what students write waits for approval. */
  premoderated: z.boolean(),
  /** Whether nobody but staff writes in it for the time being. */
  readOnly: z.boolean(),
  /** For how many days what was hidden is kept as it stood. */
  evidenceDays: z.int().min(1).max(3_650),
  /** What members are asked to agree to before their notes go into a copy for research; empty: nobody is asked. */
  researchWording: z.string().trim().max(10_000),
  reasons: z
    .array(decisionReasonSchema)
    .max(50)
    .refine(
      (reasons) => new Set(reasons.map(({ id }) => id)).size === reasons.length,
      'Each id stands once.',
    ),
};

/** The tags that staff offers, in its order. */
const tagSet = z
  .array(oneLine(100).min(1))
  .max(200)
  .transform((tags) => [...new Set(tags)]);

/** The slug never changes, because it is part of every annotation's IRI. */
export const groupChangeSchema = z
  .strictObject({
    ...fields,
    ...moderationFields,
    subgroupsApart: z.boolean(),
    archived: z.boolean(),
    tagSet,
  })
  .partial()
  .openapi('GroupChange');

export const groupSchema = z
  .strictObject({
    slug: z.string(),
    ...fields,
    /** The first edition of its reading list that the caller may read. */
    edition: z.string().nullable(),
    /** The caller's own role; null where they may read without being a member. */
    role: roleSchema.nullable(),
    members: z.int(),
    /** How many notes are new to the caller; 0 for who is no member. */
    unread: z.int(),
    /** Whether members of different subgroups see nothing of each other's notes. */
    subgroupsApart: z.boolean(),
    /** Whether it can only be read. */
    archived: z.boolean(),
    ...moderationFields,
    /** The tags that staff offers, in its order. */
    tagSet: z.array(z.string()),
    /** Until when the caller writes nothing here, and why; null where they may. */
    muted: z.strictObject({ until: z.iso.datetime(), reason: z.string() }).nullable(),
    /** What the caller may do in it. */
    can: z.array(z.enum([...GROUP_ABILITIES, 'join'])),
  })
  .openapi('Group');

/** Editions on a reading list, and sections marked out in one, at most. */
const MOST_LISTED = 200;
const MOST_MARKED = 2_000;

/** The editions that a group reads, in its order. */
export const readingListSchema = z
  .array(
    z.strictObject({
      edition: editionSlug,
      /** The sections that are marked out; left out where the whole edition is read. */
      sections: z.array(z.string().min(1).max(200)).min(1).max(MOST_MARKED).optional(),
    }),
  )
  .max(MOST_LISTED)
  .openapi('ReadingList');

export const memberInputSchema = z
  .strictObject({ email: emailSchema, role: roleSchema.default('student') })
  .openapi('MemberInput');

/** A member writes nothing until then. */
export const muteInputSchema = z
  .strictObject({
    until: z.iso.datetime({ offset: true }),
    reason: z.string().trim().min(1, 'Say why: the member will read it.').max(DESCRIPTION_LIMIT),
  })
  .openapi('MuteInput');

export const muteSchema = z
  .strictObject({ member: z.uuid(), until: z.iso.datetime(), reason: z.string() })
  .openapi('Mute');

export const premoderationInputSchema = z
  .strictObject({ premoderated: z.boolean() })
  .openapi('PremoderationInput');

export const memberChangeSchema = z
  .strictObject({
    role: roleSchema.optional(),
    /** The right to moderate, and nothing else of staff, for a student. */
    moderates: z.boolean().optional(),
  })
  .refine(
    ({ role, moderates }) => (role ?? moderates) !== undefined,
    'Give a role, or the right to moderate.',
  )
  .openapi('MemberChange');

export const memberSchema = z
  .strictObject({
    id: z.uuid(),
    name: z.string(),
    role: roleSchema,
    /** Whether this student may moderate. */
    moderates: z.boolean(),
    state: z.literal('member'),
    joined: z.iso.datetime(),
    /** Whether what they write waits for approval, and until when they write nothing: for those who moderate. */
    premoderated: z.boolean().optional(),
    muted: z.strictObject({ until: z.iso.datetime(), reason: z.string() }).nullable().optional(),
    /** For staff only. */
    email: z.string().nullable().optional(),
  })
  .openapi('Member');

/** Somebody who was invited by e-mail address, and has not come yet: the same whether they have an account or not. */
export const invitedMemberSchema = z
  .strictObject({
    id: z.uuid(),
    email: z.string(),
    role: roleSchema,
    state: z.literal('invited'),
    invited: z.iso.datetime(),
  })
  .openapi('InvitedMember');

export const invitationInputSchema = z
  .strictObject({
    role: z.enum(['assistant', 'student', 'reader']).default('student'),
    expires: z.iso.datetime({ offset: true }).nullish(),
  })
  .openapi('InvitationInput');

export const invitationSchema = z
  .strictObject({
    id: z.uuid(),
    code: z.string(),
    url: z.url(),
    role: roleSchema,
    created: z.iso.datetime(),
    expires: z.iso.datetime().nullable(),
    expired: z.boolean(),
    uses: z.int(),
  })
  .openapi('Invitation');

export const joinedSchema = z
  .strictObject({ slug: z.string(), name: z.string(), role: roleSchema })
  .openapi('Joined');

/** Somebody who has made their own account by an invitation. */
export const signedUpSchema = accountSchema
  .extend({
    group: joinedSchema,
    /** Whether they sign in by a link to their address first, which proves it. */
    needsMail: z.boolean(),
  })
  .openapi('SignedUp');

export const rosterReportSchema = z
  .strictObject({
    /** Members from now on, invited by their address, and members or invited already. */
    added: z.int(),
    invited: z.int(),
    there: z.int(),
    /** Lines that were kept out; they count from 1, with the header. */
    wrong: z.array(z.strictObject({ line: z.int(), why: z.string() })),
  })
  .openapi('RosterReport');

const subgroupFields = {
  name: oneLine(NAME_LIMIT).min(1),
  members: z
    .array(z.uuid())
    .max(2_000)
    .transform((members) => [...new Set(members)]),
};

export const subgroupInputSchema = z
  .strictObject({ ...subgroupFields, members: subgroupFields.members.default([]) })
  .openapi('SubgroupInput');

export const subgroupChangeSchema = z.strictObject(subgroupFields).partial().openapi('SubgroupChange');

export const subgroupSchema = z
  .strictObject({
    id: z.uuid(),
    name: z.string(),
    /** The only assignment that it is for; null for all others. */
    assignment: z.uuid().nullable(),
    members: z.array(z.strictObject({ id: z.uuid(), name: z.string() })),
  })
  .openapi('Subgroup');

export type DeletedGroup = z.infer<typeof deletedGroupSchema>;
export type SignedUp = z.infer<typeof signedUpSchema>;
export type RosterReport = z.infer<typeof rosterReportSchema>;
export type SubgroupInput = z.input<typeof subgroupInputSchema>;
export type SubgroupChange = z.infer<typeof subgroupChangeSchema>;
export type Subgroup = z.infer<typeof subgroupSchema>;
export type Group = z.infer<typeof groupSchema>;
export type GroupInput = z.input<typeof groupInputSchema>;
export type GroupChange = z.infer<typeof groupChangeSchema>;
export type ReadingList = z.infer<typeof readingListSchema>;
export type Member = z.infer<typeof memberSchema>;
export type MemberChange = z.infer<typeof memberChangeSchema>;
export type InvitedMember = z.infer<typeof invitedMemberSchema>;
export type MemberInput = z.input<typeof memberInputSchema>;
export type Invitation = z.infer<typeof invitationSchema>;
export type InvitationInput = z.input<typeof invitationInputSchema>;
export type JoinedGroup = z.infer<typeof joinedSchema>;
export type DecisionReason = z.infer<typeof decisionReasonSchema>;
export type MuteInput = z.infer<typeof muteInputSchema>;
export type Mute = z.infer<typeof muteSchema>;

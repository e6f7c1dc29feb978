import { z } from '@hono/zod-openapi';
import { oneLine } from '@/lib/kernel/one-line';
import { ROLES, type Role } from '@/lib/policy';
import { PASSWORD_MAX, PASSWORD_MIN, PERSON_NAME_LIMIT, TOKEN_NAME_LIMIT } from './constants';

export type Membership = {
  groupId: string;
  slug: string;
  name: string;
  role: Role;
  /** Whether they were given the right to moderate beside their role. */
  moderates?: boolean;
  /** Whether the group can only be read. */
  archived?: boolean;
  /** Whether nobody but staff writes in it for the time being. */
  readOnly?: boolean;
  /** Whether what this member writes waits for approval, unless they are staff. */
  premoderated?: boolean;
  /** Until when they write nothing (ISO 8601, also in the past), and why. */
  mutedUntil?: string | null;
  mutedReason?: string;
};

/** Whether a member writes nothing now. */
export function isMuted({ mutedUntil }: Pick<Membership, 'mutedUntil'>): boolean {
  return Boolean(mutedUntil) && Date.parse(mutedUntil as string) > Date.now();
}

/** Whoever sent a request. `scope` is that of their session or token. */
export type Viewer = {
  id: string | null;
  name: string;
  email: string | null;
  admin: boolean;
  scope: 'session' | 'read' | 'write' | 'moderate';
  /** The id of their token, and the only group that it opens; null for a session, and for a token of all groups. */
  token: string | null;
  only: string | null;
  /** Only that of the group `only`, where there is one. */
  memberships: Membership[];
  /** Whether a group has invited their e-mail address; lib/group makes them its member before anything else. */
  isInvited: boolean;
};

/** A viewer who is not signed in. */
export const anonymous: Viewer = {
  id: null,
  name: '',
  email: null,
  admin: false,
  scope: 'session',
  token: null,
  only: null,
  memberships: [],
  isInvited: false,
};

/** The operator at the command line, and the seed: manages accounts and editions, and has no account. */
export const operator: Viewer = { ...anonymous, name: 'operator', admin: true, scope: 'moderate' };

export const emailSchema = z
  .string()
  .trim()
  .toLowerCase()
  .pipe(z.email().max(254))
  .openapi({ example: 'reader@example.org' });

/** NIST SP 800-63B §3.1.1: at least eight characters, no rule about which. */
export const passwordSchema = z.string().min(PASSWORD_MIN).max(PASSWORD_MAX);

export const personNameSchema = oneLine(PERSON_NAME_LIMIT).min(1);

export const accountInputSchema = z
  .strictObject({
    email: emailSchema,
    name: personNameSchema,
    password: passwordSchema.optional(),
    admin: z.boolean().default(false),
  })
  .openapi('AccountInput');

/** A new account by an invitation's code, made by its own person. */
export const signUpInputSchema = z.strictObject({
  code: z.string().min(1).max(100),
  email: emailSchema,
  name: personNameSchema,
  password: passwordSchema,
});

/** What `POST accounts` takes: an administrator's new account, or with `code` one's own. */
export const newAccountSchema = accountInputSchema
  .extend({ code: signUpInputSchema.shape.code.optional() })
  .superRefine(({ code, password, admin }, context) => {
    if (code === undefined) return;
    if (password === undefined)
      context.addIssue({ code: 'custom', path: ['password'], message: 'Choose a password.' });
    if (admin) context.addIssue({ code: 'custom', path: ['admin'], message: 'You may not do this here.' });
  })
  .openapi('NewAccount');

export const accountSchema = z
  .strictObject({
    id: z.uuid(),
    email: z.string().nullable(),
    name: z.string(),
    admin: z.boolean(),
    state: z.enum(['active', 'deactivated', 'deleted']),
    created: z.iso.datetime(),
  })
  .openapi('Account');

/** What was done to an account; in each pair of a merge one kind is on the account that is kept. */
export const accountChangeKindSchema = z.enum([
  ...(['link-made', 'password-set', 'deactivated', 'reactivated', 'made-admin'] as const),
  ...(['unmade-admin', 'deleted', 'merged', 'merged-into'] as const),
]);
export type AccountChangeKind = z.infer<typeof accountChangeKindSchema>;

const namedPersonSchema = z.strictObject({ id: z.uuid(), name: z.string() });

/** An account with what was done to it, newest first. */
export const accountDetailsSchema = accountSchema
  .extend({
    changes: z.array(
      z.strictObject({
        kind: accountChangeKindSchema,
        /** Null for the operator, and for whoever opened a link. */
        actor: namedPersonSchema.nullable(),
        /** The other account of a merge. */
        other: namedPersonSchema.nullable(),
        created: z.iso.datetime(),
      }),
    ),
  })
  .openapi('AccountDetails');

/** Whether somebody administers the site, and whether they can sign in. */
export const accountStateInputSchema = z
  .strictObject({ admin: z.boolean().optional(), active: z.boolean().optional() })
  .openapi('AccountStateInput');

/** A link for a new password; `url` is null where it was mailed to its person. */
export const passwordLinkSchema = z
  .strictObject({ url: z.url().nullable(), expires: z.iso.datetime(), mailed: z.boolean() })
  .openapi('PasswordLink');

export const passwordLinkRequestSchema = z
  .strictObject({ email: emailSchema })
  .openapi('PasswordLinkRequest');

/** A new password by the secret of a link. */
export const newPasswordInputSchema = z
  .strictObject({
    secret: z.string().min(1).max(200),
    password: passwordSchema,
    /** Whether every browser is signed out; true unless said. */
    endSessions: z.boolean().optional(),
    /** Whether every token of the account is revoked. */
    endTokens: z.boolean().optional(),
  })
  .openapi('NewPasswordInput');

export const profileInputSchema = z
  .strictObject({ name: personNameSchema.optional(), locale: z.enum(['en', 'ru', 'ro']).optional() })
  .openapi('ProfileInput');

export const passwordInputSchema = z
  .strictObject({
    current: z.string().max(PASSWORD_MAX).optional(),
    password: passwordSchema,
    /** Whether every other browser is signed out. */
    endSessions: z.boolean().optional(),
    /** Whether every token of the account is revoked. */
    endTokens: z.boolean().optional(),
  })
  .openapi('PasswordInput');

/** What a token may do, each more than the one before: `moderate` is everything that its person may do. */
export const scopeSchema = z.enum(['read', 'write', 'moderate']);

export const tokenInputSchema = z
  .strictObject({
    name: z.string().trim().min(1).max(TOKEN_NAME_LIMIT),
    scope: scopeSchema.default('read'),
    /** Slug of the only group that it opens; left out or null, all. */
    group: z.string().min(1).max(100).nullish(),
    expires: z.iso.datetime({ offset: true }).nullish(),
  })
  .openapi('TokenInput');

const tokenFields = {
  id: z.uuid(),
  name: z.string(),
  scope: scopeSchema,
  group: z.string().nullable(),
  created: z.iso.datetime(),
  expires: z.iso.datetime().nullable(),
  lastUsed: z.iso.datetime().nullable(),
};

export const tokenSchema = z.strictObject(tokenFields).openapi('Token');

/** The only answer with the token itself. */
export const newTokenSchema = z.strictObject({ ...tokenFields, token: z.string() }).openapi('NewToken');

/** A browser in which somebody is signed in. */
export const openSessionSchema = z
  .strictObject({
    id: z.string(),
    created: z.iso.datetime(),
    expires: z.iso.datetime(),
    /** Whether it is the one that asks. */
    current: z.boolean(),
  })
  .openapi('OpenSession');

export const meSchema = z
  .strictObject({
    id: z.uuid(),
    name: z.string(),
    email: z.string().nullable(),
    admin: z
      .boolean()
      .optional()
      .openapi({ description: 'With `optional`: whether they administer the site' }),
    groups: z.array(
      z.strictObject({
        slug: z.string(),
        name: z.string(),
        role: z.enum(ROLES),
      }),
    ),
  })
  .openapi('Me');

export type AccountDetails = z.infer<typeof accountDetailsSchema>;
export type AccountStateInput = z.input<typeof accountStateInputSchema>;
export type PasswordLink = z.infer<typeof passwordLinkSchema>;
export type NewPasswordInput = z.input<typeof newPasswordInputSchema>;
export type PasswordInput = z.input<typeof passwordInputSchema>;
export type Account = z.infer<typeof accountSchema>;
export type SignUpInput = z.infer<typeof signUpInputSchema>;
export type AccountInput = z.input<typeof accountInputSchema>;
export type Token = z.infer<typeof tokenSchema>;
export type TokenInput = z.input<typeof tokenInputSchema>;
export type OpenSession = z.infer<typeof openSessionSchema>;
export type Me = z.infer<typeof meSchema>;

import { db, type Prisma, pool, type Tx, transaction } from '@/lib/db';
import { isUniqueViolation } from '@/lib/db/unique-violation';
import { AppError } from '@/lib/kernel/errors';
import { newId } from '@/lib/kernel/ids';
import type { Membership } from './schema';

type ViewerRow = {
  id: string;
  name: string | null;
  email: string | null;
  admin: boolean;
  memberships: Membership[];
  isInvited: boolean;
};

type TokenRow = {
  scope: 'read' | 'write' | 'moderate';
  token: string;
  only: string | null;
  expires: Date | null;
};

type SessionRow = { expires: Date };

// Memberships come with the viewer, because this statement runs on every request.
const viewerColumns = (only: string) => `u.id, u.name, u.email, u.admin,
  NOT u.email_claimed AND EXISTS (SELECT FROM email_invitation i WHERE i.email = u.email) AS "isInvited", COALESCE((
    SELECT json_agg(json_build_object('groupId', g.id, 'slug', g.slug, 'name', g.name, 'role', m.role, 'moderates', m.moderates,
      'archived', g.archived_at IS NOT NULL, 'readOnly', g.read_only, 'premoderated', g.premoderated OR m.premoderated,
      'mutedUntil', m.muted_until, 'mutedReason', m.muted_reason) ORDER BY g.name)
    FROM member m JOIN "group" g ON g.id = m.group_id AND g.deleted_at IS NULL
    WHERE m.user_id = u.id AND ${only}), '[]') AS memberships`;

const BY_SESSION = `SELECT ${viewerColumns('true')}, s.expires FROM session s JOIN "user" u ON u.id = s.user_id
  WHERE s.session_token = $1 AND s.expires > now() AND u.deactivated_at IS NULL`;

const BY_TOKEN = `WITH used AS (
    UPDATE token SET last_used_at = now() WHERE hash = $1 AND (expires_at IS NULL OR expires_at > now())
      AND (last_used_at IS NULL OR last_used_at < now() - interval '1 minute'))
  SELECT ${viewerColumns('(t.group_id IS NULL OR g.id = t.group_id)')}, t.scope, t.id AS token, t.group_id AS only, t.expires_at AS expires
  FROM token t JOIN "user" u ON u.id = t.user_id
  WHERE t.hash = $1 AND (t.expires_at IS NULL OR t.expires_at > now()) AND u.deactivated_at IS NULL`;

/** The owner of the session with this hash, if it has not expired. */
export async function findViewerBySession(hash: string): Promise<(ViewerRow & SessionRow) | undefined> {
  const found = await pool().query<ViewerRow & SessionRow>({
    name: 'viewer-session',
    text: BY_SESSION,
    values: [hash],
  });
  return found.rows[0];
}

/** The owner of the token with this hash, if it has not expired; records its use at most once a minute. */
export async function findViewerByToken(hash: string): Promise<(ViewerRow & TokenRow) | undefined> {
  const found = await pool().query<ViewerRow & TokenRow>({
    name: 'viewer-token',
    text: BY_TOKEN,
    values: [hash],
  });
  return found.rows[0];
}

/** Those of these hashes that are of sessions and tokens which have not expired, each with whether its person is an administrator. */
export async function filterHeldCredentials(hashes: string[]): Promise<Map<string, boolean>> {
  if (hashes.length === 0) return new Map();
  const { rows } = await pool().query<{ hash: string; admin: boolean }>({
    name: 'held-credentials',
    text: `SELECT c.hash, u.admin FROM (
        SELECT session_token AS hash, user_id FROM session WHERE session_token = ANY($1) AND expires > now()
        UNION ALL SELECT hash, user_id FROM token WHERE hash = ANY($1) AND (expires_at IS NULL OR expires_at > now())) c
      JOIN "user" u ON u.id = c.user_id AND u.deactivated_at IS NULL`,
    values: [hashes],
  });
  return new Map(rows.map(({ hash, admin }) => [hash, admin]));
}

const BY_ID = `SELECT ${viewerColumns('true')} FROM "user" u WHERE u.id = $1 AND u.deactivated_at IS NULL`;

/** An account by id, as a viewer; undefined for one that is deactivated. */
export async function findViewerById(id: string): Promise<ViewerRow | undefined> {
  return (await pool().query<ViewerRow>(BY_ID, [id])).rows[0];
}

/** Those of these ids that are of accounts here. */
export async function selectKnownUsers(ids: string[]): Promise<string[]> {
  const found = await db.user.findMany({ where: { id: { in: ids } }, select: { id: true } });
  return found.map(({ id }) => id);
}

/** Somebody who has a name and no way to sign in; with the dates, nobody whom a list of accounts has. */
export type Ghost = { id: string; name: string; deletedAt?: Date; deactivatedAt?: Date };

/** Takes the names of ghosts away. */
export async function forgetGhostNames(ids: string[]): Promise<void> {
  await db.user.updateMany({ where: { id: { in: ids }, email: null }, data: { name: '' } });
}

/** Adds people who can be named as authors and cannot sign in; who is here already stays as they are. */
export async function insertGhostUsers(tx: Tx, people: Ghost[]): Promise<void> {
  await tx.user.createMany({ data: people, skipDuplicates: true });
}

const account = {
  ...{ id: true, email: true, name: true, admin: true, createdAt: true },
  ...{ deactivatedAt: true, deletedAt: true },
} as const;

export type AccountRow = Prisma.UserGetPayload<{ select: typeof account }>;

/** Throws `conflict` on /email where an account has it. */
export async function insertUser(
  data: Pick<Prisma.UserCreateInput, 'email' | 'name' | 'admin' | 'passwordHash' | 'emailClaimed'>,
  client: Tx = db,
) {
  try {
    return await client.user.create({ data: { ...data, id: newId() }, select: account });
  } catch (error) {
    if (!isUniqueViolation(error, 'user_email_key')) throw error;
    throw new AppError('conflict', 'There is already an account with this e-mail address.', {
      errors: [{ pointer: '/email', detail: 'There is already an account with this e-mail address.' }],
    });
  }
}

/** Accounts in order of creation, newest first; `before` is the id that the last page ended on. */
export function selectUsers(limit: number, before?: string, words?: string) {
  const like = { contains: words ?? '', mode: 'insensitive' as const };
  return db.user.findMany({
    where: {
      deletedAt: null,
      ...(before && { id: { lt: before } }),
      ...(words && { OR: [{ email: like }, { name: like }] }),
    },
    orderBy: { id: 'desc' },
    take: limit,
    select: account,
  });
}

export function findUserByEmail(email: string) {
  return db.user.findUnique({
    where: { email },
    select: { ...account, passwordHash: true, locale: true },
  });
}

export function findUser(id: string) {
  return db.user.findUnique({ where: { id }, select: { ...account, passwordHash: true, locale: true } });
}

export function updateUser(id: string, data: Prisma.UserUpdateInput) {
  return db.user.update({ where: { id }, data, select: account });
}

/** Sets the password, and ends the sessions that are not kept (hashes) and, where wished, the tokens. */
export async function replacePassword(
  id: string,
  passwordHash: string,
  { keep, endTokens }: { keep: string[] | 'all'; endTokens: boolean },
): Promise<void> {
  await transaction(async (tx) => {
    await tx.user.update({ where: { id }, data: { passwordHash } });
    if (keep !== 'all') await tx.session.deleteMany({ where: { userId: id, sessionToken: { notIn: keep } } });
    if (endTokens) await tx.token.deleteMany({ where: { userId: id } });
  });
}

/** Whether the session with this hash was opened in the last `seconds`. */
export async function isFreshSession(sessionToken: string, seconds: number): Promise<boolean> {
  const after = new Date(Date.now() - seconds * 1_000);
  return (await db.session.count({ where: { sessionToken, createdAt: { gt: after } } })) > 0;
}

/** Inserts a session, and deletes the expired ones of the same person. Whoever is deactivated gets none. */
export async function insertSession(sessionToken: string, userId: string, expires: Date): Promise<void> {
  await db.session.deleteMany({ where: { userId, expires: { lt: new Date() } } });
  if (await isActive(userId)) await db.session.create({ data: { sessionToken, userId, expires } });
}

/** Whether somebody may sign in as this person. */
export async function isActive(id: string): Promise<boolean> {
  return (await db.user.count({ where: { id, deactivatedAt: null } })) > 0;
}

/** The newest sessions of a person that have not expired. */
export function selectSessions(userId: string) {
  return db.session.findMany({
    where: { userId, expires: { gt: new Date() } },
    orderBy: { createdAt: 'desc' },
    take: 20,
    select: { sessionToken: true, createdAt: true, expires: true },
  });
}

export async function deleteOtherSessions(userId: string, kept: string): Promise<void> {
  await db.session.deleteMany({ where: { userId, sessionToken: { not: kept } } });
}

/** Returns the number of ended sessions: 0 where this person has none whose hash begins so. */
export async function deleteSessions(userId: string, beginning: string): Promise<number> {
  return (await db.session.deleteMany({ where: { userId, sessionToken: { startsWith: beginning } } })).count;
}

const token = {
  id: true,
  name: true,
  scope: true,
  group: { select: { slug: true } },
  createdAt: true,
  expiresAt: true,
  lastUsedAt: true,
} as const;

export function insertToken(data: Omit<Prisma.TokenUncheckedCreateInput, 'id'>) {
  return db.token.create({ data: { ...data, id: newId() }, select: token });
}

export function selectTokens(userId: string, groupId: string | null) {
  const where = { userId, ...(groupId !== null && { groupId }) };
  return db.token.findMany({ where, orderBy: { id: 'desc' }, select: token });
}

/** When a token expires; null for one that does not. */
export async function selectTokenEnd(id: string): Promise<Date | null> {
  return (await db.token.findUnique({ where: { id }, select: { expiresAt: true } }))?.expiresAt ?? null;
}

/** Returns the number of deleted tokens: 0 where the token is not this person's. */
export async function deleteToken(userId: string, id: string): Promise<number> {
  return (await db.token.deleteMany({ where: { userId, id } })).count;
}

const person = { id: true, email: true, name: true, emailVerified: true } as const;

/** The queries of next-auth's adapter. */
export function adapterTables() {
  return {
    client: db,
    createUser: (email: string | null, name: string | null) =>
      db.user.create({ data: { id: newId(), email, name }, select: person }),
    verifyUser: (id: string, emailVerified: Date | null) => markVerified(id, emailVerified),
    user: (id: string) => db.user.findUnique({ where: { id }, select: person }),
    userByEmail: (email: string) => db.user.findUnique({ where: { email }, select: person }),
    userByAccount: (issuer: string, subject: string) =>
      db.user.findFirst({ where: { accounts: { some: { issuer, subject } } }, select: person }),
    linkAccount: (issuer: string, subject: string, userId: string, type: string) =>
      db.account.create({ data: { issuer, subject, userId, type } }),
    session: (sessionToken: string) =>
      db.session.findUnique({ where: { sessionToken }, include: { user: { select: person } } }),
    deleteSession: (sessionToken: string) => db.session.deleteMany({ where: { sessionToken } }),
  };
}

/**
 * Notes that a person has proven their address. Where somebody had only claimed it, what they could sign in with ends:
 * they may have been another.
 */
function markVerified(id: string, emailVerified: Date | null) {
  return transaction(async (tx) => {
    const { emailClaimed } = await tx.user.findUniqueOrThrow({
      where: { id },
      select: { emailClaimed: true },
    });
    const isProven = emailClaimed && emailVerified !== null;
    if (isProven) {
      await tx.session.deleteMany({ where: { userId: id } });
      await tx.token.deleteMany({ where: { userId: id } });
    }
    const data = { emailVerified, ...(isProven && { emailClaimed: false, passwordHash: null }) };
    return tx.user.update({ where: { id }, data, select: person });
  });
}

/** The ids of the accounts that have these addresses, by address. */
export async function selectIdsByEmail(tx: Tx, emails: string[]): Promise<Map<string, string>> {
  const rows = await tx.user.findMany({
    where: { email: { in: emails } },
    select: { id: true, email: true },
  });
  return new Map(rows.map(({ id, email }) => [email ?? '', id]));
}

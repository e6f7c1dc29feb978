import type { Tx } from '@/lib/db';
import { AppError, invalidField, notFound } from '@/lib/kernel/errors';
import { isId } from '@/lib/kernel/ids';
import { type ListPage, toListPage } from '@/lib/kernel/list-page';
import { canOnSite } from '@/lib/policy';
import { hashPassword, verifyPassword } from './password';
import {
  type Account,
  type AccountInput,
  accountInputSchema,
  emailSchema,
  type Me,
  type PasswordInput,
  passwordSchema,
  type SignUpInput,
  type Token,
  type TokenInput,
  tokenInputSchema,
  type Viewer,
} from './schema';
import { hashSecret, newSecret } from './session';
import { checkPassword } from './sign-in';
import * as store from './store';
import {
  requireOnSite,
  requireSession,
  requireSignedIn,
  requireUnscopedToken,
  type SignedInViewer,
  viewerOf,
} from './viewer';

/**
 * The caller's own account and groups; with `admin`, whether they administer the site. Throws `unauthenticated` for
 * nobody.
 */
export function describeMe(viewer: Viewer, { admin = false } = {}): Me {
  const { id, name, email, memberships } = requireSignedIn(viewer);
  return {
    id,
    name,
    email,
    ...(admin && { admin: viewer.admin }),
    groups: memberships.map(({ slug, name, role }) => ({ slug, name, role })),
  };
}

/** An account as the API gives it. */
export function toAccount(row: store.AccountRow): Account {
  const { id, email, name, admin, createdAt, deactivatedAt, deletedAt } = row;
  const state = deletedAt !== null ? 'deleted' : deactivatedAt !== null ? 'deactivated' : 'active';
  return { id, email, name: name ?? '', admin, state, created: createdAt.toISOString() };
}

/** Creates an account; for administrators and the operator. Throws `forbidden`, and `conflict` on /email. */
export async function createAccount(viewer: Viewer, input: AccountInput): Promise<Account> {
  requireOnSite(viewer, 'manage-accounts');
  const { email, name, password, admin } = accountInputSchema.parse(input);
  const passwordHash = password === undefined ? null : await hashPassword(password);
  return toAccount(await store.insertUser({ email, name, admin, passwordHash }));
}

/**
 * Makes an account for its own person, who has not proven the address; without a password they sign in by a link to it.
 * Throws `conflict` on /email.
 */
export async function registerAccount(
  tx: Tx,
  { email, name, password }: Omit<SignUpInput, 'code'>,
  { withPassword }: { withPassword: boolean },
): Promise<Account> {
  const passwordHash = withPassword ? await hashPassword(password) : null;
  return toAccount(await store.insertUser({ email, name, passwordHash, emailClaimed: true }, tx));
}

/** The ids of the accounts that have these addresses, by address; for rooms that ask `canSeeAccounts` first. */
export function findAccountIds(tx: Tx, emails: string[]): Promise<Map<string, string>> {
  return store.selectIdsByEmail(tx, emails);
}

/** Whether a viewer may know who has an account. */
export function canSeeAccounts(viewer: Viewer): boolean {
  return canOnSite(viewer, 'manage-accounts');
}

/** A page of the accounts that are not deleted, newest first, with `words` in the name or the address. For administrators. */
export async function listAccounts(
  viewer: Viewer,
  { limit = 50, cursor, words }: { limit?: number; cursor?: string; words?: string } = {},
): Promise<ListPage<Account>> {
  requireOnSite(viewer, 'manage-accounts');
  if (cursor && !isId(cursor)) throw new AppError('malformed', 'This cursor is not one of ours.');
  const rows = await store.selectUsers(limit + 1, cursor, words);
  return toListPage(rows.map(toAccount), limit);
}

/** Those of these ids that are of accounts here. */
export async function filterKnownUsers(ids: string[]): Promise<Set<string>> {
  return new Set(ids.length > 0 ? await store.selectKnownUsers(ids) : []);
}

/**
 * Adds authors of imported annotations: they have a name, and no way to sign in. An account that exists stays as it is.
 */
export function insertGhostUsers(tx: Tx, people: store.Ghost[]): Promise<void> {
  return store.insertGhostUsers(tx, people);
}

/** The account with this e-mail address; null where there is none. For rooms that name people by it. */
export async function findAccount(email: string): Promise<Account | null> {
  const parsed = emailSchema.safeParse(email);
  const row = parsed.success ? await store.findUserByEmail(parsed.data) : null;
  return row ? toAccount(row) : null;
}

/** Changes the caller's own name or language. */
export async function updateProfile(
  viewer: Viewer,
  input: { name?: string; locale?: string },
): Promise<Account> {
  const { id } = requireUnscopedToken(viewer);
  return toAccount(await store.updateUser(id, input));
}

/** Seconds after a sign-in in which an account without a password may be given one. */
const FRESH_SECONDS = 600;

/**
 * Sets the caller's own password, for a session alone: a token that was read by somebody must not become an account.
 * `current` must fit where there is a password, and counts as a sign-in from `address`; a first password wants a
 * sign-in of the last ten minutes. `session` is the hash of the caller's session. The other sessions end unless
 * `endSessions` is false, and all tokens where `endTokens` is true. Throws `forbidden`, `invalid` on /current, and
 * `rate_limited`.
 */
export async function setPassword(
  viewer: Viewer,
  {
    current = '',
    password,
    session = '',
    address,
    endSessions = true,
    endTokens = false,
  }: PasswordInput & { session?: string | undefined; address: string },
): Promise<void> {
  const { id } = requireUnscopedToken(viewer);
  if (viewer.token !== null) throw new AppError('forbidden', 'A token cannot set a password: sign in.');
  const user = await store.findUser(id);
  if (!user) throw notFound();
  if (user.passwordHash === null) {
    if (!(await store.isFreshSession(session, FRESH_SECONDS))) {
      throw new AppError(
        'forbidden',
        'Sign in again first: a first password is set within ten minutes of it.',
      );
    }
  } else if (!(await isOwnPassword(user, current, address))) {
    throw invalidField('current', 'The current password is not correct.');
  }
  const passwordHash = await hashPassword(password);
  await store.replacePassword(id, passwordHash, { keep: endSessions ? [session] : 'all', endTokens });
}

/**
 * The viewer, once they have proven again who they are: by their password, or where they have none by a sign-in of the last
 * ten minutes. Throws `forbidden` for a token and an old sign-in, `invalid` on /password, `rate_limited`.
 */
export async function requireOwnPassword(
  viewer: Viewer,
  { password, session = '', address }: { password: string; session?: string | undefined; address: string },
): Promise<SignedInViewer> {
  const person = requireSession(viewer);
  const user = await store.findUser(person.id);
  if (!user) throw notFound();
  if (user.passwordHash === null) {
    if (!(await store.isFreshSession(session, FRESH_SECONDS)))
      throw new AppError('forbidden', 'Sign in again first: this is done within ten minutes of it.');
  } else if (!(await isOwnPassword(user, password, address))) {
    throw invalidField('password', 'The current password is not correct.');
  }
  return person;
}

/** Whether `current` opens the account; a wrong one counts as a failed sign-in. Throws `rate_limited`. */
async function isOwnPassword(
  { email, passwordHash }: { email: string | null; passwordHash: string | null },
  current: string,
  address: string,
): Promise<boolean> {
  if (email === null) return verifyPassword(passwordHash, current);
  return (await checkPassword({ email, password: current }, address)) !== undefined;
}

/**
 * Sets anybody's password, unless it is that one already; for the operator alone. All their sessions end.
 * Throws `forbidden`, and `invalid` on /email where no account has this address.
 */
export async function resetPassword(viewer: Viewer, email: string, password: string): Promise<void> {
  requireOnSite(viewer, 'act-for-accounts');
  const user = await store.findUserByEmail(emailSchema.parse(email));
  if (!user) throw invalidField('email', 'There is no account with this e-mail address.');
  if (await verifyPassword(user.passwordHash, password)) return;
  const passwordHash = await hashPassword(passwordSchema.parse(password));
  await store.replacePassword(user.id, passwordHash, { keep: [], endTokens: false });
}

function toToken(row: Awaited<ReturnType<typeof store.insertToken>>): Token {
  return {
    id: row.id,
    name: row.name,
    scope: row.scope,
    group: row.group?.slug ?? null,
    created: row.createdAt.toISOString(),
    expires: row.expiresAt?.toISOString() ?? null,
    lastUsed: row.lastUsedAt?.toISOString() ?? null,
  };
}

/** The caller's own tokens, newest first, without their secrets; with a token of one group, those of that group. */
export async function listTokens(viewer: Viewer): Promise<Token[]> {
  const { id, only } = requireSignedIn(viewer);
  return (await store.selectTokens(id, only)).map(toToken);
}

async function makeToken(
  { id: userId, memberships }: Pick<SignedInViewer, 'id' | 'memberships'>,
  input: TokenInput,
): Promise<Token & { token: string }> {
  const { name, scope, group, expires } = tokenInputSchema.parse(input);
  const member = memberships.find(({ slug }) => slug === group);
  if (group && !member) throw invalidField('group', 'There is no such group that you are a member of.');
  const groupId = member?.groupId ?? null;
  if (expires && new Date(expires) <= new Date()) throw invalidField('expires', 'This is in the past.');
  const token = `scholion_${newSecret()}`;
  const expiresAt = expires ? new Date(expires) : null;
  const row = await store.insertToken({ userId, name, scope, groupId, hash: hashSecret(token), expiresAt });
  return { ...toToken(row), token };
}

/**
 * Creates a token of the caller's own; only this answer has `token`. A caller with a token cannot create one that may do
 * more, or lasts longer. Throws `forbidden`, and `invalid` on /group and /expires.
 */
export async function createToken(viewer: Viewer, input: TokenInput): Promise<Token & { token: string }> {
  const person = requireUnscopedToken(viewer);
  if (person.scope === 'write' && input.scope === 'moderate')
    throw new AppError('forbidden', 'A token cannot make another that may more.');
  const end = person.token === null ? null : await store.selectTokenEnd(person.token);
  if (end && (!input.expires || new Date(input.expires) > end))
    throw new AppError('forbidden', 'A token cannot make another that lasts longer.');
  return makeToken(person, input);
}

/**
 * Creates a token for an account; for the operator alone. Throws `forbidden`, and `invalid` where no account has this
 * address.
 */
export async function createTokenFor(
  viewer: Viewer,
  email: string,
  input: Omit<TokenInput, 'name'>,
): Promise<Token & { token: string }> {
  requireOnSite(viewer, 'act-for-accounts');
  const account = await findAccount(email);
  const person = account && (await viewerOf(account.id));
  if (!person?.id) throw invalidField('email', 'There is no account with this e-mail address.');
  return makeToken({ ...person, id: person.id }, { name: 'command line', ...input });
}

/** Revokes a token of the caller's own. Throws `not_found`. */
export async function revokeToken(viewer: Viewer, id: string): Promise<void> {
  const person = requireUnscopedToken(viewer);
  if (!isId(id) || (await store.deleteToken(person.id, id)) === 0) throw notFound();
}

/** Whether the caller can sign in with a password. */
export async function hasPassword(viewer: Viewer): Promise<boolean> {
  return Boolean((await store.findUser(requireSignedIn(viewer).id))?.passwordHash);
}

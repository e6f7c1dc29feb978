import { AppError } from '@/lib/kernel/errors';
import { canOnSite, type SiteAction } from '@/lib/policy';
import { anonymous, type Viewer } from './schema';
import { seenAsStudent } from './see-as-student';
import { hashSecret, sessionHash } from './session';
import { findViewerById, findViewerBySession, findViewerByToken } from './store';
import { recallViewer } from './viewer-cache';

/** Challenge of RFC 6750 §3, for a request without a valid token. */
const CHALLENGE = { headers: { 'WWW-Authenticate': 'Bearer' } };

/**
 * The viewer who sent a request with these headers: by `Authorization: Bearer`, else by the session cookie, else
 * `anonymous`. One statement at most, and none for somebody who is remembered. Throws `unauthenticated` for a token that is unknown, revoked or expired; an
 * unknown cookie means nobody.
 */
export async function resolveViewer(headers: Headers): Promise<Viewer> {
  const authorization = headers.get('authorization');
  if (authorization !== null) {
    const [, secret] = /^Bearer +(\S+)$/i.exec(authorization) ?? [];
    const found = secret && (await recallByToken(hashSecret(secret)));
    if (!found)
      throw new AppError('unauthenticated', 'This token is unknown, revoked or expired.', CHALLENGE);
    return found;
  }
  const hash = sessionHash(headers);
  const viewer = hash && (await recallBySession(hash));
  return viewer ? seenAsStudent(viewer, headers) : anonymous;
}

function recallByToken(hash: string): Promise<Viewer | undefined> {
  return recallViewer(`token ${hash}`, async () => {
    const found = await findViewerByToken(hash);
    if (!found) return undefined;
    const { expires, name, ...viewer } = found;
    return { expires, viewer: { ...viewer, name: name ?? '' } };
  });
}

function recallBySession(hash: string): Promise<Viewer | undefined> {
  return recallViewer(`session ${hash}`, async () => {
    const found = await findViewerBySession(hash);
    if (!found) return undefined;
    const { expires, ...viewer } = found;
    return { expires, viewer: asViewer(viewer) };
  });
}

function asViewer(found: NonNullable<Awaited<ReturnType<typeof findViewerById>>>): Viewer {
  return { ...found, name: found.name ?? '', scope: 'session', token: null, only: null };
}

/** A viewer who is a person with an account. */
export type SignedInViewer = Viewer & { id: string };

/** Throws `unauthenticated` for nobody. */
export function requireSignedIn(viewer: Viewer): SignedInViewer {
  if (viewer.id === null) throw new AppError('unauthenticated', 'Sign in first.', CHALLENGE);
  return viewer as SignedInViewer;
}

/** Throws `unauthenticated` for nobody, `forbidden` for a token that may only read. */
export function requireWriteScope(viewer: Viewer): SignedInViewer {
  const person = requireSignedIn(viewer);
  if (person.scope === 'read' && person.token === null)
    throw new AppError('forbidden', 'You look at this as a student: end that before you write.');
  if (person.scope === 'read') throw new AppError('forbidden', 'This token may read, but not write.');
  return person;
}

/** As `requireWriteScope`, and `forbidden` for a token that may write, but not manage a group or moderate in it. */
export function requireModerateScope(viewer: Viewer): SignedInViewer {
  const person = requireWriteScope(viewer);
  if (person.scope === 'write')
    throw new AppError('forbidden', 'This token may write, but not moderate or manage.');
  return person;
}

/** As `requireWriteScope`, and `forbidden` for a token of one group, which does not act on the whole account. */
export function requireUnscopedToken(viewer: Viewer): SignedInViewer {
  const person = requireWriteScope(viewer);
  if (person.only !== null) throw new AppError('forbidden', 'This token is for one group.');
  return person;
}

/** As `requireWriteScope`, and `forbidden` for a token: what only somebody at a browser does. */
export function requireSession(viewer: Viewer): SignedInViewer {
  const person = requireUnscopedToken(viewer);
  if (person.token !== null) throw new AppError('forbidden', 'A token cannot do this: sign in.');
  return person;
}

/** Throws unless policy lets the viewer do `action` on the site: `unauthenticated` for nobody, else `forbidden`. */
export function requireOnSite(viewer: Viewer, action: SiteAction): void {
  if (canOnSite(viewer, action)) return;
  if (action === 'act-for-accounts')
    throw new AppError('forbidden', 'Only the operator may do this, at the command line.');
  if (!viewer.admin) requireSignedIn(viewer);
  throw new AppError('forbidden', 'Only an administrator may do this.');
}

/**
 * Who acts on somebody's account: an administrator by a session, or the operator (null). A token that was read by
 * somebody must not take over accounts. Throws `unauthenticated`, `forbidden`.
 */
export function requireAccountManager(viewer: Viewer): string | null {
  requireOnSite(viewer, 'manage-accounts');
  return canOnSite(viewer, 'act-for-accounts') ? null : requireSession(viewer).id;
}

/** The viewer of an account, for work in that person's name: mail, jobs, the seed. Undefined where there is none. */
export async function viewerOf(id: string): Promise<Viewer | undefined> {
  const found = await findViewerById(id);
  return found && asViewer(found);
}

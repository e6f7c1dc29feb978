import { readFile } from 'node:fs/promises';
import type { Annotation } from '@/lib/annotation/schema';
import { httpApp } from '@/lib/api';
import { db } from '@/lib/db';
import { provisionGroup } from '@/lib/group';
import { createAccount, createTokenFor, operator } from '@/lib/identity';
import { hashSecret, newSecret } from '@/lib/identity/session';
import type { Role } from '@/lib/policy';
import { publishDraft, uploadDraft } from '@/lib/publication';

/** Somebody with a token: `call` is a request in their name, answered as the server answers it. */
export type TestUser = { id: string; email: string; token: string | null; session?: string };

let sequence = 0;

/** A new person with a token of `scope`. */
export async function createUserWithToken(
  login: string,
  scope: 'read' | 'write' | 'moderate' = 'moderate',
  name = login,
): Promise<TestUser> {
  const email = `${login}${++sequence}@tests.example`;
  const { id } = await createAccount(operator, { email, name });
  return { id, email, token: (await createTokenFor(operator, email, { scope })).token };
}

/** An administrator of the site, with a token that may do all. */
export async function createAdmin(): Promise<TestUser> {
  const email = `admin${++sequence}@tests.example`;
  const { id } = await createAccount(operator, { email, name: 'Admin', admin: true });
  return { id, email, token: (await createTokenFor(operator, email, { scope: 'moderate' })).token };
}

/** The same person at a browser: signed in by a session, where a token does not do. */
export async function atBrowser({ id, email }: TestUser): Promise<TestUser> {
  const session = newSecret();
  await db.session.create({
    data: { sessionToken: hashSecret(session), userId: id, expires: new Date(Date.now() + 86_400_000) },
  });
  return { id, email, token: null, session };
}

export const anonymous: TestUser = { id: '', email: '', token: null };

/** The first edition, imported and published once in this database. */
export async function publishSampleEdition(): Promise<'gheorghiu-2009'> {
  const { unchanged, slug } = await uploadDraft(operator, await readFile('seed/gheorghiu-2009.xml', 'utf8'));
  if (!unchanged) await publishDraft(operator, slug);
  return 'gheorghiu-2009';
}

/** A new group with these people in these roles; gives its slug. */
export async function createSeminar(
  people: Partial<Record<string, { somebody: TestUser; role: Role }>>,
  access: 'open' | 'restricted' | 'private' = 'private',
): Promise<string> {
  const slug = `seminar-${++sequence}`;
  const members = Object.values(people).map((member) => ({
    email: member?.somebody.email ?? '',
    role: member?.role ?? 'reader',
  }));
  await provisionGroup(operator, { slug, name: `Seminar ${sequence}`, access }, members);
  return slug;
}

const isRaw = (body: unknown): body is string | Uint8Array<ArrayBuffer> =>
  typeof body === 'string' || body instanceof Uint8Array;

type Call = { method?: string; body?: unknown; headers?: Record<string, string> };

/** Sends a request to the server in somebody's name. */
export async function call(
  who: TestUser,
  path: string,
  { method, body, headers }: Call = {},
): Promise<Response> {
  const sent = new Headers(headers);
  if (who.session) sent.set('cookie', `next-auth.session-token=${who.session}`);
  if (who.token) sent.set('authorization', `Bearer ${who.token}`);
  if (body !== undefined && !sent.has('content-type')) sent.set('content-type', 'application/json');
  return httpApp.fetch(
    new Request(`http://localhost:3000${path}`, {
      method: method ?? (body === undefined ? 'GET' : 'POST'),
      headers: sent,
      ...(body !== undefined && { body: isRaw(body) ? body : JSON.stringify(body) }),
    }),
  );
}

/** Writes a gloss in somebody's name, on «нездоровой шумихи» unless `more` says otherwise. */
export async function postGloss(
  who: TestUser,
  group: string,
  more: Record<string, unknown> = {},
): Promise<Annotation> {
  const passage = { edition: 'gheorghiu-2009', section: 'doc1', start: 948, end: 965 };
  const body = { ...passage, body: 'Hullabaloo, rather.', ...more };
  const response = await call(who, `/api/v1/groups/${group}/annotations`, { body });
  if (response.status !== 201) throw new Error(`${response.status} ${await response.text()}`);
  return response.json();
}

/** Answers an annotation in somebody's name. */
export async function postReply(
  who: TestUser,
  id: string,
  more: Record<string, unknown> = {},
): Promise<Annotation> {
  const response = await call(who, `/api/v1/annotations/${id}/replies`, {
    body: { body: 'Quite so.', ...more },
  });
  if (response.status !== 201) throw new Error(`${response.status} ${await response.text()}`);
  return response.json();
}

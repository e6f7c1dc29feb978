import { createHmac, timingSafeEqual } from 'node:crypto';
import { config } from '@/lib/config';
import { requireSignedIn, requireUnscopedToken } from '@/lib/identity';
import type { Viewer } from '@/lib/identity/schema';
import { notFound } from '@/lib/kernel/errors';
import { isId } from '@/lib/kernel/ids';
import { canMail } from '@/lib/mail';
import type { NoticeSetting } from '../schema';
import * as store from './store';

/** How the viewer wants to be told, whether they have a feed, and whether this server sends mail. Throws unauthenticated. */
export async function getNoticeSetting(
  viewer: Viewer,
): Promise<NoticeSetting & { hasFeed: boolean; canMail: boolean }> {
  return { ...(await store.findSetting(requireSignedIn(viewer).id)), canMail: canMail() };
}

/** Changes how the viewer wants to be told; what is left out stays. Throws unauthenticated, and forbidden by token. */
export async function updateNoticeSetting(viewer: Viewer, change: Partial<NoticeSetting>): Promise<void> {
  await store.upsertSetting(requireUnscopedToken(viewer).id, change);
}

/** Where a POST without a session ends a person's mail: RFC 8058 §3.2 wants an address that names the person unguessably. */
export function unsubscribeUrl(userId: string): string {
  return `${config().address}/api/v1/unsubscribe/${userId}/${signatureOf(userId)}`;
}

/** Ends the mail of the person whom such an address names. Throws not_found where it is not one of ours. */
export async function unsubscribe(userId: string, signature: string): Promise<void> {
  const expected = isId(userId) ? Buffer.from(signatureOf(userId)) : null;
  const given = Buffer.from(signature);
  if (expected?.length !== given.length || !timingSafeEqual(expected, given)) throw notFound();
  await store.upsertSetting(userId, { mail: 'never' });
}

function signatureOf(userId: string): string {
  return createHmac('sha256', config().NEXTAUTH_SECRET).update(`unsubscribe ${userId}`).digest('base64url');
}

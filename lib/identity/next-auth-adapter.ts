import { PrismaAdapter } from '@auth/prisma-adapter';
import type { Adapter, AdapterAccount, AdapterUser } from 'next-auth/adapters';
import { hashSecret } from './session';
import { adapterTables, insertSession } from './store';
import { forgetViewers } from './viewer-cache';

type Row = { id: string; email: string | null; name: string | null; emailVerified: Date | null };

// next-auth's type requires an address; a person whose provider verified none has none.
function toUser({ id, email, name, emailVerified }: Row): AdapterUser {
  return { id, name, email: email as string, emailVerified };
}

/**
 * @auth/prisma-adapter with other rules of storage: sessions by their hash, accounts by (issuer, subject) as OpenID
 * Connect Core §5.7 requires, and none of a provider's tokens.
 */
export function nextAuthAdapter(issuer: string): Adapter {
  const tables = adapterTables();
  const base = PrismaAdapter(tables.client) as Adapter;
  return {
    ...base,
    async createUser(user: Omit<AdapterUser, 'id'>) {
      return toUser(await tables.createUser(user.email?.toLowerCase() ?? null, user.name ?? null));
    },
    async updateUser({ id, emailVerified }) {
      return toUser(await tables.verifyUser(id, emailVerified ?? null));
    },
    async getUser(id) {
      const row = await tables.user(id);
      return row && toUser(row);
    },
    async getUserByEmail(email) {
      const row = await tables.userByEmail(email.toLowerCase());
      return row && toUser(row);
    },
    async getUserByAccount({ providerAccountId }) {
      const row = await tables.userByAccount(issuer, providerAccountId);
      return row && toUser(row);
    },
    async linkAccount({ userId, type, providerAccountId }: AdapterAccount) {
      await tables.linkAccount(issuer, providerAccountId, userId, type);
    },
    async createSession(session) {
      await insertSession(hashSecret(session.sessionToken), session.userId, session.expires);
      return session;
    },
    async getSessionAndUser(sessionToken) {
      const row = await tables.session(hashSecret(sessionToken));
      if (!row) return null;
      const { userId, expires, user } = row;
      return { session: { sessionToken, userId, expires }, user: toUser(user) };
    },
    // A session is not prolonged, so that a stolen cookie expires too.
    async updateSession() {
      return null;
    },
    async deleteSession(sessionToken) {
      await tables.deleteSession(hashSecret(sessionToken));
      // The notification of it comes a moment later.
      forgetViewers();
    },
  };
}

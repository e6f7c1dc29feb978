import type { AuthOptions } from 'next-auth';
import { encode } from 'next-auth/jwt';
import type { CredentialsConfig } from 'next-auth/providers/credentials';
import type { EmailConfig } from 'next-auth/providers/email';
import type { OAuthConfig } from 'next-auth/providers/oauth';
import { config } from '@/lib/config';
import { clientAddress } from '@/lib/http/client-address';
import { AppError } from '@/lib/kernel/errors';
import { mailSignInLink } from './mail-sign-in-link';
import { nextAuthAdapter } from './next-auth-adapter';
import { hashSecret, newSecret, SESSION_SECONDS } from './session';
import { checkPassword } from './sign-in';
import { insertSession } from './store';

type Claims = {
  sub: string;
  name?: string;
  preferred_username?: string;
  email?: string;
  email_verified?: boolean;
};

const password: CredentialsConfig = {
  id: 'credentials',
  name: 'Password',
  type: 'credentials',
  credentials: { email: {}, password: {} },
  async authorize(given, request) {
    const { email = '', password = '' } = given ?? {};
    try {
      const headers = new Headers(request.headers as Record<string, string>);
      return (await checkPassword({ email, password }, clientAddress(headers))) ?? null;
    } catch (error) {
      // next-auth passes the message on as `?error=`, from which the page reads the seconds.
      if (error instanceof AppError && error.code === 'rate_limited')
        throw new Error(`rate_limited ${error.headers['Retry-After']}`);
      throw error;
    }
  },
};

function emailLink(): EmailConfig {
  return {
    id: 'email',
    type: 'email',
    name: 'Email',
    server: '',
    from: config().MAIL_FROM,
    maxAge: 3600,
    options: {},
    sendVerificationRequest: async ({ identifier, url }) => mailSignInLink(identifier, url),
  };
}

function singleSignOn(issuer: string): OAuthConfig<Claims> {
  return {
    id: 'oidc',
    type: 'oauth',
    name: config().OIDC_NAME,
    wellKnown: `${issuer}/.well-known/openid-configuration`,
    clientId: config().OIDC_CLIENT_ID,
    clientSecret: config().OIDC_CLIENT_SECRET,
    authorization: { params: { scope: 'openid email profile' } },
    idToken: true,
    checks: ['pkce', 'state', 'nonce'],
    // Not dangerous here, because `profile` passes an address on only if the provider says that it verified it.
    allowDangerousEmailAccountLinking: true,
    profile: ({ sub, name, preferred_username, email, email_verified }) => ({
      id: sub,
      name: name ?? preferred_username ?? '',
      email: email_verified === true && email ? email.toLowerCase() : null,
    }),
  };
}

/**
 * next-auth's settings. Sessions are rows of the database for every way of signing in: next-auth would issue a JWT for a
 * password, so `jwt.encode` inserts a row instead and returns its secret. `session.strategy` is left out, because
 * next-auth refuses 'database' where passwords are the only provider; the adapter implies it.
 */
export function authOptions(): AuthOptions {
  const { NEXTAUTH_SECRET, OIDC_ISSUER, SMTP_URL } = config();
  const issuer = OIDC_ISSUER?.replace(/\/+$/, '');
  return {
    secret: NEXTAUTH_SECRET,
    adapter: nextAuthAdapter(issuer ?? ''),
    providers: [password, ...(SMTP_URL ? [emailLink()] : []), ...(issuer ? [singleSignOn(issuer)] : [])],
    session: { maxAge: SESSION_SECONDS },
    pages: { signIn: '/signin', error: '/signin', verifyRequest: '/signin?sent=1' },
    callbacks: {
      jwt: ({ token, account }) =>
        account?.type === 'credentials' ? { ...token, viaCredentials: true } : token,
      redirect: ({ url, baseUrl }) =>
        URL.canParse(url, baseUrl) && new URL(url, baseUrl).origin === new URL(baseUrl).origin
          ? new URL(url, baseUrl).href
          : baseUrl,
    },
    jwt: {
      maxAge: SESSION_SECONDS,
      async encode(params) {
        if (!params.token?.viaCredentials || !params.token.sub) return encode(params);
        const secret = newSecret();
        await insertSession(
          hashSecret(secret),
          params.token.sub,
          new Date(Date.now() + SESSION_SECONDS * 1000),
        );
        return secret;
      },
    },
  };
}

/** The ways of signing in besides a password, for the page. */
export function otherSignIns(): { email: boolean; oidc: string | null } {
  const { SMTP_URL, OIDC_ISSUER, OIDC_NAME } = config();
  return { email: Boolean(SMTP_URL), oidc: OIDC_ISSUER ? OIDC_NAME : null };
}

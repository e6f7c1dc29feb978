import assert from 'node:assert/strict';
import { createHash, generateKeyPairSync, type JsonWebKey, randomUUID, sign } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { createRequire } from 'node:module';
import { createServer as createTcpServer } from 'node:net';
import { after, before, describe, it } from 'node:test';
import type NextAuthHandler from 'next-auth';
import { disconnect, pool } from '@/lib/db';
import {
  createAccount,
  operator,
  requestPasswordLink,
  resolveViewer,
  setPasswordByLink,
  updateAccount,
} from '@/lib/identity';
import { authOptions } from '@/lib/identity/auth-options';
import { checkPassword } from '@/lib/identity/sign-in';
import { freshDatabase } from '../../support/fresh-database';

// A CommonJS module, whose default export Node would give as a property.
const NextAuth: typeof NextAuthHandler = createRequire(import.meta.url)('next-auth').default;

type Cookies = Record<string, string>;
type Profile = { sub: string; email?: string; email_verified?: boolean; name?: string };

const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const base64 = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** An OpenID provider on the loopback interface that lets `profile` in; it checks PKCE. */
let provider: Server;
let issuer = '';
let profile: Profile = { sub: 'nobody' };
let asked = new URLSearchParams();

function answerProvider(path: string, body: string): object {
  if (path.endsWith('/openid-configuration'))
    return {
      issuer,
      authorization_endpoint: `${issuer}/authorize`,
      token_endpoint: `${issuer}/token`,
      jwks_uri: `${issuer}/keys`,
      userinfo_endpoint: `${issuer}/me`,
      response_types_supported: ['code'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['RS256'],
    };
  if (path === '/keys') {
    const key: JsonWebKey = publicKey.export({ format: 'jwk' });
    return { keys: [{ ...key, kid: 'k', use: 'sig', alg: 'RS256' }] };
  }
  const verifier = new URLSearchParams(body).get('code_verifier') ?? '';
  const challenge = createHash('sha256').update(verifier).digest('base64url');
  assert.equal(challenge, asked.get('code_challenge'));
  const now = Math.floor(Date.now() / 1000);
  const claims = {
    ...profile,
    iss: issuer,
    aud: 'scholion',
    iat: now,
    exp: now + 60,
    nonce: asked.get('nonce'),
  };
  const unsigned = `${base64({ alg: 'RS256', kid: 'k' })}.${base64(claims)}`;
  const signature = sign('RSA-SHA256', Buffer.from(unsigned), privateKey).toString('base64url');
  return { access_token: 'x', token_type: 'Bearer', id_token: `${unsigned}.${signature}` };
}

/** A server that takes any mail, and keeps the last. */
const mails: string[] = [];
const post = createTcpServer((socket) => {
  let letter: string | undefined;
  socket.write('220 here\r\n');
  socket.on('data', (chunk) => {
    const text = String(chunk);
    if (letter !== undefined) {
      letter += text;
      if (!letter.endsWith('\r\n.\r\n')) return;
      mails.push(letter);
      letter = undefined;
      socket.write('250 kept\r\n');
    } else if (/^DATA/i.test(text)) {
      letter = '';
      socket.write('354 go\r\n');
    } else if (/^QUIT/i.test(text)) socket.end('221 bye\r\n');
    else socket.write('250 ok\r\n');
  });
});

before(async () => {
  await freshDatabase();
  provider = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(answerProvider(request.url ?? '', Buffer.concat(chunks).toString())));
    });
  });
  const portOf = (server: { address: () => unknown }) => (server.address() as { port: number }).port;
  await new Promise<void>((done) => provider.listen(0, '127.0.0.1', done));
  await new Promise<void>((done) => post.listen(0, '127.0.0.1', done));
  issuer = `http://127.0.0.1:${portOf(provider)}`;
  Object.assign(process.env, {
    OIDC_ISSUER: issuer,
    OIDC_CLIENT_ID: 'scholion',
    OIDC_CLIENT_SECRET: 'secret',
    SMTP_URL: `smtp://127.0.0.1:${portOf(post)}`,
  });
});
after(async () => {
  await disconnect();
  provider.close();
  provider.closeAllConnections();
  post.close();
});

/** One request to next-auth's handler, with a browser's cookies. */
async function ask(
  cookies: Cookies,
  method: 'GET' | 'POST',
  nextauth: string[],
  fields: Record<string, string> = {},
): Promise<{ redirect?: string; body?: unknown }> {
  const headers = new Map<string, unknown>();
  const answer: { redirect?: string; body?: unknown } = {};
  const response = {
    status: () => response,
    getHeader: (name: string) => headers.get(name.toLowerCase()),
    setHeader: (name: string, value: unknown) => headers.set(name.toLowerCase(), value) && response,
    send: (body: unknown) => Object.assign(answer, { body }),
    json: (body: unknown) => Object.assign(answer, { body }),
    end: () => Object.assign(answer, { redirect: headers.get('location') }),
  };
  const request = {
    method,
    cookies,
    headers: {},
    query: { nextauth, ...(method === 'GET' && fields) },
    ...(method === 'POST' && { body: fields }),
  };
  await NextAuth(request as never, response as never, authOptions());
  for (const line of (headers.get('set-cookie') ?? []) as string[]) {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
    cookies[name] = decodeURIComponent(value);
  }
  return answer;
}

async function csrf(cookies: Cookies): Promise<string> {
  return ((await ask(cookies, 'GET', ['csrf'])).body as { csrfToken: string }).csrfToken;
}

/** Who has these cookies. */
function viewerOf(cookies: Cookies) {
  const header = Object.entries(cookies).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  return resolveViewer(new Headers({ cookie: header.join('; ') }));
}

async function signInAs(who: Profile, cookies: Cookies = {}) {
  profile = who;
  const begun = await ask(cookies, 'POST', ['signin', 'oidc'], {
    csrfToken: await csrf(cookies),
    callbackUrl: '/',
  });
  asked = new URL(begun.redirect ?? '').searchParams;
  await ask(cookies, 'GET', ['callback', 'oidc'], { code: 'c', state: asked.get('state') ?? '' });
  return viewerOf(cookies);
}

describe('signing in by password', () => {
  it('opens a session in the database, though next-auth would make a JWT', async () => {
    const made = await createAccount(operator, {
      email: 'p@x.example',
      name: 'P',
      password: 'correct horse',
    });
    const cookies: Cookies = {};
    const fields = { email: 'p@x.example', password: 'correct horse', csrfToken: await csrf(cookies) };
    await ask(cookies, 'POST', ['callback', 'credentials'], fields);
    assert.equal((await viewerOf(cookies)).id, made.id);
    await ask(cookies, 'POST', ['signout'], { csrfToken: fields.csrfToken });
    const { rows } = await pool().query('SELECT 1 FROM session WHERE user_id = $1', [made.id]);
    assert.equal(rows.length, 0);
  });

  it('needs the CSRF token', async () => {
    const cookies: Cookies = {};
    await ask(cookies, 'POST', ['callback', 'credentials'], {
      email: 'p@x.example',
      password: 'correct horse',
    });
    assert.equal((await viewerOf(cookies)).id, null);
  });
});

describe('single sign-on', () => {
  it('makes an account once, keyed on issuer and subject, and keeps no token of the provider', async () => {
    const first = await signInAs({ sub: 's1', email: 'S1@x.example', email_verified: true, name: 'Ana' });
    assert.deepEqual([first.email, first.name], ['s1@x.example', 'Ana']);
    const again = await signInAs({ sub: 's1', email: 'other@x.example', email_verified: true });
    assert.equal(again.id, first.id);
    const { rows } = await pool().query('SELECT * FROM account WHERE user_id = $1', [first.id]);
    assert.deepEqual(
      rows.map(({ created_at, ...row }) => row),
      [{ issuer, subject: 's1', user_id: first.id, type: 'oauth' }],
    );
  });

  it('opens an account that is there by a verified address only', async () => {
    const made = await createAccount(operator, { email: 'there@x.example', name: 'There' });
    const liar = await signInAs({ sub: 's2', email: 'there@x.example', email_verified: false });
    assert.notEqual(liar.id, made.id);
    assert.equal(liar.email, null);
    const silent = await signInAs({ sub: 's3', email: 'there@x.example' });
    assert.notEqual(silent.id, made.id);
    const owner = await signInAs({ sub: 's4', email: 'There@x.example', email_verified: true });
    assert.equal(owner.id, made.id);
  });

  it('refuses an answer to a question that this browser has not asked', async () => {
    const cookies: Cookies = {};
    const answer = await ask(cookies, 'GET', ['callback', 'oidc'], { code: 'c', state: randomUUID() });
    assert.match(answer.redirect ?? '', /error=/);
    assert.equal((await viewerOf(cookies)).id, null);
  });
});

describe('signing in by an e-mail link', () => {
  const askForLink = async (email: string, cookies: Cookies = {}) =>
    ask(cookies, 'POST', ['signin', 'email'], { email, callbackUrl: '/', csrfToken: await csrf(cookies) });

  it('mails a link that works once', async () => {
    const made = await createAccount(operator, { email: 'link@x.example', name: 'Link' });
    await askForLink('Link@x.example');
    for (let i = 0; i < 100 && mails.length === 0; i++) await new Promise((wake) => setTimeout(wake, 20));
    // Quoted-printable breaks lines with "=" and writes "=" as "=3D".
    const text = (mails[0] ?? '').replace(/=\r\n/g, '').replace(/=3D/g, '=');
    const link = new URL(/http\S+\/api\/auth\/callback\/email\S+/.exec(text)?.[0] ?? '');
    const cookies: Cookies = {};
    await ask(cookies, 'GET', ['callback', 'email'], Object.fromEntries(link.searchParams));
    assert.equal((await viewerOf(cookies)).id, made.id);
    const other: Cookies = {};
    const again = await ask(other, 'GET', ['callback', 'email'], Object.fromEntries(link.searchParams));
    assert.match(again.redirect ?? '', /error=Verification/);
    assert.equal((await viewerOf(other)).id, null);
  });

  it('says the same and mails nothing where there is no account, which it does not make', async () => {
    const sent = mails.length;
    const known = await askForLink('link@x.example');
    const unknown = await askForLink('unknown@x.example');
    assert.equal(known.redirect, unknown.redirect);
    for (let i = 0; i < 100 && mails.length === sent; i++) await new Promise((wake) => setTimeout(wake, 20));
    assert.equal(mails.length, sent + 1);
    const { rows } = await pool().query(`SELECT 1 FROM "user" WHERE email = 'unknown@x.example'`);
    assert.equal(rows.length, 0);
  });
});

describe('a new password by a link in the mail', () => {
  const from = () => `client-${randomUUID()}`;
  async function linkMailed(sent: number): Promise<string> {
    for (let i = 0; i < 100 && mails.length === sent; i++) await new Promise((wake) => setTimeout(wake, 20));
    const text = (mails[sent] ?? '').replace(/=\r\n/g, '').replace(/=3D/g, '=');
    return /\/signin\/new-password#(\S+)/.exec(text)?.[1] ?? '';
  }

  it('is set once, and proves an address that was only claimed: what its first holder had ends', async () => {
    const made = await createAccount(operator, {
      email: 'claimed@x.example',
      name: 'Claimed',
      password: 'the first one',
    });
    await pool().query('UPDATE "user" SET email_claimed = true WHERE id = $1', [made.id]);
    const sent = mails.length;
    await requestPasswordLink('claimed@x.example', from());
    const secret = await linkMailed(sent);
    await setPasswordByLink({ secret, password: 'the second one', endSessions: false }, from());
    assert.equal(
      await checkPassword({ email: made.email ?? '', password: 'the first one' }, from()),
      undefined,
    );
    assert.ok(await checkPassword({ email: made.email ?? '', password: 'the second one' }, from()));
    const { rows } = await pool().query('SELECT email_claimed FROM "user" WHERE id = $1', [made.id]);
    assert.deepEqual(rows, [{ email_claimed: false }]);
    await assert.rejects(setPasswordByLink({ secret, password: 'the third one' }, from()), {
      code: 'not_found',
    });
  });

  it('is not mailed where there is no account, or it is deactivated', async () => {
    const off = await createAccount(operator, { email: 'off@x.example', name: 'Off' });
    await updateAccount(operator, off.id, { active: false });
    await createAccount(operator, { email: 'on@x.example', name: 'On' });
    const sent = mails.length;
    for (const email of ['nobody@x.example', 'off@x.example', 'on@x.example'])
      await requestPasswordLink(email, from());
    await linkMailed(sent);
    await new Promise((wake) => setTimeout(wake, 200));
    assert.equal(mails.length, sent + 1);
    assert.match(mails[sent] ?? '', /on@x\.example/);
  });

  it('cannot be asked for without end from one address', async () => {
    const one = from();
    const ask = () => requestPasswordLink('nobody@x.example', one);
    for (let i = 0; i < 60; i++) await ask();
    await assert.rejects(ask(), { code: 'rate_limited' });
  });
});

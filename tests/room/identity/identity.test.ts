import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { db, disconnect, pool, transaction } from '@/lib/db';
import {
  anonymous,
  createAccount,
  createToken,
  createTokenFor,
  describeMe,
  endOtherSessions,
  endSession,
  listAccounts,
  listSessions,
  listTokens,
  operator,
  registerAccount,
  resolveViewer,
  revokeToken,
  setPassword,
  type Viewer,
} from '@/lib/identity';
import { nextAuthAdapter } from '@/lib/identity/next-auth-adapter';
import { hashSecret } from '@/lib/identity/session';
import { checkPassword } from '@/lib/identity/sign-in';
import type { AppError } from '@/lib/kernel/errors';
import { freshDatabase } from '../../support/fresh-database';

const code = (wanted: string) => (error: AppError) => error.code === wanted;
const bearer = (token: string) => new Headers({ authorization: `Bearer ${token}` });
const cookie = (secret: string) => new Headers({ cookie: `a=b; next-auth.session-token=${secret}` });

before(freshDatabase);
after(disconnect);

async function makeViewer(email: string, password?: string): Promise<Viewer & { id: string }> {
  const { id, name } = await createAccount(operator, { email, name: 'Ана', password });
  return { ...anonymous, id, name, email };
}

describe('accounts', () => {
  it('are made by administrators only', async () => {
    const ana = await makeViewer('only@x.example');
    await assert.rejects(createAccount(ana, { email: 'b@x.example', name: 'B' }), code('forbidden'));
    await assert.rejects(
      createAccount(anonymous, { email: 'b@x.example', name: 'B' }),
      code('unauthenticated'),
    );
    await assert.rejects(listAccounts(ana), code('forbidden'));
  });

  it('have one e-mail address each, whatever its case', async () => {
    await makeViewer('twice@x.example');
    await assert.rejects(
      createAccount(operator, { email: ' Twice@X.example ', name: 'B' }),
      (error: AppError) => error.code === 'conflict' && error.errors[0]?.pointer === '/email',
    );
  });

  it('are listed by pages', async () => {
    for (const n of [1, 2, 3]) await makeViewer(`page${n}@pages.example`);
    const first = await listAccounts(operator, { limit: 2, words: 'pages.example' });
    assert.deepEqual(
      first.items.map(({ email }) => email),
      ['page3@pages.example', 'page2@pages.example'],
    );
    const second = await listAccounts(operator, { limit: 2, words: 'pages.example', cursor: first.next! });
    assert.deepEqual([second.items.length, second.next], [1, null]);
  });
});

describe('passwords', () => {
  it('open their account and no other', async () => {
    const ana = await makeViewer('ana@x.example', 'correct horse');
    const opened = await checkPassword({ email: 'ANA@x.example', password: 'correct horse' }, '::1');
    assert.equal(opened?.id, ana.id);
    assert.equal(await checkPassword({ email: 'ana@x.example', password: 'wrong horse' }, '::1'), undefined);
    assert.equal(await checkPassword({ email: 'nobody@x.example', password: 'x' }, '::1'), undefined);
  });

  it('are kept as argon2id with the parameters of OWASP', async () => {
    const { id } = await makeViewer('kept@x.example', 'correct horse');
    const { rows } = await pool().query('SELECT password_hash FROM "user" WHERE id = $1', [id]);
    assert.match(rows[0].password_hash, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  });

  it('are changed by whoever knows the old one, and that ends the other sessions', async () => {
    const ana = await makeViewer('change@x.example', 'correct horse');
    await pool().query(
      `INSERT INTO session VALUES ('here', $1, now() + '1 day'), ('there', $1, now() + '1 day')`,
      [ana.id],
    );
    const password = 'battery staple';
    await assert.rejects(setPassword(ana, { current: 'no', password, address: '::1' }), code('invalid'));
    await setPassword(ana, { current: 'correct horse', password, session: 'here', address: '::1' });
    const { rows } = await pool().query('SELECT session_token FROM session WHERE user_id = $1', [ana.id]);
    assert.deepEqual(rows, [{ session_token: 'here' }]);
    assert.ok(await checkPassword({ email: 'change@x.example', password }, '::1'));
  });

  it('leave other sessions and tokens as they are, or end them, as is wished', async () => {
    const ana = await makeViewer('ends@x.example', 'correct horse');
    await pool().query(
      `INSERT INTO session VALUES ('mine', $1, now() + '1 day'), ('other', $1, now() + '1 day')`,
      [ana.id],
    );
    await createToken(ana, { name: 'script' });
    const from = { session: 'mine', address: '::1' };
    await setPassword(ana, {
      current: 'correct horse',
      password: 'battery staple',
      endSessions: false,
      ...from,
    });
    const sessions = () => pool().query('SELECT 1 FROM session WHERE user_id = $1', [ana.id]);
    assert.equal((await sessions()).rowCount, 2);
    assert.equal((await listTokens(ana)).length, 1);
    await setPassword(ana, {
      current: 'battery staple',
      password: 'correct horse',
      endTokens: true,
      ...from,
    });
    assert.equal((await sessions()).rowCount, 1);
    assert.deepEqual(await listTokens(ana), []);
  });

  it('are not set by a token, and a first one by a session that has just been opened alone', async () => {
    const bare = await makeViewer('first@x.example');
    const made = await createToken(bare, { name: 'script', scope: 'moderate' });
    const withToken = await resolveViewer(bearer(made.token));
    const password = 'battery staple';
    await assert.rejects(setPassword(withToken, { password, address: '::1' }), code('forbidden'));
    await pool().query(
      `INSERT INTO session VALUES ('old', $1, now() + '1 day', now() - interval '11 minutes'),
         ('fresh', $1, now() + '1 day', now())`,
      [bare.id],
    );
    for (const session of [undefined, 'unknown', 'old']) {
      await assert.rejects(setPassword(bare, { password, session, address: '::1' }), code('forbidden'));
    }
    await setPassword(bare, { password, session: 'fresh', address: '::1' });
    assert.ok(await checkPassword({ email: 'first@x.example', password }, '::1'));
  });

  it('count as failed sign-ins where the current one is guessed', async () => {
    const ana = await makeViewer('current@x.example', 'correct horse');
    const guess = (current: string) =>
      setPassword(ana, { current, password: 'battery staple', session: '', address: '10.0.0.9' });
    for (let i = 0; i < 10; i++) await assert.rejects(guess(`wrong ${i}`), code('invalid'));
    await assert.rejects(guess('correct horse'), code('rate_limited'));
    await assert.rejects(
      checkPassword({ email: 'current@x.example', password: 'correct horse' }, '10.0.0.9'),
      code('rate_limited'),
    );
  });

  it('may be guessed ten times, for one person and address', async () => {
    await makeViewer('guessed@x.example', 'correct horse');
    const guess = (password: string, address = '10.0.0.1') =>
      checkPassword({ email: 'guessed@x.example', password }, address);
    for (let i = 0; i < 9; i++) await guess(`wrong ${i}`);
    assert.ok(await guess('correct horse'), 'a success in between is not refused');
    for (let i = 0; i < 10; i++) await guess(`wrong ${i}`);
    await assert.rejects(
      guess('correct horse'),
      (error: AppError) => error.code === 'rate_limited' && Number(error.headers['Retry-After']) > 800,
    );
    assert.ok(await guess('correct horse', '10.0.0.2'), 'from elsewhere it still opens');
  });

  it('are not found by sending many guesses at once', async () => {
    await makeViewer('burst@x.example', 'correct horse');
    const guesses = Array.from({ length: 40 }, (_, i) =>
      checkPassword(
        { email: 'burst@x.example', password: i === 39 ? 'correct horse' : `no ${i}` },
        '10.0.0.3',
      ),
    );
    const answers = await Promise.allSettled(guesses);
    assert.equal(answers[39]?.status, 'rejected');
  });
});

describe('tokens', () => {
  it('are shown once, kept hashed, and say who comes', async () => {
    const ana = await makeViewer('token@x.example');
    const made = await createToken(ana, { name: 'script', scope: 'write' });
    assert.equal((await resolveViewer(bearer(made.token))).id, ana.id);
    const [listed] = await listTokens(ana);
    assert.ok(listed?.lastUsed);
    assert.ok(!JSON.stringify(listed).includes(made.token));
    const { rows } = await pool().query('SELECT hash FROM token WHERE id = $1', [made.id]);
    assert.equal(rows[0].hash, hashSecret(made.token));
  });

  it('note their use at most once a minute', async () => {
    const { token, id } = await createToken(await makeViewer('minute@x.example'), { name: 's' });
    await resolveViewer(bearer(token));
    await pool().query(`UPDATE token SET last_used_at = now() - interval '50 seconds' WHERE id = $1`, [id]);
    const used = () => pool().query('SELECT last_used_at FROM token WHERE id = $1', [id]);
    const before = (await used()).rows[0].last_used_at;
    await resolveViewer(bearer(token));
    assert.deepEqual((await used()).rows[0].last_used_at, before);
  });

  it('end when they are revoked, by their owner only, or when they expire', async () => {
    const ana = await makeViewer('revoke@x.example');
    const other = await makeViewer('revoke2@x.example');
    const made = await createToken(ana, { name: 'script' });
    await assert.rejects(revokeToken(other, made.id), code('not_found'));
    await revokeToken(ana, made.id);
    await assert.rejects(resolveViewer(bearer(made.token)), code('unauthenticated'));
    const old = await createToken(ana, { name: 'old', expires: new Date(Date.now() + 60_000).toISOString() });
    assert.equal((await resolveViewer(bearer(old.token))).id, ana.id);
    await db.token.update({ where: { id: old.id }, data: { expiresAt: new Date(Date.now() - 1) } });
    await assert.rejects(resolveViewer(bearer(old.token)), code('unauthenticated'));
    await assert.rejects(revokeToken(ana, 'not-an-id'), code('not_found'));
  });

  it('that may only read make no others', async () => {
    const ana = await makeViewer('readonly@x.example');
    const { token } = await createToken(ana, { name: 'r', scope: 'read' });
    await assert.rejects(createToken(await resolveViewer(bearer(token)), { name: 'w' }), code('forbidden'));
  });

  it('are made for others by the operator, not by an administrator', async () => {
    const admin = { ...(await makeViewer('admin@x.example')), admin: true };
    await makeViewer('subject@x.example');
    await assert.rejects(createTokenFor(admin, 'subject@x.example', { scope: 'write' }), code('forbidden'));
    assert.match(
      (await createTokenFor(operator, 'Subject@x.example', { scope: 'write' })).token,
      /^scholion_/,
    );
    await assert.rejects(createTokenFor(operator, 'absent@x.example', { scope: 'write' }), code('invalid'));
  });
});

describe('the viewer', () => {
  it('is nobody without a cookie, and with one that is none of ours', async () => {
    assert.deepEqual(await resolveViewer(new Headers()), anonymous);
    assert.deepEqual(await resolveViewer(cookie('x')), anonymous);
    assert.throws(() => describeMe(anonymous), code('unauthenticated'));
  });

  it('is refused with the scheme to use when the token is bad', async () => {
    for (const value of ['Bearer x', 'Basic eDp5', 'Bearer'])
      await assert.rejects(
        resolveViewer(new Headers({ authorization: value })),
        (error: AppError) => error.headers['WWW-Authenticate'] === 'Bearer',
      );
  });

  it('comes by a session that the adapter opened, which is kept hashed and can be ended', async () => {
    const ana = await makeViewer('session@x.example');
    const adapter = nextAuthAdapter('https://idp.example');
    const expires = new Date(Date.now() + 60_000);
    await adapter.createSession?.({ sessionToken: 'secret', userId: ana.id, expires });
    const { rows } = await pool().query('SELECT session_token FROM session WHERE user_id = $1', [ana.id]);
    assert.deepEqual(rows, [{ session_token: hashSecret('secret') }]);
    const found = await resolveViewer(cookie('secret'));
    assert.deepEqual([found.id, found.scope, found.memberships], [ana.id, 'session', []]);
    assert.deepEqual(describeMe(found), { id: ana.id, name: 'Ана', email: 'session@x.example', groups: [] });
    await adapter.deleteSession?.('secret');
    assert.equal((await resolveViewer(cookie('secret'))).id, null);
  });

  it('is found at a provider by issuer and subject', async () => {
    const ana = await makeViewer('oidc@x.example');
    const here = nextAuthAdapter('https://one.example');
    await here.linkAccount?.({
      userId: ana.id,
      type: 'oauth',
      provider: 'oidc',
      providerAccountId: '42',
      access_token: 's',
    });
    const at = (issuer: string) =>
      nextAuthAdapter(issuer).getUserByAccount?.({ provider: 'oidc', providerAccountId: '42' });
    assert.equal((await at('https://one.example'))?.id, ana.id);
    assert.equal(await at('https://two.example'), null);
  });
});

describe('sessions', () => {
  it('are listed for their own person, and ended one by one', async () => {
    const ana = await makeViewer('sessions@x.example');
    const other = await makeViewer('others@x.example');
    const adapter = nextAuthAdapter('https://issuer.example');
    const open = async (sessionToken: string, userId: string) => {
      await adapter.createSession?.({ sessionToken, userId, expires: new Date(Date.now() + 86_400_000) });
      return hashSecret(sessionToken);
    };
    const [here, there] = [await open('here-secret', ana.id), await open('there-secret', ana.id)];
    await open('elsewhere-secret', other.id);
    const listed = await listSessions(ana, here);
    assert.deepEqual(listed.map(({ current }) => current).sort(), [false, true]);
    assert.ok(!JSON.stringify(listed).includes(there));
    const away = listed.find(({ current }) => !current)?.id ?? '';
    await assert.rejects(endSession(other, away), code('not_found'));
    for (const id of ['', away.slice(0, 8), '%', 'x'.repeat(24)])
      await assert.rejects(endSession(ana, id), code('not_found'));
    await endSession(ana, away);
    assert.equal((await resolveViewer(cookie('there-secret'))).id, null);
    assert.equal((await resolveViewer(cookie('here-secret'))).id, ana.id);
    await open('again-secret', ana.id);
    await endOtherSessions(ana, here);
    assert.deepEqual(
      (await listSessions(ana, here)).map(({ current }) => current),
      [true],
    );
    assert.equal((await resolveViewer(cookie('elsewhere-secret'))).id, other.id);
    await assert.rejects(listSessions(anonymous, undefined), code('unauthenticated'));
    await assert.rejects(listSessions({ ...ana, scope: 'moderate', token: 'any' }, here), code('forbidden'));
  });
});

describe('an address that somebody only claims', () => {
  it('belongs to whoever proves it: what was set before ends', async () => {
    const email = 'claimed@x.example';
    const person = { email, name: 'A stranger', password: 'the strangers own' };
    const { id } = await transaction((tx) => registerAccount(tx, person, { withPassword: true }));
    assert.ok(await checkPassword({ email, password: person.password }, '::1'));
    const { token } = await createTokenFor(operator, email, { scope: 'write' });
    const adapter = nextAuthAdapter('https://issuer.example');
    await adapter.updateUser?.({ id, emailVerified: new Date() });
    assert.equal(await checkPassword({ email, password: person.password }, '::1'), undefined);
    await assert.rejects(resolveViewer(bearer(token)), code('unauthenticated'));
    const { emailClaimed } = await db.user.findUniqueOrThrow({ where: { id } });
    assert.equal(emailClaimed, false);
  });

  it('keeps its password when it is proven again', async () => {
    const ana = await makeViewer('proven@x.example', 'correct horse');
    const adapter = nextAuthAdapter('https://issuer.example');
    await adapter.updateUser?.({ id: ana.id, emailVerified: new Date() });
    assert.ok(await checkPassword({ email: 'proven@x.example', password: 'correct horse' }, '::1'));
  });
});

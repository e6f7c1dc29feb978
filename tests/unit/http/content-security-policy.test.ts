import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { contentSecurityPolicy } from '@/lib/http/security-headers';

const directives = (policy: string) =>
  new Map(policy.split('; ').map((line) => [line.split(' ')[0], line.split(' ').slice(1)]));

describe('the content security policy', () => {
  before(() => {
    process.env.DATABASE_URL ??= 'postgresql://localhost/nothing';
    process.env.NEXTAUTH_SECRET ??= 'only for the tests, which nobody else can reach';
  });

  it('lets nothing of another origin onto a page unless the operator names an annotation client', () => {
    const usual = contentSecurityPolicy(["'sha256-abc'"]);
    assert.doesNotMatch(usual, /https?:|wss:|frame-src /);
    assert.deepEqual(directives(usual).get('script-src'), ["'self'", "'sha256-abc'"]);
    assert.deepEqual(directives(usual).get('default-src'), ["'none'"]);
  });

  it('adds the origins of a client to what it loads, and loosens nothing else', () => {
    const clients = ['https://hypothes.is', 'https://cdn.hypothes.is'];
    const usual = directives(contentSecurityPolicy(["'sha256-abc'"]));
    const opened = directives(contentSecurityPolicy(["'sha256-abc'"], clients));
    for (const name of ['script-src', 'style-src', 'img-src', 'font-src', 'connect-src'])
      assert.ok(
        clients.every((origin) => opened.get(name)?.includes(origin)),
        name,
      );
    assert.deepEqual(opened.get('frame-src'), clients);
    assert.ok(opened.get('connect-src')?.includes('wss://hypothes.is'));
    for (const name of ['default-src', 'form-action', 'base-uri', 'frame-ancestors', 'manifest-src'])
      assert.deepEqual(opened.get(name), usual.get(name), name);
    assert.ok(!opened.get('script-src')?.some((source) => source.startsWith("'unsafe")));
  });
});

import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { before, describe, it } from 'node:test';
import { API_PATHS, isApiPath } from '@/lib/api/paths';

describe('the paths that the API answers before Next', () => {
  let routes: string[] = [];

  before(async () => {
    process.env.DATABASE_URL ??= 'postgresql://nowhere.example/none';
    process.env.NEXTAUTH_SECRET ??= 'only for the tests, which nobody else can reach';
    const { httpApp } = await import('@/lib/api');
    routes = httpApp.routes.map(({ path }) => path).filter((path) => !/^\/\*?$/.test(path));
  });

  it('have every route of it below them', () => {
    assert.ok(routes.length > 50, `only ${routes.length} routes were seen`);
    assert.deepEqual(
      routes.filter((path) => !isApiPath(path)),
      [],
    );
  });

  it('each have a route', () => {
    const unused = API_PATHS.filter((path) => !routes.some((route) => `${route}/`.startsWith(`${path}/`)));
    assert.deepEqual(unused, []);
  });

  it('are no paths of pages', () => {
    for (const path of API_PATHS) {
      assert.ok(!existsSync(`app${path.replace(/:\w+/g, '[slug]')}`), `app has pages at ${path}`);
    }
    for (const path of ['/', '/api/auth/session', '/groups/x', '/groups/x/annotationsx', '/editions/iiif']) {
      assert.ok(!isApiPath(path), path);
    }
  });
});

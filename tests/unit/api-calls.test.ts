import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { before, describe, it } from 'node:test';

/** What the pages ask of the API, held against the description that the API makes of its own routes. */

type Asked = { file: string; method: string; path: string };

/** `mutate` is what app/reader/data/api.ts makes of `api`. */
const CALL = /\b(?:api|mutate)(?:<[^>(]*>)?\(\s*(?:'([^']+)'|`([^`]+)`)\s*(?:,\s*\{([^}]*)\}?)?/g;

function filesOf(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const place = path.join(folder, entry.name);
    return entry.isDirectory() ? filesOf(place) : /\.tsx?$/.test(entry.name) ? [place] : [];
  });
}

function callsOf(file: string, code: string): Asked[] {
  const name = file.endsWith('data/api.ts') ? /^(api|mutate)/ : /^api/;
  const calls = [...code.matchAll(CALL)].filter(([call]) => name.test(call));
  return calls.map(([, plain, template, options = '']) => ({
    file,
    method: (/method: '(\w+)'/.exec(options)?.[1] ?? 'GET').toLowerCase(),
    path: `/api/v1/${(plain ?? template ?? '').replace(/\?.*$/, '').replace(/\$\{[^}]+\}/g, '{}')}`,
  }));
}

describe('the calls of the pages', () => {
  let routes: Record<string, Record<string, unknown>> = {};
  const asked = filesOf('app').flatMap((file) => callsOf(file, readFileSync(file, 'utf8')));

  before(async () => {
    process.env.DATABASE_URL ??= 'postgresql://nowhere.example/none';
    process.env.NEXTAUTH_SECRET ??= 'only for the tests, which nobody else can reach';
    const { httpApp } = await import('@/lib/api');
    const { paths } = await (await httpApp.fetch(new Request('http://x/api/v1/openapi.json'))).json();
    routes = Object.fromEntries(
      Object.entries(paths).map(([name, methods]) => [name.replace(/\{\w+\}/g, '{}'), methods as object]),
    ) as typeof routes;
  });

  const isThere = ({ method, path }: Asked) => routes[path]?.[method] !== undefined;

  it('were seen', () => {
    assert.ok(asked.length >= 20, `only ${asked.length} calls were seen`);
    assert.ok(Object.keys(routes).length >= 20);
  });

  it('are calls that the API has', () => {
    assert.deepEqual(
      asked.filter((call) => !isThere(call)),
      [],
    );
  });

  it('would be caught where the API has none such', () => {
    const planted = callsOf('x.ts', "api('nothing'); api(`groups/$" + "{g}`, { method: 'DELETE' });");
    assert.equal(planted.length, 2);
    assert.ok(!planted.some(isThere));
  });
});

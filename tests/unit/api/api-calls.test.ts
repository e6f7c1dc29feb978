import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { before, describe, it } from 'node:test';
import { type ApiBody, type ApiOutput, api } from '@/app/_ui/api-client';

/** The calls of the pages, compared with the description that the API makes of its own routes. */

type ApiCall = { file: string; method: string; path: string };

const CALL = /\bapi\(\s*'(\w+) ([^']+)'/g;

function filesOf(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const place = path.join(folder, entry.name);
    return entry.isDirectory() ? filesOf(place) : /\.tsx?$/.test(entry.name) ? [place] : [];
  });
}

function callsOf(file: string, code: string): ApiCall[] {
  return [...code.matchAll(CALL)].map(([, method = '', template = '']) => ({
    file,
    method: method.toLowerCase(),
    path: `/api/v1${template.replace(/:\w+/g, '{}')}`,
  }));
}

describe('the calls of the pages', () => {
  let routes: Record<string, Record<string, unknown>> = {};
  const calls = filesOf('app').flatMap((file) => callsOf(file, readFileSync(file, 'utf8')));

  before(async () => {
    process.env.DATABASE_URL ??= 'postgresql://nowhere.example/none';
    process.env.NEXTAUTH_SECRET ??= 'only for the tests, which nobody else can reach';
    const { httpApp } = await import('@/lib/api');
    const { paths } = await (await httpApp.fetch(new Request('http://x/api/v1/openapi.json'))).json();
    routes = Object.fromEntries(
      Object.entries(paths).map(([name, methods]) => [name.replace(/\{\w+\}/g, '{}'), methods as object]),
    ) as typeof routes;
  });

  const isThere = ({ method, path }: ApiCall) => routes[path]?.[method] !== undefined;

  it('were seen', () => {
    assert.ok(calls.length >= 20, `only ${calls.length} calls were seen`);
    assert.ok(Object.keys(routes).length >= 20);
  });

  it('are calls that the API has', () => {
    assert.deepEqual(
      calls.filter((call) => !isThere(call)),
      [],
    );
  });

  it('would be caught where the API has none such', () => {
    const planted = callsOf('x.ts', "api('GET /nothing'); api('DELETE /groups/:group/nothing', { param });");
    assert.equal(planted.length, 2);
    assert.ok(!planted.some(isThere));
  });

  it('do not compile with another path, parameter, body or answer', () => {
    // Never called: the compiler checks what each line expects.
    const wrong = () => {
      // @ts-expect-error there is no such path
      void api('GET /nothing');
      // @ts-expect-error this path has no such method
      void api('PUT /groups/:group', { param: { group: 'g' } });
      // @ts-expect-error the path's parameter is missing
      void api('GET /groups/:group', { param: { slug: 'g' } });
      // @ts-expect-error there is no such reason
      void api('POST /annotations/:id/flags', { param: { id: 'a' }, json: { reason: 'dull' } });
      // @ts-expect-error a reply has no title
      const reply: ApiBody<'POST /annotations/:id/replies'> = { body: 'Why?', title: 'A reply' };
      // @ts-expect-error an annotation has no title
      const title = ({} as ApiOutput<'GET /annotations/:id'>).title;
      return [reply, title];
    };
    assert.equal(typeof wrong, 'function');
  });
});

import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { Validator } from '@seriousme/openapi-schema-validator';

type Operation = {
  operationId?: string;
  summary?: string;
  requestBody?: object;
  responses: Record<string, { content?: Record<string, object> }>;
};

/** What generators of clients, and people, read of the API. */
describe('openapi.json', () => {
  let document: { servers: { url: string }[]; paths: Record<string, Record<string, Operation>> };
  let operations: Operation[] = [];

  before(async () => {
    process.env.DATABASE_URL ??= 'postgresql://nowhere.example/none';
    process.env.NEXTAUTH_SECRET ??= 'only for the tests, which nobody else can reach';
    const { httpApp } = await import('@/lib/api');
    document = await (await httpApp.fetch(new Request('http://x/api/v1/openapi.json'))).json();
    operations = Object.values(document.paths).flatMap((methods) => Object.values(methods));
  });

  it('is valid OpenAPI 3.1', async () => {
    const validator = new Validator();
    const { valid, errors } = await validator.validate(document as Parameters<Validator['validate']>[0]);
    assert.ok(valid, JSON.stringify(errors ?? '', null, 1).slice(0, 3_000));
    assert.equal(validator.version, '3.1');
  });

  it('is not valid where something is wrong in it', async () => {
    const broken = structuredClone(document);
    const [path] = Object.keys(broken.paths);
    broken.paths[path as string] = { get: { responses: { 200: { content: {} } } } };
    assert.equal(
      (await new Validator().validate(broken as Parameters<Validator['validate']>[0])).valid,
      false,
    );
  });

  it('names the server, and each call once', () => {
    assert.match(document.servers[0]?.url ?? '', /^https?:\/\//);
    const names = operations.map(({ operationId }) => operationId);
    assert.ok(names.length > 40 && names.every((name) => /^[a-z]+[A-Za-z]+$/.test(name ?? '')), names.join());
    assert.equal(new Set(names).size, names.length);
    assert.ok(operations.every(({ summary }) => summary));
  });

  it('tells of the refusals that every call can give, and of those that a body can meet', () => {
    for (const { operationId, requestBody, responses } of operations) {
      const expected = [
        '400',
        '401',
        '403',
        '404',
        '422',
        '429',
        '503',
        ...(requestBody ? ['413', '415'] : []),
      ];
      const missing = expected.filter((status) => !(status in responses));
      assert.deepEqual(missing, [], operationId);
    }
  });
});

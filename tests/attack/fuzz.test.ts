import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { freshDatabase } from '../support/fresh-database';
import { fc } from '../support/seeded-fast-check';
import {
  call,
  createAdmin,
  createSeminar,
  createUserWithToken,
  postGloss,
  publishSampleEdition,
  type TestUser,
} from '../support/seminar';
import { type JsonSchema, type Operation, readOperations, textOf } from './operations';
import { ROUNDS, SEED } from './rounds';

/** Values that break what was not thought of: empty, huge, of another type, of another writing, half a character. */
const hostile = fc.oneof(
  fc.constantFrom(
    ...['', ' ', '\u0000', '\ud800', '\u202e', '../..', '%00', '%', "'", '"', '\\', '{{7*7}}'],
    ...['<script>alert(1)</script>', "'; DROP TABLE annotation; --", 'javascript:alert(1)', '__proto__'],
    ...['a'.repeat(10_000), 'e\u0301'.repeat(500), '😀'.repeat(500), 'NaN', '-0', '1e999', 'null', 'true'],
  ),
  fc.constantFrom(0, -1, 1.5, 2 ** 31, 2 ** 53, -(2 ** 63), 1e308),
  fc.constantFrom(null, true, false, [], {}, [[]], [null], { __proto__: 1 }, { constructor: 1 }),
  fc.string({ unit: 'binary', maxLength: 40 }),
);

/** Values after a schema, and now and then something else in their place. */
function valuesOf(schema: JsonSchema, schemas: Record<string, JsonSchema>, depth = 0): fc.Arbitrary<unknown> {
  const { $ref } = schema;
  const known = $ref ? (schemas[$ref.split('/').at(-1) ?? ''] ?? {}) : schema;
  const wanted = wantedOf(known, schemas, depth);
  return fc.oneof({ weight: 5, arbitrary: wanted }, { weight: 1, arbitrary: hostile });
}

function wantedOf(
  schema: JsonSchema,
  schemas: Record<string, JsonSchema>,
  depth: number,
): fc.Arbitrary<unknown> {
  const inner = (part: JsonSchema) => valuesOf(part, schemas, depth + 1);
  const branches = schema.anyOf ?? schema.oneOf ?? schema.allOf;
  if (depth > 5) return fc.constant(null);
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  if (branches) return fc.oneof(...branches.map(inner));
  if (schema.properties) {
    const members = Object.entries(schema.properties).map(([name, part]) => [name, inner(part)] as const);
    return fc.record(Object.fromEntries(members), { requiredKeys: [] });
  }
  if (schema.items) return fc.array(inner(schema.items), { maxLength: 3 });
  const [type = 'string'] = [schema.type ?? 'string'].flat();
  if (type === 'integer' || type === 'number') return fc.integer({ min: -5, max: 2_000 });
  if (type === 'boolean') return fc.boolean();
  return fc.string({ maxLength: 60 });
}

describe('whatever is sent to a call of the API', () => {
  let users: TestUser[] = [];
  let operations: Operation[] = [];
  let schemas: Record<string, JsonSchema> = {};
  let known: Record<string, string[]> = {};

  before(async () => {
    await freshDatabase();
    const edition = await publishSampleEdition();
    const owner = await createUserWithToken('owner');
    const student = await createUserWithToken('student');
    const group = await createSeminar({
      owner: { somebody: owner, role: 'owner' },
      student: { somebody: student, role: 'student' },
    });
    const { id } = await postGloss(student, group);
    users = [owner, student, await createAdmin()];
    known = { group: [group], id: [id, owner.id], edition: [edition], section: ['doc1'], canvas: ['p125'] };
    ({ operations, schemas } = await readOperations());
    assert.ok(operations.length > 40, `only ${operations.length} calls were seen`);
  });

  /** A request to one of the calls: its parameters and its body after its own description, more or less. */
  function requestsTo(operation: Operation) {
    const text = fc.oneof(hostile.map(String), fc.string({ unit: 'binary', maxLength: 30 }));
    const pathValues = (name: string) =>
      known[name]
        ? fc.oneof(
            { weight: 4, arbitrary: fc.constantFrom(...(known[name] ?? [])) },
            { weight: 1, arbitrary: text },
          )
        : text;
    const of = (place: string) =>
      operation.parameters
        .filter((parameter) => parameter.in === place)
        .map(({ name, schema }) => [
          name,
          place === 'path'
            ? pathValues(name)
            : fc.option(valuesOf(schema ?? {}, schemas).map(String), { nil: undefined }),
        ]);
    return fc.record({
      path: fc.record(Object.fromEntries(of('path'))) as fc.Arbitrary<Record<string, string>>,
      query: fc.record(Object.fromEntries(of('query'))) as fc.Arbitrary<Record<string, string | undefined>>,
      body: operation.body ? valuesOf(operation.body, schemas) : fc.constant(undefined),
      type: fc.constantFrom(...(operation.types.length > 0 ? operation.types : ['application/json'])),
      user: fc.nat({ max: 2 }),
    });
  }

  it('is answered or refused, and never a fault of ours', async () => {
    const seen = new Map<number, number>();
    for (const operation of operations) {
      await fc.assert(
        fc.asyncProperty(requestsTo(operation), async ({ path, query, body, type, user }) => {
          const place = operation.path.replace(/\{(\w+)\}/g, (_, name) =>
            encodeURIComponent((path[name] ?? '').toWellFormed()),
          );
          const search = new URLSearchParams(
            Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
          );
          const sent = body === undefined ? undefined : (JSON.stringify(body) ?? 'null');
          const response = await call(users[user] as TestUser, `${place}?${search}`, {
            method: operation.method,
            headers: { 'if-match': '*', ...(sent !== undefined && { 'content-type': type }) },
            ...(sent !== undefined && { body: sent }),
          });
          const answer = await textOf(response);
          seen.set(response.status, (seen.get(response.status) ?? 0) + 1);
          assert.ok(
            response.status < 500,
            `${operation.method} ${place}?${search} ${sent}: ${answer.slice(0, 300)}`,
          );
          if (response.status >= 400) {
            assert.match(response.headers.get('content-type') ?? '', /^application\/problem\+json/);
            assert.equal(JSON.parse(answer).status, response.status);
          }
        }),
        { seed: SEED, numRuns: 25 * ROUNDS, endOnFailure: true },
      );
    }
    assert.ok(seen.size > 4, 'the requests were all alike');
  });
});

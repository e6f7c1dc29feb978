import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { serve } from '@hono/node-server';
import type { Subject } from './client';
import { MUTANTS } from './mutants';
import { referenceServer } from './reference-server';
import { REQUIREMENTS } from './requirements';
import { conformance, summary } from './suite';

const subjectAt = (origin: string): Subject => ({
  container: `${origin}/notes/`,
  missingPage: `${origin}/notes/?page=999`,
  writer: 'Bearer writer',
  reader: 'Bearer reader',
  annotation: (text, more = {}) => ({
    '@context': 'http://www.w3.org/ns/anno.jsonld',
    type: 'Annotation',
    bodyValue: text,
    target: 'https://example.org/page',
    ...more,
  }),
  fill: 5,
});

describe('the conformance suite', () => {
  it('finds nothing to object to in a server that does everything right', async () => {
    let handle: (request: Request) => Promise<Response> = async () => new Response();
    const server = serve({ fetch: (request) => handle(request), port: 0, hostname: '127.0.0.1' });
    await new Promise((resolve) => server.on('listening', resolve));
    const address = server.address();
    const origin = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
    handle = referenceServer({ origin, pageSize: 2 });
    const results = await conformance(subjectAt(origin));
    server.close();
    assert.deepEqual(
      results.filter(({ fault }) => fault !== null),
      [],
      summary(results),
    );
  });

  it('has a breach for each requirement that a server on this machine can break', () => {
    const needsNetwork = ['annotation-https', 'container-https', 'container-path'];
    const broken = new Set<string>(MUTANTS.map(({ caught }) => caught));
    assert.deepEqual(
      Object.keys(REQUIREMENTS)
        .filter((id) => !broken.has(id))
        .sort(),
      needsNetwork,
    );
  });

  for (const { breach, caught, alter } of MUTANTS) {
    it(`catches: ${breach}`, async () => {
      const origin = 'http://localhost';
      const handle = referenceServer({ origin, pageSize: 2 });
      const subject = { ...subjectAt(origin), fetch: alter(handle) };
      const results = await conformance(subject, [caught]);
      assert.deepEqual(
        results.map(({ id, fault }) => [id, fault === null]),
        [[caught, false]],
      );
    });
  }
});

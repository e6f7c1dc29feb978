import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { serve } from '@hono/node-server';
import { freshDatabase } from '../support/fresh-database';
import { createSeminar, createUserWithToken, publishSampleEdition } from '../support/seminar';
import type { Subject } from './client';
import { conformance, type Result, summary } from './suite';

describe('Scholion as a server of the Web Annotation Protocol', () => {
  let server: ReturnType<typeof serve>;
  let subject: Subject;

  before(async () => {
    await freshDatabase();
    let handle: (request: Request) => Response | Promise<Response> = () => new Response();
    server = serve({ fetch: (request) => handle(request), port: 0, hostname: '127.0.0.1' });
    await new Promise((resolve) => server.on('listening', resolve));
    const address = server.address();
    const origin = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
    // IRIs are made from the public address, so the server has to be reached at it.
    process.env.SCHOLION_URL = origin;
    handle = (await import('@/lib/api')).httpApp.fetch;
    await publishSampleEdition();
    const [writer, reader] = [await createUserWithToken('writer'), await createUserWithToken('reader')];
    const group = await createSeminar({
      writer: { somebody: writer, role: 'student' },
      reader: { somebody: reader, role: 'reader' },
    });
    subject = {
      container: `${origin}/groups/${group}/annotations/`,
      collection: `${origin}/annotations/`,
      missingPage: `${origin}/groups/${group}/annotations/?page=999`,
      writer: `Bearer ${writer.token}`,
      reader: `Bearer ${reader.token}`,
      annotation: (text, more = {}) => ({
        '@context': 'http://www.w3.org/ns/anno.jsonld',
        type: 'Annotation',
        body: { type: 'TextualBody', value: text, format: 'text/plain' },
        target: {
          source: `${origin}/editions/gheorghiu-2009/doc1`,
          selector: { type: 'TextQuoteSelector', exact: 'нездоровой шумихи' },
        },
        ...more,
      }),
      fill: 105,
    };
  });
  after(() => server.close());

  it('meets every MUST and every SHOULD', async () => {
    const results = await conformance(subject);
    console.log(summary(results));
    assert.deepEqual(
      results.filter(({ fault }) => fault !== null).map(({ id }: Result) => id),
      [],
      summary(results),
    );
  });
});

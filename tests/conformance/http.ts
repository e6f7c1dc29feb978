import assert from 'node:assert/strict';
import {
  type Answer,
  etagOf,
  IRIS,
  jsonOf,
  LD,
  listOf,
  MINIMAL,
  ok,
  prefer,
  typeOf,
  type World,
} from './client';

/** An annotation, and every container. */
const resources = ({ made, containers }: World): string[] => [made[0] ?? '', ...containers];
const WRONG_TYPE = { body: 'no annotation', headers: { 'content-type': 'text/plain' } };
const ELSEWHERE = 'https://client.example';

/** An IRI of the shape of an annotation's, where there never was one. */
function absent({ made }: World): string {
  return (made[0] ?? '').replace(/[0-9a-f](?=[^/]*$)/, (digit) => (digit === '0' ? '1' : '0'));
}

/** Refusals of many kinds. */
async function refusals(world: World): Promise<[string, Answer][]> {
  const { ask, subject } = world;
  const [one = ''] = world.made;
  const put = { body: subject.annotation('x'), headers: { 'content-type': LD } };
  return [
    ['400', await ask('POST', subject.container, { body: '{', headers: { 'content-type': LD } })],
    ['401', await ask('POST', subject.container, { ...put, as: null })],
    ['404', await ask('GET', absent(world), { headers: { accept: LD } })],
    ['405', await ask('PATCH', one, put)],
    ['406', await ask('GET', one, { headers: { accept: 'image/png' } })],
    ['412', await ask('PUT', one, { ...put, headers: { ...put.headers, 'if-match': '"x"' } })],
    ['415', await ask('POST', subject.container, WRONG_TYPE)],
    ['428', await ask('PUT', one, put)],
  ];
}

async function typeFor(world: World, iri: string, accept: string): Promise<string> {
  return typeOf(await world.ask('GET', iri, { headers: { accept } }));
}

/** §6, and HTTP itself. */
export const http = {
  'http-401': async (world: World) => {
    const body = world.subject.annotation('By nobody');
    for (const as of [null, 'Bearer no-such-token']) {
      const answer = await world.ask('POST', world.subject.container, {
        body,
        headers: { 'content-type': LD },
        as,
      });
      assert.equal(answer.status, 401);
      ok(answer.headers.get('www-authenticate'));
    }
  },
  'http-403': async (world: World) => {
    const body = world.subject.annotation('By a reader');
    const headers = { 'content-type': LD };
    const answer = await world.ask('POST', world.subject.container, {
      body,
      headers,
      as: world.subject.reader,
    });
    assert.equal(answer.status, 403);
  },
  'http-404': async (world: World) => {
    for (const method of ['GET', 'HEAD', 'DELETE']) {
      assert.equal(
        (await world.ask(method, absent(world), { headers: { accept: LD, 'if-match': '*' } })).status,
        404,
      );
    }
  },
  'http-405': async (world: World) => {
    for (const iri of resources(world)) {
      const methods = iri === world.made[0] ? ['PATCH', 'POST'] : ['PATCH', 'PUT', 'DELETE'];
      for (const method of methods) {
        const answer = await world.ask(method, iri, {
          ...WRONG_TYPE,
          ...(method === 'DELETE' && { body: undefined }),
        });
        assert.equal(answer.status, 405, `${method} ${iri}`);
        ok(listOf(answer, 'allow').includes('get'), `Allow: ${answer.headers.get('allow')}`);
      }
    }
  },
  'http-406': async (world: World) => {
    for (const iri of resources(world)) {
      for (const accept of ['image/png', 'application/ld+json;q=0']) {
        assert.equal((await world.ask('GET', iri, { headers: { accept } })).status, 406, accept);
      }
    }
  },
  'http-quality': async (world: World) => {
    for (const iri of resources(world)) {
      assert.equal(await typeFor(world, iri, 'text/turtle;q=0.9, application/ld+json;q=0.1'), 'text/turtle');
      assert.equal(
        await typeFor(world, iri, 'text/turtle;q=0.1, application/ld+json;q=0.9'),
        'application/ld+json',
      );
    }
  },
  'http-quality-zero': async (world: World) => {
    for (const iri of resources(world))
      assert.equal(await typeFor(world, iri, 'application/ld+json;q=0, text/turtle;q=0.001'), 'text/turtle');
  },
  'http-wildcard': async (world: World) => {
    for (const iri of resources(world)) {
      for (const accept of ['*/*', 'application/*', 'image/png, */*;q=0.1'])
        assert.equal(await typeFor(world, iri, accept), 'application/ld+json', accept);
    }
  },
  'http-profile': async (world: World) => {
    for (const iri of resources(world)) {
      for (const profile of ['urn:x', 'urn:x http://www.w3.org/ns/anno.jsonld'])
        assert.equal(
          await typeFor(world, iri, `application/ld+json; profile="${profile}"`),
          'application/ld+json',
        );
    }
  },
  'http-304': async (world: World) => {
    for (const iri of resources(world)) {
      const tag = etagOf(await world.ask('GET', iri, { headers: { accept: LD } }));
      for (const list of [tag, `W/${tag}`, `"other", ${tag}`, '*']) {
        for (const method of ['GET', 'HEAD']) {
          const answer = await world.ask(method, iri, { headers: { accept: LD, 'if-none-match': list } });
          assert.deepEqual([answer.status, answer.text], [304, ''], `${method} ${list}`);
        }
      }
      const other = await world.ask('GET', iri, { headers: { accept: LD, 'if-none-match': '"other"' } });
      assert.equal(other.status, 200);
    }
  },
  'http-304-headers': async (world: World) => {
    for (const iri of resources(world)) {
      const get = await world.ask('GET', iri, { headers: { accept: LD } });
      const headers = { accept: LD, 'if-none-match': etagOf(get) };
      const unchanged = await world.ask('GET', iri, { headers });
      assert.equal(unchanged.status, 304);
      for (const name of ['etag', 'vary', 'content-location', 'cache-control'])
        assert.equal(unchanged.headers.get(name), get.headers.get(name), name);
    }
  },
  'http-head-same': async (world: World) => {
    for (const iri of resources(world)) {
      for (const headers of [{}, prefer(IRIS), prefer(MINIMAL)]) {
        const [get, head] = [
          await world.ask('GET', iri, { headers: { accept: LD, ...headers } }),
          await world.ask('HEAD', iri, { headers: { accept: LD, ...headers } }),
        ];
        const names = ['content-type', 'etag', 'link', 'allow', 'vary', 'content-location', 'accept-post'];
        for (const name of [...names, 'preference-applied', 'cache-control', 'access-control-allow-origin'])
          assert.equal(head.headers.get(name), get.headers.get(name), name);
      }
    }
  },
  'http-etag-format': async (world: World) => {
    for (const iri of resources(world)) {
      const tags = new Set<string>();
      for (const accept of [LD, 'text/turtle']) {
        const answer = await world.ask('GET', iri, { headers: { accept } });
        tags.add(etagOf(answer));
        assert.equal(answer.status, 200);
      }
      assert.equal(tags.size, 2, [...tags].join());
    }
  },
  'http-etag-strong': async (world: World) => {
    for (const iri of resources(world))
      assert.match(etagOf(await world.ask('GET', iri, { headers: { accept: LD } })), /^"[\x21\x23-\x7e]+"$/);
  },
  'http-problem': async (world: World) => {
    for (const [status, answer] of await refusals(world)) {
      assert.equal(String(answer.status), status);
      assert.equal(typeOf(answer), 'application/problem+json', status);
      const problem = JSON.parse(answer.text);
      assert.equal(String(problem.status), status);
      ok(typeof problem.title === 'string' && URL.canParse(problem.type, 'urn:x'));
    }
  },
};

/** Scripts of other sites (Fetch, "CORS protocol"). */
export const cors = {
  'cors-preflight': async (world: World) => {
    for (const iri of resources(world)) {
      for (const method of iri === world.made[0] ? ['GET', 'PUT', 'DELETE'] : ['GET']) {
        const headers = { origin: ELSEWHERE, 'access-control-request-method': method };
        const answer = await world.ask('OPTIONS', iri, { headers, as: null });
        ok(answer.status === 200 || answer.status === 204, `status ${answer.status}`);
        ok(['*', ELSEWHERE].includes(answer.headers.get('access-control-allow-origin') ?? ''));
        ok(listOf(answer, 'access-control-allow-methods').includes(method.toLowerCase()), method);
      }
    }
    const post = { origin: ELSEWHERE, 'access-control-request-method': 'POST' };
    const answer = await world.ask('OPTIONS', world.subject.container, { headers: post, as: null });
    ok(listOf(answer, 'access-control-allow-methods').includes('post'));
  },
  'cors-headers': async (world: World) => {
    const wanted = ['authorization', 'content-type', 'if-match', 'if-none-match', 'prefer', 'accept', 'slug'];
    for (const iri of resources(world)) {
      const headers = {
        origin: ELSEWHERE,
        'access-control-request-method': 'GET',
        'access-control-request-headers': wanted.join(','),
      };
      const allowed = listOf(
        await world.ask('OPTIONS', iri, { headers, as: null }),
        'access-control-allow-headers',
      );
      // `*` does not stand for Authorization (Fetch §3.2.4).
      assert.deepEqual(
        wanted.filter((name) => !allowed.includes(name)),
        [],
      );
    }
  },
  'cors-read': async (world: World) => {
    for (const iri of resources(world)) {
      for (const method of ['GET', 'HEAD']) {
        const answer = await world.ask(method, iri, { headers: { accept: LD, origin: ELSEWHERE } });
        ok(['*', ELSEWHERE].includes(answer.headers.get('access-control-allow-origin') ?? ''));
      }
    }
  },
  'cors-expose': async (world: World) => {
    const wanted = [
      'etag',
      'link',
      'location',
      'allow',
      'accept-post',
      'content-location',
      'preference-applied',
      'vary',
    ];
    for (const iri of resources(world)) {
      const answer = await world.ask('GET', iri, { headers: { accept: LD, origin: ELSEWHERE } });
      const exposed = listOf(answer, 'access-control-expose-headers');
      assert.deepEqual(
        wanted.filter((name) => !exposed.includes(name)),
        [],
      );
    }
    const headers = { 'content-type': LD, origin: ELSEWHERE };
    const made = await world.post('From elsewhere', {}, headers);
    ok(listOf(made, 'access-control-expose-headers').includes('location'));
  },
  'cors-refusals': async (world: World) => {
    for (const [status, answer] of await refusals(world))
      ok(answer.headers.get('access-control-allow-origin'), status);
  },
  'cors-write': async (world: World) => {
    const headers = { origin: ELSEWHERE, 'sec-fetch-site': 'cross-site' };
    const made = await world.post('From elsewhere', {}, headers);
    assert.equal(made.status, 201);
    const iri = String(jsonOf(made).id);
    const tag = etagOf(await world.ask('GET', iri, { headers: { accept: LD } }));
    assert.equal((await world.ask('DELETE', iri, { headers: { ...headers, 'if-match': tag } })).status, 204);
  },
  'cors-credentials': async (world: World) => {
    for (const iri of resources(world)) {
      const headers = { accept: LD, origin: ELSEWHERE, 'access-control-request-method': 'GET' };
      for (const method of ['GET', 'OPTIONS']) {
        const answer = await world.ask(method, iri, { headers });
        if (answer.headers.get('access-control-allow-origin') === '*')
          assert.equal(answer.headers.get('access-control-allow-credentials'), null);
      }
    }
  },
};

import assert from 'node:assert/strict';
import { Parser } from 'n3';
import {
  type Answer,
  etagOf,
  hasLink,
  idOf,
  isIri,
  jsonOf,
  LD,
  listOf,
  ok,
  PROFILE,
  typeOf,
  valuesOf,
  type World,
} from './client';

const READING = ['GET', 'HEAD'] as const;
export const METHODS = ['GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'DELETE', 'PATCH'];
const RDF_TYPE = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#type';

/** An annotation that stays throughout. */
const theOne = ({ made }: World): string => made[0] ?? '';
const read = (world: World, method: string, accept = LD): Promise<Answer> =>
  world.ask(method, theOne(world), { headers: { accept } });

/** Whether IRIs are reached over HTTPS, or stay on the machine itself. */
export function isSecure(iri: string): boolean {
  const { protocol, hostname } = new URL(iri);
  return protocol === 'https:' || ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
}

/** Refuses Turtle that does not say that `subject` is of `type`. */
export function requireTurtle(answer: Answer, subject: string, type: string): void {
  assert.equal(answer.status, 200, answer.text.slice(0, 200));
  assert.equal(typeOf(answer), 'text/turtle');
  const triples = new Parser().parse(answer.text);
  ok(
    triples.some(
      (triple) =>
        triple.subject.value === subject &&
        triple.predicate.value === RDF_TYPE &&
        triple.object.value === type,
    ),
    `no triple says that ${subject} is a ${type}`,
  );
}

/** Refuses an Allow that lists what is refused with 405, or hides what is not. */
export async function requireTrueAllow(world: World, iri: string): Promise<void> {
  const allow = listOf(await world.ask('OPTIONS', iri), 'allow');
  for (const method of METHODS) {
    // Without a media type nothing is written, whatever the method: the body is refused after the method is.
    const { status } = await world.ask(method, iri, {
      headers: { accept: LD, 'if-match': '"no such tag"' },
      ...(['POST', 'PUT', 'PATCH'].includes(method) && { body: 'no annotation' }),
    });
    assert.equal(status === 405, !allow.includes(method.toLowerCase()), `${method} is ${status}; ${allow}`);
  }
}

/** §3: the retrieval of an annotation. */
export const annotation = {
  'annotation-get': async (world: World) => {
    ok(isIri(idOf(await read(world, 'GET'))));
  },
  'annotation-head': async (world: World) => {
    const { status, text } = await read(world, 'HEAD');
    assert.deepEqual([status, text], [200, '']);
  },
  'annotation-options': async (world: World) => {
    const { status } = await world.ask('OPTIONS', theOne(world));
    ok(status === 200 || status === 204, `status ${status}`);
  },
  'annotation-https': async (world: World) => {
    ok(world.made.every(isSecure));
  },
  'annotation-json-ld': async (world: World) => {
    const json = jsonOf(await read(world, 'GET'));
    ok(valuesOf(json['@context']).includes(PROFILE));
    ok(valuesOf(json.type).includes('Annotation'));
    ok(valuesOf(json.target).length > 0);
  },
  'annotation-content-type': async (world: World) => {
    for (const method of READING) assert.equal(typeOf(await read(world, method)), 'application/ld+json');
  },
  'annotation-profile': async (world: World) => {
    const { headers } = await read(world, 'GET');
    assert.match(headers.get('content-type') ?? '', /;\s*profile="http:\/\/www\.w3\.org\/ns\/anno\.jsonld"/);
  },
  'annotation-id': async (world: World) => {
    assert.equal(idOf(await read(world, 'GET')), theOne(world));
  },
  'annotation-turtle': async (world: World) => {
    const answer = await read(world, 'GET', 'text/turtle');
    requireTurtle(answer, theOne(world), 'http://www.w3.org/ns/oa#Annotation');
  },
  'annotation-negotiation': async (world: World) => {
    const types = [];
    for (const accept of ['application/ld+json', 'text/turtle'])
      types.push(typeOf(await read(world, 'GET', accept)));
    assert.deepEqual(types, ['application/ld+json', 'text/turtle']);
  },
  'annotation-200': async (world: World) => {
    for (const method of READING) assert.equal((await read(world, method)).status, 200);
  },
  'annotation-link': async (world: World) => {
    for (const method of READING) {
      ok(hasLink(await read(world, method), 'http://www.w3.org/ns/ldp#Resource', 'type'), method);
    }
  },
  'annotation-etag': async (world: World) => {
    const [get, head] = [etagOf(await read(world, 'GET')), etagOf(await read(world, 'HEAD'))];
    ok(get !== '');
    assert.equal(head, get);
  },
  'annotation-allow': async (world: World) => {
    for (const method of [...READING, 'OPTIONS']) {
      const allow = listOf(await read(world, method), 'allow');
      for (const needed of ['get', 'head', 'options']) ok(allow.includes(needed), `${method}: ${allow}`);
    }
  },
  'annotation-allow-true': async (world: World) => requireTrueAllow(world, theOne(world)),
  'annotation-vary': async (world: World) => {
    for (const method of READING) ok(listOf(await read(world, method), 'vary').includes('accept'), method);
  },
  'annotation-content-location': async (world: World) => {
    const answer = await read(world, 'GET');
    assert.equal(answer.headers.get('content-location'), idOf(answer));
  },
};

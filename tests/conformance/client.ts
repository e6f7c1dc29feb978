import assert from 'node:assert/strict';

export const PROFILE = 'http://www.w3.org/ns/anno.jsonld';
export const LD = `application/ld+json; profile="${PROFILE}"`;
const OA = 'http://www.w3.org/ns/oa#';
export const IRIS = `${OA}PreferContainedIRIs`;
export const DESCRIPTIONS = `${OA}PreferContainedDescriptions`;
export const MINIMAL = 'http://www.w3.org/ns/ldp#PreferMinimalContainer';

/** A server that is put to the test, and what the test has to know of it. */
export type Subject = {
  /** IRI of a container that `writer` may write into. */
  container: string;
  /** IRI of a read-only collection that has at least what the container has. */
  collection?: string;
  /** IRI of a page that the container does not have. */
  missingPage: string;
  /** Values of Authorization: of somebody who may write, and of somebody who may only read. */
  writer: string;
  reader: string;
  /** A valid annotation that this server takes, saying `text`; with these properties too. */
  annotation: (text: string, more?: object) => object;
  /** How many annotations make several pages. */
  fill: number;
  fetch?: (request: Request) => Promise<Response>;
};

/** An answer, read to its end. */
export type Answer = { status: number; headers: Headers; text: string };
export type Json = Record<string, unknown>;
type Ask = { headers?: Record<string, string>; body?: unknown; as?: string | null };

/** What the checks share: a container with `subject.fill` annotations, in the order of their creation. */
export type World = {
  subject: Subject;
  made: string[];
  /** The container, and the read-only collection where there is one. */
  containers: string[];
  ask: (method: string, iri: string, ask?: Ask) => Promise<Answer>;
  /** POSTs an annotation. */
  post: (text: string, more?: object, headers?: Record<string, string>) => Promise<Answer>;
};

/** Fills the container of a subject, and gives what the checks need. */
export async function enter(subject: Subject): Promise<World> {
  const send = subject.fetch ?? ((request: Request) => fetch(request));
  const ask: World['ask'] = async (method, iri, { headers = {}, body, as = subject.writer } = {}) => {
    const sent = new Headers(headers);
    if (as !== null) sent.set('authorization', as);
    const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
    const request = new Request(iri, { method, headers: sent, redirect: 'manual', body: text ?? null });
    const response = await send(request);
    return { status: response.status, headers: response.headers, text: await response.text() };
  };
  const post: World['post'] = (text, more = {}, headers = {}) =>
    ask('POST', subject.container, {
      body: subject.annotation(text, more),
      headers: { 'content-type': LD, ...headers },
    });
  const made: string[] = [];
  for (let n = 0; n < subject.fill; n++) made.push(idOf(await post(`Note ${n}`)));
  const containers = [subject.container, ...(subject.collection ? [subject.collection] : [])];
  return { subject, made, containers, ask, post };
}

/**
 * Throws where `value` does not hold. `assert.ok` without a message would look for one in the source, which takes
 * minutes where that was compiled.
 */
export function ok(value: unknown, message = 'This does not hold.'): asserts value {
  assert.ok(value, message);
}

/** The JSON object of an answer that succeeded. */
export function jsonOf({ status, text }: Answer): Json {
  ok(status >= 200 && status < 300, `status ${status}: ${text.slice(0, 200)}`);
  const json: unknown = JSON.parse(text);
  ok(typeof json === 'object' && json !== null && !Array.isArray(json), 'no JSON object');
  return json as Json;
}

export const idOf = (answer: Answer): string => String(jsonOf(answer).id);
export const etagOf = ({ headers }: Answer): string => headers.get('etag') ?? '';
export const typeOf = ({ headers }: Answer): string =>
  (headers.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '';

/** The values of a comma-separated header, in lower case. */
export function listOf({ headers }: Answer, name: string): string[] {
  return (headers.get(name) ?? '')
    .split(',')
    .map((value) => value.trim().toLowerCase())
    .filter(Boolean);
}

/** Whether a Link header has a link to `target` with the relation `rel` (RFC 8288 §3). */
export function hasLink({ headers }: Answer, target: string, rel: string): boolean {
  return [...(headers.get('link') ?? '').matchAll(/<([^>]*)>((?:\s*;\s*[^;,"]+(?:"[^"]*")?)*)/g)].some(
    ([, iri, parameters = '']) =>
      iri === target && (/;\s*rel\s*=\s*"?([^";]*)"?/.exec(parameters)?.[1] ?? '').split(' ').includes(rel),
  );
}

/** The values of a property: none, one, or a list. */
export const valuesOf = (value: unknown): unknown[] => (value === undefined ? [] : [value].flat());

export const prefer = (...include: string[]) => ({
  prefer: `return=representation;include="${include.join(' ')}"`,
});

export const isIri = (value: unknown): value is string => typeof value === 'string' && URL.canParse(value);
export const isTime = (value: unknown): value is string =>
  typeof value === 'string' && /^\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)$/.test(value);

/** The collection at `iri`. */
export async function collectionAt(world: World, iri: string, headers: Record<string, string> = {}) {
  return jsonOf(await world.ask('GET', iri, { headers: { accept: LD, ...headers } }));
}

/** The pages of a collection, from the first on along `next`, each fetched by its IRI. */
export async function pagesOf(
  world: World,
  collection: Json,
  between: (pages: Json[]) => Promise<void> = async () => {},
): Promise<Json[]> {
  const { first } = collection;
  const pages: Json[] = [];
  let next = typeof first === 'string' ? first : (first as Json | undefined)?.id;
  while (isIri(next)) {
    ok(pages.length < 1_000, 'the pages have no end');
    const page = jsonOf(await world.ask('GET', next, { headers: { accept: LD } }));
    pages.push(page);
    await between(pages);
    next = page.next;
  }
  return pages;
}

/** The IRIs of the items of pages. */
export function itemsOf(pages: Json[]): string[] {
  return pages.flatMap((page) =>
    valuesOf(page.items).map((item) => (typeof item === 'string' ? item : String((item as Json).id))),
  );
}

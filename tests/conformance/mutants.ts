import type { RequirementId } from './requirements';

type Handler = (request: Request) => Promise<Response>;
type Json = Record<string, unknown>;

/** A planted breach of the protocol, the requirement that must find it, and how the reference server is broken. */
export type Mutant = { breach: string; caught: RequirementId; alter: (handle: Handler) => Handler };

type What = { request: Request; isContainer: boolean; isPage: boolean; isNote: boolean };

function lookAt(request: Request): What {
  const { pathname, searchParams } = new URL(request.url);
  const isContainer = pathname === '/notes/' && !searchParams.has('page');
  return { request, isContainer, isPage: searchParams.has('page'), isNote: pathname !== '/notes/' };
}

const always = () => true;
const on = (method: string) => (what: What) => what.request.method === method;
const container = (what: What) => what.isContainer;
const note = (what: What) => what.isNote;
const page = (what: What) => what.isPage;

/** Gives an answer with other headers; null takes one away. */
function headers(
  when: (what: What) => boolean,
  changes: Record<string, string | null | ((value: string) => string)>,
) {
  return (handle: Handler): Handler =>
    async (request) => {
      const response = await handle(request);
      if (!when(lookAt(request))) return response;
      for (const [name, change] of Object.entries(changes)) {
        const value = response.headers.get(name);
        if (change === null) response.headers.delete(name);
        else if (typeof change === 'string') response.headers.set(name, change);
        else if (value !== null) response.headers.set(name, change(value));
      }
      return response;
    };
}

/** Gives an answer another status. */
function status(when: (what: What) => boolean, from: number, to: number) {
  return (handle: Handler): Handler =>
    async (request) => {
      const response = await handle(request);
      if (response.status !== from || !when(lookAt(request))) return response;
      const body = to === 204 || to === 304 || request.method === 'HEAD' ? null : await response.text();
      return new Response(body, { status: to, headers: response.headers });
    };
}

/** Gives an answer another JSON. */
function json(when: (what: What) => boolean, change: (json: Json) => Json) {
  return (handle: Handler): Handler =>
    async (request) => {
      const response = await handle(request);
      if (!response.headers.get('content-type')?.includes('ld+json') || !when(lookAt(request)))
        return response;
      const text = await response.text();
      const body = text === '' ? null : JSON.stringify(change(JSON.parse(text)));
      return new Response(body, { status: response.status, headers: response.headers });
    };
}

/** Hands on a request with other headers; null takes one away. */
function asking(when: (what: What) => boolean, changes: Record<string, string | null>) {
  return (handle: Handler): Handler =>
    async (request) => {
      if (!when(lookAt(request))) return handle(request);
      const sent = new Request(request.clone());
      for (const [name, value] of Object.entries(changes)) {
        if (value === null) sent.headers.delete(name);
        else if (sent.headers.has(name) || name === 'accept') sent.headers.set(name, value);
      }
      return handle(sent);
    };
}

/** Answers by itself, and hands nothing on. */
function instead(when: (what: What) => boolean, respond: () => Response) {
  return (handle: Handler): Handler =>
    async (request) =>
      when(lookAt(request)) ? respond() : handle(request);
}

const both =
  (...tests: ((what: What) => boolean)[]) =>
  (what: What): boolean =>
    tests.every((test) => test(what));
const asks =
  (name: string, value: RegExp) =>
  ({ request }: What): boolean =>
    value.test(request.headers.get(name) ?? '');

/** Changes the first page where it is embedded. */
const inFirst = (change: (first: Json) => Json) => (document: Json) =>
  typeof document.first === 'object' ? { ...document, first: change(document.first as Json) } : document;
const without = (name: string) => (document: Json) => {
  const { [name]: _, ...rest } = document;
  return rest;
};

/** Cuts the items of a page down to their IRIs. */
const onlyIris = (document: Json) => ({
  ...document,
  items: [document.items].flat().map((item) => (typeof item === 'string' ? item : (item as Json).id)),
});

export const MUTANTS: Mutant[] = [
  // Headers of an annotation
  {
    breach: 'HEAD of an annotation has no Link',
    caught: 'annotation-link',
    alter: headers(both(on('HEAD'), note), { link: null }),
  },
  {
    breach: 'an annotation is no ldp:Resource',
    caught: 'annotation-link',
    alter: headers(note, { link: '<urn:x>; rel="type"' }),
  },
  {
    breach: 'the type is linked with another relation',
    caught: 'annotation-link',
    alter: headers(note, { link: (link) => link.replace('"type"', '"about"') }),
  },
  { breach: 'an annotation has no ETag', caught: 'annotation-etag', alter: headers(note, { etag: null }) },
  {
    breach: 'HEAD has another ETag than GET',
    caught: 'annotation-etag',
    alter: headers(both(on('HEAD'), note), { etag: '"other"' }),
  },
  {
    breach: 'ETags are weak',
    caught: 'http-etag-strong',
    alter: headers(always, { etag: (tag) => `W/${tag}` }),
  },
  {
    breach: 'ETags are not quoted',
    caught: 'http-etag-strong',
    alter: headers(always, { etag: (tag) => tag.replaceAll('"', '') }),
  },
  { breach: 'an annotation has no Allow', caught: 'annotation-allow', alter: headers(note, { allow: null }) },
  {
    breach: 'Allow of an annotation has no HEAD',
    caught: 'annotation-allow',
    alter: headers(note, { allow: 'GET, OPTIONS, PUT, DELETE' }),
  },
  {
    breach: 'Allow promises PATCH',
    caught: 'annotation-allow-true',
    alter: headers(note, { allow: (list) => `${list}, PATCH` }),
  },
  {
    breach: 'Allow hides DELETE',
    caught: 'annotation-allow-true',
    alter: headers(note, { allow: (list) => list.replace(', DELETE', '') }),
  },
  { breach: 'an annotation has no Vary', caught: 'annotation-vary', alter: headers(note, { vary: null }) },
  {
    breach: 'the content type is application/json',
    caught: 'annotation-content-type',
    alter: headers(note, { 'content-type': 'application/json' }),
  },
  {
    breach: 'the content type has no profile',
    caught: 'annotation-profile',
    alter: headers(note, { 'content-type': 'application/ld+json' }),
  },
  { breach: 'there is no context', caught: 'annotation-json-ld', alter: json(note, without('@context')) },
  {
    breach: 'the id is another one than asked for',
    caught: 'annotation-id',
    alter: json(note, (anno) => ({ ...anno, id: `${anno.id}0` })),
  },
  {
    breach: 'Content-Location is another IRI',
    caught: 'annotation-content-location',
    alter: headers(note, { 'content-location': (iri) => `${iri}?x` }),
  },
  {
    breach: 'there is no Turtle',
    caught: 'annotation-turtle',
    alter: instead(asks('accept', /^text\/turtle$/), () => new Response('', { status: 406 })),
  },
  {
    breach: 'what is called Turtle is none',
    caught: 'annotation-turtle',
    alter: (handle) => async (request) => {
      const response = await handle(request);
      return response.headers.get('content-type') === 'text/turtle'
        ? new Response('{}', { headers: response.headers })
        : response;
    },
  },
  {
    breach: 'OPTIONS is not there',
    caught: 'annotation-options',
    alter: status(both(on('OPTIONS'), note), 204, 405),
  },
  {
    breach: 'HEAD has a body',
    caught: 'annotation-head',
    alter: (handle) => async (request) => {
      const response = await handle(request);
      return request.method === 'HEAD' ? new Response('{}', { headers: response.headers }) : response;
    },
  },
  { breach: 'a retrieval is 203', caught: 'annotation-200', alter: status(note, 200, 203) },
  {
    breach: 'an annotation cannot be read',
    caught: 'annotation-get',
    alter: instead(both(note, on('GET')), () => new Response('', { status: 403 })),
  },
  {
    breach: 'the format does not follow Accept',
    caught: 'annotation-negotiation',
    alter: headers(note, { 'content-type': 'application/ld+json' }),
  },
  // Headers of a container
  { breach: 'a container is a redirection', caught: 'container-200', alter: status(container, 200, 302) },
  {
    breach: 'a container cannot be read',
    caught: 'container-get',
    alter: instead(both(container, on('GET')), () => new Response('', { status: 403 })),
  },
  {
    breach: 'HEAD of a container is not there',
    caught: 'container-head',
    alter: status(both(container, on('HEAD')), 200, 405),
  },
  {
    breach: 'OPTIONS of a container is not there',
    caught: 'container-options',
    alter: status(on('OPTIONS'), 204, 405),
  },
  {
    breach: 'a container is plain JSON',
    caught: 'container-json-ld',
    alter: headers(container, { 'content-type': 'application/json' }),
  },
  {
    breach: 'a container is no BasicContainer',
    caught: 'container-basic',
    alter: json(container, (document) => ({ ...document, type: 'AnnotationCollection' })),
  },
  {
    breach: 'the Turtle of a container is of something else',
    caught: 'container-turtle',
    alter: (handle) => async (request) => {
      const response = await handle(request);
      if (response.headers.get('content-type') !== 'text/turtle') return response;
      return new Response((await response.text()).replace('/notes/', '/other/'), {
        headers: response.headers,
      });
    },
  },
  {
    breach: 'HEAD of a container has no Link',
    caught: 'container-link-type',
    alter: headers(both(on('HEAD'), container), { link: null }),
  },
  {
    breach: 'OPTIONS of a container has no Link',
    caught: 'container-link-constrained',
    alter: headers(both(on('OPTIONS'), container), { link: null }),
  },
  {
    breach: 'a refused POST has no Link',
    caught: 'container-link-type',
    alter: (handle) => async (request) => {
      const response = await handle(request);
      if (response.status === 415) response.headers.delete('link');
      return response;
    },
  },
  {
    breach: '304 has no Link to the constraints',
    caught: 'container-link-constrained',
    alter: (handle) => async (request) => {
      const response = await handle(request);
      if (response.status === 304)
        response.headers.set('link', '<http://www.w3.org/ns/ldp#BasicContainer>; rel="type"');
      return response;
    },
  },
  {
    breach: 'the constraints are linked as a type',
    caught: 'container-link-constrained',
    alter: headers(container, { link: (link) => link.replace(/rel="[^"]*constrainedBy"/, 'rel="type"') }),
  },
  {
    breach: 'Allow of a container lies about DELETE',
    caught: 'container-allow-true',
    alter: headers(container, { allow: (list) => `${list}, DELETE` }),
  },
  {
    breach: 'HEAD of a container has no Allow',
    caught: 'container-allow',
    alter: headers(both(on('HEAD'), container), { allow: null }),
  },
  { breach: 'a container has no ETag', caught: 'container-etag', alter: headers(container, { etag: null }) },
  {
    breach: 'HEAD has no Accept-Post',
    caught: 'container-accept-post',
    alter: headers(both(on('HEAD'), container), { 'accept-post': null }),
  },
  {
    breach: 'OPTIONS has no Accept-Post',
    caught: 'container-accept-post-options',
    alter: headers(on('OPTIONS'), { 'accept-post': null }),
  },
  {
    breach: 'Accept-Post promises Turtle',
    caught: 'container-accept-post-true',
    alter: headers(container, { 'accept-post': (types) => `${types}, text/turtle` }),
  },
  {
    breach: 'a container varies with nothing',
    caught: 'container-vary',
    alter: headers(container, { vary: 'Prefer' }),
  },
  {
    breach: 'without Accept there is Turtle',
    caught: 'container-default',
    alter: (handle) => async (request) => {
      if (request.headers.has('accept') || request.method !== 'GET') return handle(request);
      return handle(
        new Request(request.url, {
          headers: { ...Object.fromEntries(request.headers), accept: 'text/turtle' },
        }),
      );
    },
  },
  {
    breach: 'the LDP context is not there',
    caught: 'container-contexts',
    alter: json(container, (document) => ({ ...document, '@context': 'http://www.w3.org/ns/anno.jsonld' })),
  },
  // Representations
  { breach: 'a collection has no IRI', caught: 'collection-iri', alter: json(container, without('id')) },
  {
    breach: 'the pages of descriptions have IRIs',
    caught: 'prefer-descriptions-pages',
    alter: json(page, onlyIris),
  },
  {
    breach: 'the pages of a minimal container have IRIs',
    caught: 'prefer-minimal-descriptions',
    alter: json(page, onlyIris),
  },
  {
    breach: 'Content-Location is not the id',
    caught: 'collection-content-location',
    alter: headers(container, { 'content-location': 'http://localhost/notes/' }),
  },
  {
    breach: 'a collection is no AnnotationCollection',
    caught: 'collection-class',
    alter: json(container, (document) => ({ ...document, type: 'BasicContainer' })),
  },
  { breach: 'there is no label', caught: 'collection-label', alter: json(container, without('label')) },
  { breach: 'there is no first page', caught: 'collection-first', alter: json(container, without('first')) },
  { breach: 'there is no last page', caught: 'collection-last', alter: json(container, without('last')) },
  {
    breach: 'the total is the size of a page',
    caught: 'collection-total',
    alter: json(container, (document) => ({ ...document, total: 2 })),
  },
  {
    breach: 'modified is the time of the beginning',
    caught: 'collection-modified',
    alter: json(container, (document) => ({ ...document, modified: '2017-02-23T00:00:00Z' })),
  },
  {
    breach: 'both collections have one IRI',
    caught: 'collection-iri-differs',
    alter: json(container, (document) => ({ ...document, id: 'http://localhost/notes/' })),
  },
  {
    breach: 'a minimal container embeds its first page',
    caught: 'prefer-minimal',
    alter: asking(asks('prefer', /Minimal/), { prefer: 'x' }),
  },
  {
    breach: 'a minimal container has ldp:contains',
    caught: 'prefer-minimal',
    alter: json(both(container, asks('prefer', /Minimal/)), (document) => ({
      ...document,
      contains: ['http://localhost/notes/a1'],
    })),
  },
  {
    breach: 'a minimal container does not say where it ends',
    caught: 'prefer-minimal-links',
    alter: json(asks('prefer', /Minimal/), without('last')),
  },
  {
    breach: 'a minimal container forgets that IRIs were wanted',
    caught: 'prefer-minimal-iris',
    alter: asking(asks('prefer', /Minimal.*IRIs/), {
      prefer: 'return=representation;include="http://www.w3.org/ns/ldp#PreferMinimalContainer"',
    }),
  },
  {
    breach: 'IRIs are not given where they are preferred',
    caught: 'prefer-iris',
    alter: asking(asks('prefer', /IRIs/), { prefer: 'x' }),
  },
  {
    breach: 'the pages after the first forget that IRIs were wanted',
    caught: 'prefer-iris-pages',
    alter: json(
      asks('prefer', /IRIs/),
      inFirst((first) => ({ ...first, id: String(first.id).replace('iris=1&', '') })),
    ),
  },
  {
    breach: 'without a preference there are IRIs',
    caught: 'prefer-default',
    alter: (handle) => async (request) => {
      if (!lookAt(request).isContainer || request.headers.has('prefer') || request.method !== 'GET')
        return handle(request);
      const prefer = 'return=representation;include="http://www.w3.org/ns/oa#PreferContainedIRIs"';
      return handle(
        new Request(request.url, { headers: { ...Object.fromEntries(request.headers), prefer } }),
      );
    },
  },
  {
    breach: 'descriptions are cut down to their ids',
    caught: 'prefer-descriptions',
    alter: json(
      container,
      inFirst((first) => ({
        ...first,
        items: [first.items].flat().map((item) => ({ id: (item as Json).id })),
      })),
    ),
  },
  {
    breach: 'Vary does not name Prefer',
    caught: 'prefer-vary',
    alter: headers(container, { vary: 'Accept' }),
  },
  {
    breach: 'only a preference that stands alone is understood',
    caught: 'prefer-grammar',
    alter: asking(asks('prefer', /,|\s=|="r/), { prefer: 'x' }),
  },
  {
    breach: 'an unknown preference is an error',
    caught: 'prefer-unknown',
    alter: instead(asks('prefer', /respond-async/), () => new Response('', { status: 400 })),
  },
  {
    breach: 'Preference-Applied is always there',
    caught: 'prefer-applied',
    alter: headers(container, { 'preference-applied': 'return=representation' }),
  },
  {
    breach: 'Preference-Applied is never there',
    caught: 'prefer-applied',
    alter: headers(container, { 'preference-applied': null }),
  },
  {
    breach: 'all representations share an ETag',
    caught: 'prefer-etag',
    alter: headers(container, { etag: '"one"' }),
  },
  // Pages
  { breach: 'a page has no IRI', caught: 'page-iri', alter: json(page, without('id')) },
  {
    breach: 'a page is an AnnotationCollection',
    caught: 'page-class',
    alter: json(page, (document) => ({ ...document, type: 'AnnotationCollection' })),
  },
  { breach: 'a page varies with nothing', caught: 'page-vary', alter: headers(page, { vary: null }) },
  {
    breach: 'a page is not to be had as Turtle',
    caught: 'page-turtle',
    alter: status(both(page, asks('accept', /turtle/)), 200, 406),
  },
  {
    breach: 'pages count from 1',
    caught: 'page-start',
    alter: json(page, (document) => ({ ...document, startIndex: Number(document.startIndex) + 1 })),
  },
  {
    breach: 'startIndex counts pages',
    caught: 'page-start',
    alter: json(page, (document) => ({ ...document, startIndex: Number(document.startIndex) / 2 })),
  },
  { breach: 'a page has no partOf', caught: 'page-part-of', alter: json(page, without('partOf')) },
  {
    breach: 'partOf is the container whatever its pages have',
    caught: 'page-part-of',
    alter: json(page, (document) => ({
      ...document,
      partOf: { ...(document.partOf as Json), id: 'http://localhost/notes/' },
    })),
  },
  {
    breach: 'partOf has no total',
    caught: 'page-part-of-total',
    alter: json(page, (document) => ({ ...document, partOf: without('total')(document.partOf as Json) })),
  },
  {
    breach: 'partOf has no modified',
    caught: 'page-part-of-modified',
    alter: json(page, (document) => ({ ...document, partOf: without('modified')(document.partOf as Json) })),
  },
  { breach: 'there is no prev', caught: 'page-prev', alter: json(page, without('prev')) },
  {
    breach: 'the way ends after the second page',
    caught: 'page-next',
    alter: json(
      both(page, ({ request }) => /page=1/.test(request.url)),
      without('next'),
    ),
  },
  {
    breach: 'the first page has a prev',
    caught: 'page-prev',
    alter: json(page, (document) => ({ prev: document.id, ...document })),
  },
  {
    breach: 'each page begins with the last item of the one before',
    caught: 'page-complete',
    alter: json(page, (document) => ({
      ...document,
      items: ['http://localhost/notes/a1', ...[document.items].flat()],
    })),
  },
  {
    breach: 'the items of a page are out of order',
    caught: 'page-complete',
    alter: json(page, (document) => ({ ...document, items: [document.items].flat().reverse() })),
  },
  {
    breach: 'prev leads to the first page always',
    caught: 'page-backwards',
    alter: json(
      both(page, ({ request }) => !/iris/.test(request.url)),
      (document) => (document.prev ? { ...document, prev: 'http://localhost/notes/?page=0' } : document),
    ),
  },
  {
    breach: 'the last page is the first',
    caught: 'page-last',
    alter: json(container, (document) => ({ ...document, last: 'http://localhost/notes/?page=0' })),
  },
  {
    breach: 'the embedded page has other items than the page',
    caught: 'page-embedded',
    alter: json(
      container,
      inFirst((first) => ({ ...first, items: [first.items].flat().slice(1) })),
    ),
  },
  {
    breach: 'a page takes a POST',
    caught: 'page-methods',
    alter: instead(both(page, on('POST')), () => new Response('{}', { status: 201 })),
  },
  {
    breach: 'Allow of a page has POST',
    caught: 'page-methods',
    alter: headers(page, { allow: (list) => `${list}, POST` }),
  },
  {
    breach: 'a page is never unchanged',
    caught: 'page-etag',
    alter: asking(page, { 'if-none-match': null }),
  },
  { breach: 'a page that is not there is empty', caught: 'page-404', alter: status(page, 404, 200) },
  { breach: 'pages are numbered, so that writers shift them', caught: 'page-stable', alter: shiftingPages },
  // Creation
  {
    breach: 'an annotation is not in its container',
    caught: 'post-contained',
    alter: json(page, (document) => ({
      ...document,
      items: [document.items].flat().filter((item) => !JSON.stringify(item).includes('Counted')),
    })),
  },
  {
    breach: 'all annotations have one id',
    caught: 'post-id',
    alter: json(on('POST'), (document) => ({ ...document, id: 'http://localhost/notes/a1' })),
  },
  { breach: 'a new annotation is 200', caught: 'post-201', alter: status(on('POST'), 201, 200) },
  { breach: 'there is no Location', caught: 'post-location', alter: headers(on('POST'), { location: null }) },
  {
    breach: 'Location is the container',
    caught: 'post-location',
    alter: headers(on('POST'), { location: 'http://localhost/notes/' }),
  },
  {
    breach: 'a foreign id is kept',
    caught: 'post-id-replaced',
    alter: json(always, (document) => (document.via ? { ...document, id: document.via } : document)),
  },
  {
    breach: 'the id is one component too deep',
    caught: 'post-id-container',
    alter: json(on('POST'), (document) => ({ ...document, id: `${document.id}/0` })),
  },
  { breach: 'a foreign id is lost', caught: 'post-via', alter: json(always, without('via')) },
  { breach: 'canonical is lost', caught: 'post-canonical', alter: json(always, without('canonical')) },
  {
    breach: 'canonical is invented',
    caught: 'post-canonical',
    alter: json(note, (document) => ({ canonical: document.id, ...document })),
  },
  {
    breach: 'the answer to POST is what was sent',
    caught: 'post-state',
    alter: json(on('POST'), (document) => ({ ...document, modified: undefined })),
  },
  {
    breach: 'the answer to POST has another ETag',
    caught: 'post-state',
    alter: headers(on('POST'), { etag: '"new"' }),
  },
  {
    breach: 'a container has the same ETag for ever',
    caught: 'post-container-etag',
    alter: headers(container, { etag: '"container"' }),
  },
  {
    breach: 'JSON-LD without its profile is refused',
    caught: 'post-types',
    alter: instead(asks('content-type', /^application\/ld\+json$/), () => new Response('', { status: 415 })),
  },
  {
    breach: 'any media type is taken',
    caught: 'post-415',
    alter: asking(on('POST'), { 'content-type': 'application/ld+json' }),
  },
  {
    breach: '415 does not say what is taken',
    caught: 'post-415',
    alter: headers(on('POST'), { 'accept-post': null }),
  },
  { breach: 'broken JSON is 422', caught: 'post-400', alter: status(on('POST'), 400, 422) },
  { breach: 'what is no annotation is taken', caught: 'post-invalid', alter: status(on('POST'), 422, 201) },
  { breach: 'a Slug becomes the IRI as it is', caught: 'post-slug', alter: sluggish },
  {
    breach: 'a Slug that is taken leads to the other annotation',
    caught: 'post-slug-taken',
    alter: sluggish,
  },
  // Replacement
  { breach: 'PUT is 204', caught: 'put-200', alter: status(on('PUT'), 200, 204) },
  {
    breach: 'PUT answers with the old state',
    caught: 'put-state',
    alter: json(on('PUT'), (document) => ({ ...document, bodyValue: 'Old words' })),
  },
  { breach: 'PUT changes nothing', caught: 'put-state', alter: lazyPut },
  { breach: 'PUT merges', caught: 'put-whole', alter: mergingPut },
  {
    breach: 'an annotation has the same ETag for ever',
    caught: 'put-etag',
    alter: headers(note, { etag: '"1-ld"' }),
  },
  { breach: 'a stale PUT is 200', caught: 'put-412', alter: status(on('PUT'), 412, 200) },
  { breach: 'a stale PUT is 412, and is done', caught: 'put-412', alter: blindPut(412) },
  { breach: 'If-Match is not looked at', caught: 'put-412', alter: asking(on('PUT'), { 'if-match': '*' }) },
  {
    breach: 'a weak tag matches',
    caught: 'put-weak',
    alter: (handle) => async (request) => {
      const sent = new Request(request.clone());
      sent.headers.set('if-match', (request.headers.get('if-match') ?? '').replaceAll('W/', ''));
      return handle(request.method === 'PUT' ? sent : request);
    },
  },
  {
    breach: 'only the first tag of a list is looked at',
    caught: 'put-list',
    alter: (handle) => async (request) => {
      const sent = new Request(request.clone());
      sent.headers.set('if-match', (request.headers.get('if-match') ?? '').split(',')[0] ?? '');
      return handle(request.method === 'PUT' ? sent : request);
    },
  },
  {
    breach: 'If-Match: * matches nothing',
    caught: 'put-star',
    alter: asking(both(on('PUT'), asks('if-match', /^\*$/)), { 'if-match': '"*"' }),
  },
  {
    breach: 'If-None-Match is not looked at',
    caught: 'put-none-match',
    alter: asking(on('PUT'), { 'if-none-match': null }),
  },
  { breach: 'PUT without If-Match is done', caught: 'put-428', alter: assumingMatch('PUT') },
  {
    breach: 'every writer of a race wins',
    caught: 'put-race',
    alter: asking(on('PUT'), { 'if-match': '*' }),
  },
  { breach: 'PUT on what never was makes it', caught: 'put-404', alter: status(on('PUT'), 404, 201) },
  {
    breach: 'PUT takes any media type',
    caught: 'put-415',
    alter: asking(on('PUT'), { 'content-type': 'application/ld+json' }),
  },
  { breach: 'canonical may be changed', caught: 'put-canonical', alter: status(on('PUT'), 409, 200) },
  { breach: 'via may be changed', caught: 'put-via', alter: status(on('PUT'), 409, 200) },
  // Deletion
  { breach: 'DELETE is 200', caught: 'delete-204', alter: status(on('DELETE'), 204, 200) },
  {
    breach: 'DELETE deletes nothing',
    caught: 'delete-removed',
    alter: instead(on('DELETE'), () => new Response(null, { status: 204 })),
  },
  { breach: 'what was deleted is 404', caught: 'delete-410', alter: status(always, 410, 404) },
  {
    breach: 'a stale DELETE is done',
    caught: 'delete-412',
    alter: asking(on('DELETE'), { 'if-match': '*' }),
  },
  { breach: 'DELETE without If-Match is done', caught: 'delete-428', alter: assumingMatch('DELETE') },
  { breach: 'an IRI is used again', caught: 'delete-not-reused', alter: sluggish },
  {
    breach: 'a deletion leaves the ETag of the container',
    caught: 'delete-container-etag',
    alter: headers(container, { etag: '"container"' }),
  },
  // HTTP
  {
    breach: 'nobody may write',
    caught: 'http-401',
    alter: (handle) => async (request) => {
      const sent = new Request(request.clone());
      if (!sent.headers.has('authorization')) sent.headers.set('authorization', 'Bearer writer');
      return handle(sent);
    },
  },
  {
    breach: '401 has no WWW-Authenticate',
    caught: 'http-401',
    alter: headers(always, { 'www-authenticate': null }),
  },
  { breach: 'a reader is told to sign in', caught: 'http-403', alter: status(always, 403, 401) },
  { breach: 'what never was is an empty page', caught: 'http-404', alter: status(on('GET'), 404, 200) },
  {
    breach: '405 has no Allow',
    caught: 'http-405',
    alter: (handle) => async (request) => {
      const response = await handle(request);
      if (response.status === 405) response.headers.delete('allow');
      return response;
    },
  },
  { breach: 'PATCH is 501', caught: 'http-405', alter: status(on('PATCH'), 405, 501) },
  {
    breach: 'what is not to be had is JSON-LD',
    caught: 'http-406',
    alter: asking(asks('accept', /image|q=0$/), { accept: '*/*' }),
  },
  {
    breach: 'weights are not looked at',
    caught: 'http-quality',
    alter: asking(asks('accept', /q=0\.\d,/), { accept: 'application/ld+json' }),
  },
  {
    breach: 'a weight of 0 is a weight',
    caught: 'http-quality-zero',
    alter: asking(asks('accept', /q=0,/), { accept: 'application/ld+json' }),
  },
  {
    breach: 'ranges are not understood',
    caught: 'http-wildcard',
    alter: instead(asks('accept', /\*/), () => new Response('', { status: 406 })),
  },
  {
    breach: 'an unknown profile is not to be had',
    caught: 'http-profile',
    alter: instead(asks('accept', /urn:x/), () => new Response('', { status: 406 })),
  },
  {
    breach: 'If-None-Match is not looked at',
    caught: 'http-304',
    alter: asking(always, { 'if-none-match': null }),
  },
  { breach: '304 is 412', caught: 'http-304', alter: status(always, 304, 412) },
  {
    breach: 'everything is unchanged',
    caught: 'http-304',
    alter: asking(asks('if-none-match', /./), { 'if-none-match': '*' }),
  },
  {
    breach: '304 has no ETag',
    caught: 'http-304-headers',
    alter: (handle) => async (request) => {
      const response = await handle(request);
      if (response.status === 304) response.headers.delete('etag');
      return response;
    },
  },
  {
    breach: 'HEAD has another content type',
    caught: 'http-head-same',
    alter: headers(on('HEAD'), { 'content-type': 'text/plain' }),
  },
  {
    breach: 'Turtle and JSON-LD share an ETag',
    caught: 'http-etag-format',
    alter: headers(always, { etag: (tag) => tag.replace('-ttl', '-ld') }),
  },
  {
    breach: 'refusals are plain text',
    caught: 'http-problem',
    alter: headers(always, {
      'content-type': (type) => type.replace('application/problem+json', 'text/plain'),
    }),
  },
  {
    breach: 'a problem has another status than the answer',
    caught: 'http-problem',
    alter: status(on('PATCH'), 405, 400),
  },
  // CORS
  {
    breach: 'a pre-flight needs credentials',
    caught: 'cors-preflight',
    alter: (handle) => async (request) =>
      request.method === 'OPTIONS' && !request.headers.has('authorization')
        ? new Response('', { status: 401 })
        : handle(request),
  },
  {
    breach: 'a pre-flight does not allow PUT',
    caught: 'cors-preflight',
    alter: headers(on('OPTIONS'), { 'access-control-allow-methods': 'GET, POST' }),
  },
  {
    breach: 'a pre-flight allows any header, but not Authorization',
    caught: 'cors-headers',
    alter: headers(on('OPTIONS'), { 'access-control-allow-headers': '*' }),
  },
  {
    breach: 'no origin may read',
    caught: 'cors-read',
    alter: headers(on('GET'), { 'access-control-allow-origin': null }),
  },
  {
    breach: 'ETag may not be read',
    caught: 'cors-expose',
    alter: headers(always, { 'access-control-expose-headers': 'Link, Location' }),
  },
  {
    breach: 'a refusal may not be read',
    caught: 'cors-refusals',
    alter: (handle) => async (request) => {
      const response = await handle(request);
      if (response.status >= 400) response.headers.delete('access-control-allow-origin');
      return response;
    },
  },
  {
    breach: 'no other site may write',
    caught: 'cors-write',
    alter: instead(both(on('POST'), asks('origin', /client/)), () => new Response('', { status: 403 })),
  },
  {
    breach: 'any origin may come with credentials',
    caught: 'cors-credentials',
    alter: headers(always, { 'access-control-allow-credentials': 'true' }),
  },
];

/** Pages by number alone: what is deleted before one shifts it. */
function shiftingPages(handle: Handler): Handler {
  const strip = (iri: unknown) => (typeof iri === 'string' ? iri.replace(/&after=\d+/, '') : iri);
  return async (request) => {
    const url = new URL(request.url);
    const number = Number(url.searchParams.get('page') ?? 0);
    // Walks from the beginning each time, as an OFFSET does.
    let sent = new Request(url.href.replace(/page=\d+/, 'page=0'), request.clone());
    let response = await handle(number > 0 ? sent : request);
    for (let n = 0; n < number && response.status === 200 && request.method === 'GET'; n++) {
      const { next } = (await response.json()) as { next?: string };
      if (!next) return new Response('', { status: 404 });
      sent = new Request(next, { headers: request.headers });
      response = await handle(sent);
    }
    if (!response.headers.get('content-type')?.includes('ld+json') || request.method !== 'GET')
      return response;
    const page = (await response.json()) as Json;
    const first =
      typeof page.first === 'object'
        ? { ...(page.first as Json), next: strip((page.first as Json).next) }
        : page.first;
    return new Response(
      JSON.stringify({ ...page, id: strip(page.id), next: strip(page.next), prev: strip(page.prev), first }),
      {
        headers: response.headers,
      },
    );
  };
}

/** Takes a Slug for the name, whatever it is. */
function sluggish(handle: Handler): Handler {
  return async (request) => {
    const response = await handle(request);
    const slug = request.headers.get('slug');
    if (request.method !== 'POST' || slug === null || response.status !== 201) return response;
    const json = (await response.json()) as Json;
    return new Response(JSON.stringify({ ...json, id: `http://localhost/notes/${slug}` }), {
      status: 201,
      headers: response.headers,
    });
  };
}

/** Answers PUT as if it had been done. */
function lazyPut(handle: Handler): Handler {
  return async (request) =>
    request.method === 'PUT'
      ? handle(new Request(request.url, { headers: { accept: '*/*' } }))
      : handle(request);
}

/** Lays what was sent over what was there. */
function mergingPut(handle: Handler): Handler {
  return async (request) => {
    if (request.method !== 'PUT') return handle(request);
    const old = await (await handle(new Request(request.url))).json();
    const body = JSON.stringify({ ...old, ...(await request.json()) });
    return handle(new Request(request.url, { method: 'PUT', headers: request.headers, body }));
  };
}

/** Does every PUT, and answers a stale one with `refusal` all the same. */
function blindPut(refusal: number) {
  return (handle: Handler): Handler =>
    async (request) => {
      if (request.method !== 'PUT') return handle(request);
      const answer = await handle(new Request(request.clone()));
      if (answer.status !== 412) return answer;
      const sent = new Request(request.clone());
      sent.headers.set('if-match', '*');
      await handle(sent);
      return new Response('', { status: refusal });
    };
}

/** Takes a missing If-Match for `*`. */
function assumingMatch(method: string) {
  return (handle: Handler): Handler =>
    async (request) => {
      const sent = new Request(request.clone());
      if (request.method === method && !sent.headers.has('if-match')) sent.headers.set('if-match', '*');
      return handle(sent);
    };
}

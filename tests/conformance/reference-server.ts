import { createHash } from 'node:crypto';

const ANNO = 'http://www.w3.org/ns/anno.jsonld';
const LD = `application/ld+json; profile="${ANNO}"`;
const TAKEN = `${LD}, application/ld+json`;
const LDP = 'http://www.w3.org/ns/ldp#';
const OA = 'http://www.w3.org/ns/oa#';
const AS = 'http://www.w3.org/ns/activitystreams#';

type Json = Record<string, unknown>;
type Note = { version: number; json: Json };

/** A refusal. */
class Refusal {
  constructor(
    readonly status: number,
    readonly headers: Record<string, string> = {},
  ) {}
}

/**
 * A small server of the Web Annotation Protocol in memory, at `origin`: one container, `/notes/`. It does all that the
 * suite asks for in the plainest way, so that the suite is tried on something else than the server it was written for.
 * `Bearer writer` may write, `Bearer reader` may not.
 */
export function referenceServer({ origin, pageSize }: { origin: string; pageSize: number }) {
  const container = `${origin}/notes/`;
  /** In the order of creation; null where one was deleted. */
  const notes = new Map<string, Note | null>();
  let changes = 0;
  let modified = new Date().toISOString();

  const changed = () => {
    changes++;
    modified = new Date().toISOString();
    return modified;
  };
  const held = () => [...notes].flatMap(([iri, note]) => (note ? [{ iri, ...note }] : []));
  const digest = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 12);
  const tagOf = (document: Json, format: string) =>
    `"${digest(`${changes}${JSON.stringify(document)}`)}-${format}"`;
  const tagOfNote = ({ version }: Note, format: string) => `"${version}-${format}"`;

  function pageOf(iris: boolean, number: number, after: string | null): Json {
    const all = held();
    const start = after
      ? all.filter(({ iri }) => Number(iri.slice(container.length + 1)) <= Number(after)).length
      : 0;
    const items = all.slice(start, start + pageSize);
    const link = (n: number, last: number) => {
      const id = last > 0 ? all[last - 1]?.iri.slice(container.length + 1) : null;
      return `${container}?${iris ? 'iris=1&' : ''}page=${n}${id ? `&after=${id}` : ''}`;
    };
    return {
      id: link(number, start),
      type: 'AnnotationPage',
      partOf: { id: iris ? `${container}?iris=1` : container, total: all.length, modified },
      startIndex: start,
      ...(start > 0 && { prev: link(Math.max(0, number - 1), start - pageSize) }),
      ...(start + pageSize < all.length && { next: link(number + 1, start + pageSize) }),
      items: items.map(({ iri, json }) => (iris ? iri : json)),
    };
  }

  function collectionOf(iris: boolean, minimal: boolean): Json {
    const all = held();
    const pages = Math.max(1, Math.ceil(all.length / pageSize));
    const before = all[(pages - 1) * pageSize - 1]?.iri.slice(container.length + 1) ?? null;
    const first = pageOf(iris, 0, null);
    return {
      '@context': [ANNO, 'http://www.w3.org/ns/ldp.jsonld'],
      id: iris ? `${container}?iris=1` : container,
      type: ['BasicContainer', 'AnnotationCollection'],
      label: 'Notes',
      total: all.length,
      modified,
      first: minimal ? first.id : first,
      last: pageOf(iris, pages - 1, before).id,
    };
  }

  /** Just enough Turtle to say what a thing is. */
  const turtle = ({ id, type }: Json) => {
    const types = [type].flat().map((name) => {
      if (name === 'Annotation') return `<${OA}Annotation>`;
      return name === 'BasicContainer'
        ? `<${LDP}BasicContainer>`
        : `<${AS}OrderedCollection${name === 'AnnotationPage' ? 'Page' : ''}>`;
    });
    return `<${id}> a ${types.join(', ')} .\n`;
  };

  function negotiate(accept: string): 'ld' | 'ttl' {
    const offers = { ld: 'application/ld+json', ttl: 'text/turtle' } as const;
    const weights = Object.entries(offers).map(([format, type]) => {
      const ranges = accept.split(',').map((range) =>
        range
          .trim()
          .split(';')
          .map((part) => part.trim()),
      );
      const named = [type, `${type.split('/')[0]}/*`, '*/*'].map((name) =>
        ranges.find(([range]) => range?.toLowerCase() === name),
      );
      const best = named.find((range) => range !== undefined);
      const weight = best?.find((part) => part.startsWith('q='))?.slice(2) ?? '1';
      return { format: format as 'ld' | 'ttl', weight: best ? Number(weight) : 0 };
    });
    const best = weights.sort((a, b) => b.weight - a.weight)[0];
    if (!best || best.weight === 0) throw new Refusal(406);
    return best.format;
  }

  /** The include IRIs of `return=representation`, wherever it stands in a Prefer header. */
  function preferences(prefer: string): string[] {
    const quiet = prefer.replace(/"([^"]*)"/g, (_, text: string) => encodeURIComponent(text));
    for (const member of quiet.split(',')) {
      const [head = '', ...parameters] = member.split(';').map((part) => part.replace(/\s/g, ''));
      if (head.toLowerCase() !== 'return=representation') continue;
      const include = parameters.find((part) => part.toLowerCase().startsWith('include='));
      return decodeURIComponent(include?.slice(8) ?? '').split(' ');
    }
    return [];
  }

  function show(
    request: Request,
    document: Json,
    tag: (format: string) => string,
    extra: Record<string, string> = {},
    status = 200,
  ) {
    const format = negotiate(request.headers.get('accept') ?? '*/*');
    const etag = tag(format);
    const headers = { ETag: etag, 'Content-Location': String(document.id), ...extra };
    const listed = request.headers.get('if-none-match') ?? '';
    if (request.method !== 'POST' && request.method !== 'PUT' && (listed === '*' || listed.includes(etag)))
      return new Response(null, { status: 304, headers });
    const text = format === 'ttl' ? turtle(document) : JSON.stringify(document);
    const type = format === 'ttl' ? 'text/turtle' : LD;
    return new Response(request.method === 'HEAD' ? null : text, {
      status,
      headers: { 'Content-Type': type, ...headers },
    });
  }

  async function incoming(request: Request): Promise<Json> {
    const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase();
    if (type !== 'application/ld+json') throw new Refusal(415);
    const json: unknown = await request
      .text()
      .then(JSON.parse)
      .catch(() => {
        throw new Refusal(400);
      });
    const { type: name, target } = (json ?? {}) as Json;
    if (![name].flat().includes('Annotation') || target === undefined) throw new Refusal(422);
    return json as Json;
  }

  function requireWriter(request: Request): void {
    const credentials = request.headers.get('authorization');
    if (credentials === 'Bearer reader') throw new Refusal(403);
    if (credentials !== 'Bearer writer') throw new Refusal(401, { 'WWW-Authenticate': 'Bearer' });
  }

  function requireMatch(request: Request, note: Note): void {
    const listed = request.headers.get('if-match');
    if (listed === null) throw new Refusal(428);
    const tags = ['ld', 'ttl'].map((format) => tagOfNote(note, format));
    const strong = (listed.match(/(?:W\/)?"[^"]*"/g) ?? []).filter((tag) => tags.includes(tag));
    if (listed !== '*' && strong.length === 0) throw new Refusal(412);
    if (request.headers.get('if-none-match') === '*') throw new Refusal(412);
  }

  async function atContainer(request: Request, query: URLSearchParams): Promise<Response> {
    const isPage = query.has('page');
    if (request.method === 'POST' && !isPage) {
      requireWriter(request);
      const sent = await incoming(request);
      const created = changed();
      const iri = `${container}a${notes.size + 1}`;
      const via = typeof sent.id === 'string' ? { via: sent.id } : {};
      const note = { version: 1, json: { ...sent, ...via, id: iri, created, modified: created } };
      notes.set(iri, note);
      return show(request, note.json, (format) => tagOfNote(note, format), { Location: iri }, 201);
    }
    if (request.method !== 'GET' && request.method !== 'HEAD') throw new Refusal(405);
    const prefers = preferences(request.headers.get('prefer') ?? '');
    const minimal = prefers.includes(`${LDP}PreferMinimalContainer`);
    const iris = query.has('iris') || (!isPage && prefers.includes(`${OA}PreferContainedIRIs`));
    if (isPage) {
      const page = pageOf(iris, Number(query.get('page')), query.get('after'));
      if (query.get('page') !== '0' && !query.has('after')) throw new Refusal(404);
      return show(request, { '@context': ANNO, ...page }, (format) => tagOf(page, format));
    }
    const document = collectionOf(iris, minimal);
    const applied = minimal || prefers.some((name) => name.startsWith(`${OA}PreferContained`));
    return show(
      request,
      document,
      (format) => tagOf(document, format),
      applied ? { 'Preference-Applied': 'return=representation' } : {},
    );
  }

  async function atNote(request: Request, iri: string): Promise<Response> {
    const note = notes.get(iri);
    if (!['GET', 'HEAD', 'PUT', 'DELETE'].includes(request.method)) throw new Refusal(405);
    if (note === undefined) throw new Refusal(404);
    if (note === null) throw new Refusal(410);
    if (request.method === 'PUT') {
      requireWriter(request);
      const sent = await incoming(request);
      // Nothing else runs between this look at the tag and the change.
      requireMatch(request, notes.get(iri) as Note);
      for (const name of ['canonical', 'via'])
        if (note.json[name] !== undefined && sent[name] !== undefined && sent[name] !== note.json[name])
          throw new Refusal(409);
      const { created, canonical, via } = note.json;
      const json = {
        ...(canonical !== undefined && { canonical }),
        ...(via !== undefined && { via }),
        ...sent,
        id: iri,
        created,
        modified: changed(),
      };
      const after = { version: note.version + 1, json };
      notes.set(iri, after);
      return show(request, after.json, (format) => tagOfNote(after, format));
    }
    if (request.method === 'DELETE') {
      requireWriter(request);
      requireMatch(request, note);
      notes.set(iri, null);
      changed();
      return new Response(null, { status: 204 });
    }
    return show(request, note.json, (format) => tagOfNote(note, format));
  }

  /** Answers one request. */
  return async (request: Request): Promise<Response> => {
    const { pathname, searchParams } = new URL(request.url);
    const isContainer = `${origin}${pathname}` === container;
    const isPage = isContainer && searchParams.has('page');
    const iri = `${origin}${pathname}`;
    const answer = async () => {
      if (request.method === 'OPTIONS') return new Response(null, { status: 204 });
      return isContainer ? atContainer(request, searchParams) : atNote(request, iri);
    };
    const response = await answer().catch((error: unknown) => {
      if (!(error instanceof Refusal)) throw error;
      const { status, headers } = error;
      const problem = { type: 'about:blank', title: `Refused with ${status}`, status };
      return new Response(request.method === 'HEAD' ? null : JSON.stringify(problem), {
        status,
        headers: { 'Content-Type': 'application/problem+json', ...headers },
      });
    });
    const allow = isPage
      ? 'GET, HEAD, OPTIONS'
      : isContainer
        ? 'GET, HEAD, OPTIONS, POST'
        : 'GET, HEAD, OPTIONS, PUT, DELETE';
    const constraints = `<http://www.w3.org/TR/annotation-protocol/>; rel="${LDP}constrainedBy"`;
    const link =
      isContainer && !isPage
        ? `<${LDP}BasicContainer>; rel="type", ${constraints}`
        : `<${LDP}Resource>; rel="type"`;
    const told: Record<string, string> = {
      Allow: allow,
      Link: link,
      Vary: isContainer && !isPage ? 'Accept, Prefer' : 'Accept',
      ...(isContainer && !isPage && { 'Accept-Post': TAKEN }),
      'Access-Control-Allow-Origin': '*',
      'Access-Control-Expose-Headers':
        'ETag, Link, Location, Allow, Accept-Post, Content-Location, Preference-Applied, Vary',
      ...(request.headers.has('access-control-request-method') && {
        'Access-Control-Allow-Methods': allow,
        'Access-Control-Allow-Headers':
          'Authorization, Content-Type, If-Match, If-None-Match, Prefer, Accept, Slug',
      }),
    };
    for (const [name, value] of Object.entries(told)) response.headers.set(name, value);
    return response;
  };
}

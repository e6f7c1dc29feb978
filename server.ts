import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import next from 'next';
import { getAnnotationRow } from '@/lib/annotation';
import { httpApp, isApiPath } from '@/lib/api';
import { startKeepingHeads } from '@/lib/audit';
import { config } from '@/lib/config';
import { disconnect, ping, unavailableFrom } from '@/lib/db';
import { listen } from '@/lib/db/listen';
import { getEditionState } from '@/lib/edition';
import { forgetEditionStates, recallEditionState } from '@/lib/edition/access/state';
import { resolveMember } from '@/lib/group';
import { slugSchema } from '@/lib/group/schema';
import { CACHE_PASS_HEADER } from '@/lib/http/cache-pass-header';
import { SOCKET_HEADER } from '@/lib/http/client-address';
import { createPageCache, sendCachedPage } from '@/lib/http/page-cache';
import { sendProblem } from '@/lib/http/problem-details';
import { requestOwnPage } from '@/lib/http/request-own-page';
import { canonicalPath, isDecodable, parseRequestTarget } from '@/lib/http/request-target';
import {
  API_CONTENT_SECURITY_POLICY,
  contentSecurityPolicy,
  securityHeaders,
} from '@/lib/http/security-headers';
import { endSlowBody } from '@/lib/http/slow-body';
import { sendUnavailablePage } from '@/lib/http/unavailable-page';
import { negotiateLocale } from '@/lib/i18n';
import { rememberViewers } from '@/lib/identity';
import { AppError, nullIfNotFound } from '@/lib/kernel/errors';
import { endStreams } from '@/lib/live';
import { log } from '@/lib/log';
import { startMarkdownThreads } from '@/lib/markdown';
import { observeRequest, requestKind, startMetrics } from '@/lib/metrics';
import { tellSenders } from '@/lib/moderation';
import { startNotices } from '@/lib/notice';
import { PRIVACY_SCHEDULE, PRIVACY_TASKS } from '@/lib/privacy';

/** Milliseconds that an idle connection is kept open. */
const KEEP_ALIVE_MS = 75_000;

/** Milliseconds for the head of a request, and for all of it: a large file takes long on a slow line. */
const HEAD_MS = 20_000;
const REQUEST_MS = 3_600_000;
/** Bytes of a form of a page. */
const LONGEST_FORM = 100_000;

/** A running server. `close` ends open streams and connections; acknowledged writes are never lost. */
export type Server = { close: () => Promise<void> };

const READING_PAGE = /^\/editions\/([^/]+)(\/[^/]+)?$/;
const READING_PAGE_SLASHED = /^(\/editions(?:\/[^/]+){1,2})\/+$/;
/** The path of no page, which stands for addresses that cannot be decoded. */
const NOT_FOUND_PATH = '/not-found';
/** The page in place of a note that is not there, or not for its reader. */
const MISSING_NOTE_PATH = '/missing-note';
/** The addresses of a note: its IRI, and its short link. */
const NOTE = /^(?:\/groups\/[^/]+)?\/annotations\/([^/]+)$/;

/**
 * Starts the HTTP server on config().PORT. In one process the API answers its paths, reading pages come from a cache in
 * memory, and Next renders all other pages. With `dev` pages are compiled when they are requested.
 */
export async function startServer({ dev = false } = {}): Promise<Server> {
  const { PORT, HOST } = config();
  startMarkdownThreads();
  startMetrics();
  const pages = next({ dev, quiet: !dev });
  const renderPage = pages.getRequestHandler();
  const handleApi = getRequestListener(httpApp.fetch);
  // Identifies the requests of our own page cache.
  const internalToken = randomBytes(24).toString('base64url');
  const unlisten = await listen('scholion_edition', forgetEditionStates);
  const forget = await rememberViewers();
  const stopNotices = await startNotices({
    tasks: { ...PRIVACY_TASKS, 'tell-senders-of-notices': tellSenders },
    schedule: [...PRIVACY_SCHEDULE, { task: 'tell-senders-of-notices', match: '*/5 * * * *' }],
  });
  const stopKeepingHeads = await startKeepingHeads();

  const cachedPage = createPageCache(async (path, locale) => {
    const headers = {
      [CACHE_PASS_HEADER]: internalToken,
      'x-scholion-locale': locale,
      'accept-encoding': 'identity',
    };
    return requestOwnPage(server.address() as AddressInfo, path, headers);
  });

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    for (const [name, value] of Object.entries(securityHeaders())) response.setHeader(name, value);
    if (request.method === 'OPTIONS' && request.url === '*') {
      // About the server as a whole (RFC 9110 §9.3.7).
      response.writeHead(204, { Allow: 'GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS' }).end();
      return;
    }
    const target = parseRequestTarget(request.url ?? '/');
    if (!target) throw new AppError('malformed', 'This address cannot be read.');
    const { pathname, search, searchParams } = target;
    request.url = pathname + search;
    const isInternal = request.headers[CACHE_PASS_HEADER] === internalToken;
    if (!isInternal) sanitizeHeaders(request);
    const isMissing = isDocumentRequest(request) && (await isMissingNote(request, pathname));
    if (isMissing) request.url = MISSING_NOTE_PATH;
    if (isApiPath(pathname) && !isMissing) {
      response.setHeader('Content-Security-Policy', API_CONTENT_SECURITY_POLICY);
      return handleApi(request, response);
    }
    // Postgres stores no U+0000, so nothing is found by it either.
    const isReadable = isDecodable(pathname) && !search.includes('%00');
    if (!isReadable) request.url = NOT_FOUND_PATH;
    requirePageMethod(request.method, pathname);
    requireShortForm(request);
    const [, unslashed] = READING_PAGE_SLASHED.exec(pathname) ?? [];
    const canonical = isReadable ? canonicalPath(unslashed ?? pathname) : pathname;
    if (canonical !== pathname && (READING_PAGE.test(canonical) || pathname.startsWith('//'))) {
      response.writeHead(308, { Location: `${canonical}${search}` }).end();
      return;
    }
    // What was searched for in an edition is a page for one reader.
    const isSame = !searchParams.has('find') && !isInternal && !dev;
    if (isReadable && READING_PAGE.test(pathname) && isSame && isDocumentRequest(request)) {
      const page = await readingPage(pathname, searchParams.get('revision'), request);
      if (page) {
        response.setHeader('Link', annotationServiceLink(searchParams.get('group')));
        return sendCachedPage(page.cached, request, response, { isStored: !page.isClosed });
      }
    }
    const nonce = randomBytes(16).toString('base64');
    const policy = contentSecurityPolicy([`'nonce-${nonce}'`, ...(dev ? ["'unsafe-eval'"] : [])]);
    // Next takes the nonce of its scripts from the request's policy; a cached page has hashes instead.
    if (!isInternal) request.headers['content-security-policy'] = policy;
    response.setHeader(
      'Content-Security-Policy',
      dev ? policy.replace("style-src 'self'", "style-src 'self' 'unsafe-inline'") : policy,
    );
    // Throws 503 where the database is away, for which Next would answer 500.
    if (!isInternal && !pathname.startsWith('/_next/')) await ping();
    await renderPage(request, response);
  }

  /** A cached reading page. One of an earlier revision names the current one, so it is cached by that too. */
  async function readingPage(path: string, revision: string | null, request: IncomingMessage) {
    const [, name = '', section] = READING_PAGE.exec(path) ?? [];
    const edition = decodeURIComponent(name);
    const state = await recallEditionState(edition);
    // Next answers for what is not there, in the same way whether there is a closed edition or none.
    if (state === null) return null;
    const isClosed = state.access !== 'public';
    if (isClosed && !(await mayRead(request, edition))) return null;
    const isEarlier = section !== undefined && revision !== null && revision !== String(state.revision);
    // Next answers other spellings of a number, which are not cached.
    if (isEarlier && !/^[1-9]\d{0,8}$/.test(revision)) return null;
    const page = isEarlier ? `${path}?revision=${encodeURIComponent(revision)}` : path;
    const key = JSON.stringify([state.revision, state.images, state.title]);
    const cached = await cachedPage(page, key, String(request.headers['x-scholion-locale']));
    return cached && { cached, isClosed };
  }

  const timeouts = {
    headersTimeout: HEAD_MS,
    requestTimeout: REQUEST_MS,
    connectionsCheckingInterval: 5_000,
  };
  const server = createServer(timeouts, (request, response) => {
    endSlowBody(request);
    measure(request, response);
    handle(request, response).catch((error) => refuse(error, request, response));
  });
  // Longer than the timeout of proxies (nginx: 60 s), so that the proxy closes idle connections and never sends a
  // request on one that the server has just closed.
  server.keepAliveTimeout = KEEP_ALIVE_MS;

  await pages.prepare();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(PORT, HOST, resolve);
  });

  return {
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      // Their receivers connect again, and lose nothing.
      await endStreams();
      server.closeIdleConnections();
      // Requests in progress get a moment to finish; streams would never end by themselves.
      setTimeout(() => server.closeAllConnections(), 1_500).unref();
      await closed;
      await Promise.all([unlisten(), forget(), stopNotices(), stopKeepingHeads()]);
      await pages.close();
      await disconnect();
    },
  };
}

/** Whether the browser that sent a request may read an edition. An Authorization header is for scripts, not for pages. */
async function mayRead({ headers: { cookie } }: IncomingMessage, edition: string): Promise<boolean> {
  const viewer = await resolveMember(new Headers(cookie ? { cookie } : {}));
  return (await nullIfNotFound(getEditionState(viewer, edition))) !== null;
}

/** Where clients find the annotations of a page (Web Annotation Protocol §5.1.1): its group's, else all that they may see. */
function annotationServiceLink(group: string | null): string {
  const container = slugSchema.safeParse(group).success ? `groups/${group}/annotations/` : 'annotations/';
  return `<${config().address}/${container}>; rel="http://www.w3.org/ns/oa#annotationService"`;
}

/** Whether a browser asks for a note that its reader, who is signed in, may not see. The API has an answer for scripts alone. */
async function isMissingNote(
  { headers: { cookie, accept } }: IncomingMessage,
  path: string,
): Promise<boolean> {
  const [, id] = NOTE.exec(path) ?? [];
  if (id === undefined || !accept?.includes('text/html')) return false;
  const viewer = await resolveMember(new Headers(cookie ? { cookie } : {}));
  return viewer.id !== null && (await nullIfNotFound(getAnnotationRow(viewer, id))) === null;
}

/** Counts a request with its time once its answer has ended, or was broken off; our own for the cache of pages too. */
function measure(request: IncomingMessage, response: ServerResponse): void {
  const started = performance.now();
  const { method = '' } = request;
  const kind = requestKind(request.url?.split('?', 1)[0] ?? '/');
  const done = () =>
    observeRequest({ kind, method, status: response.statusCode }, (performance.now() - started) / 1_000);
  response.once('close', done);
}

/** Removes internal headers of the client, and sets those with its address and its language. */
function sanitizeHeaders(request: IncomingMessage): void {
  for (const name of Object.keys(request.headers))
    if (name.startsWith('x-scholion-')) delete request.headers[name];
  request.headers[SOCKET_HEADER] = request.socket.remoteAddress;
  const [, chosen] = /(?:^|;\s*)locale=([a-z]+)/.exec(request.headers.cookie ?? '') ?? [];
  request.headers['x-scholion-locale'] = negotiateLocale(chosen, request.headers['accept-language']);
}

/** Throws method_not_allowed: pages take GET and HEAD, and POST only for sign-in and choice of language. */
function requirePageMethod(method: string | undefined, pathname: string): void {
  const takesForms = /^\/(locale|api\/auth\/.*)$/.test(pathname);
  const allowed = ['GET', 'HEAD', ...(takesForms ? ['POST'] : [])];
  if (method !== undefined && allowed.includes(method)) return;
  const headers = { Allow: allowed.join(', ') };
  throw new AppError('method_not_allowed', 'This page is read with GET.', { headers });
}

/** Throws too_large, or malformed for a body without a length: a form of a page is short, and Next would read any whole. */
function requireShortForm({ headers }: IncomingMessage): void {
  if (headers['transfer-encoding'] !== undefined)
    throw new AppError('malformed', 'Send the form as the page does.', { headers: { Connection: 'close' } });
  if (Number(headers['content-length'] ?? 0) > LONGEST_FORM)
    throw new AppError('too_large', 'The body is larger than this server takes.');
}

/** Responds to an error: a page that says so where the database is away, else problem+json. */
async function refuse(error: unknown, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const locale = negotiateLocale(undefined, request.headers['accept-language']);
  const refusal = error instanceof AppError ? error : unavailableFrom(error);
  if (response.headersSent) {
    response.destroy();
    return;
  }
  if (refusal?.code === 'unavailable' && !request.url?.startsWith('/api/')) {
    return sendUnavailablePage(response, refusal, locale);
  }
  if (refusal) return sendProblem(response, refusal, locale);
  log().error({ err: error, path: request.url?.split('?')[0] }, 'request failed');
  response.writeHead(500, { 'Content-Type': 'text/plain' }).end('Something went wrong here. Try again.\n');
}

/** Whether the request is for a document, not one of Next's requests for data. */
function isDocumentRequest({ method, headers }: IncomingMessage): boolean {
  return (
    (method === 'GET' || method === 'HEAD') &&
    headers.rsc === undefined &&
    headers['next-action'] === undefined
  );
}

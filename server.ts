import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import next from 'next';
import { httpApp, isApiPath } from '@/lib/api';
import { config } from '@/lib/config';
import { disconnect, ping, unavailableFrom } from '@/lib/db';
import { listen } from '@/lib/db/listen';
import { getCurrentRevision, getImagesVersion } from '@/lib/edition';
import { SOCKET_HEADER } from '@/lib/http/client-address';
import { createPageCache, sendCachedPage } from '@/lib/http/page-cache';
import { sendProblem } from '@/lib/http/problem-details';
import { canonicalPath, isDecodable, parseRequestTarget } from '@/lib/http/request-target';
import {
  API_CONTENT_SECURITY_POLICY,
  contentSecurityPolicy,
  securityHeaders,
} from '@/lib/http/security-headers';
import { sendUnavailablePage } from '@/lib/http/unavailable-page';
import { negotiateLocale } from '@/lib/i18n';
import { AppError, nullIfNotFound } from '@/lib/kernel/errors';
import { log } from '@/lib/log';
import { startMarkdownThreads } from '@/lib/markdown';

/** Milliseconds that a connection without a request is kept. */
const KEEP_ALIVE_MS = 75_000;

/** A server that runs, and how to end it: open streams and connections are closed, nothing acknowledged is lost. */
export type Server = { close: () => Promise<void> };

const READING_PAGE = /^\/editions\/([^/]+)(\/[^/]+)?$/;
const READING_PAGE_SLASHED = /^(\/editions(?:\/[^/]+){1,2})\/+$/;
/** A page that is not there: whoever asks for an address that cannot be read gets it. */
const NOT_FOUND_PATH = '/not-found';

/**
 * Starts HTTP on config().PORT: one process, in which the API answers first, reading pages come ready-made from
 * memory, and Next makes the rest. `dev` compiles pages as they are asked for.
 */
export async function startServer({ dev = false } = {}): Promise<Server> {
  const { PORT, HOST } = config();
  startMarkdownThreads();
  const pages = next({ dev, quiet: !dev });
  const renderPage = pages.getRequestHandler();
  const handleApi = getRequestListener(httpApp.fetch);
  // Proves that a request for a page comes from our own cache; no one outside can make it.
  const internalToken = randomBytes(24).toString('base64url');
  const states = new Map<string, Promise<EditionState | null>>();
  const unlisten = await listen('scholion_edition', () => states.clear());

  const cachedPage = createPageCache(async (path, locale) => {
    const answer = await fetch(`http://127.0.0.1:${port()}${path}`, {
      headers: {
        'x-scholion-pass': internalToken,
        'x-scholion-locale': locale,
        'accept-encoding': 'identity',
      },
      // What leads elsewhere is not the page: its reader is led there too.
      redirect: 'manual',
    });
    return answer.status === 200 ? answer.text() : null;
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
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
    const inside = request.headers['x-scholion-pass'] === internalToken;
    if (!inside) sanitizeHeaders(request);
    if (isApiPath(pathname)) {
      response.setHeader('Content-Security-Policy', API_CONTENT_SECURITY_POLICY);
      return handleApi(request, response);
    }
    const isReadable = isDecodable(pathname);
    if (!isReadable) request.url = NOT_FOUND_PATH;
    requirePageMethod(request.method, pathname);
    const [, unslashed] = READING_PAGE_SLASHED.exec(pathname) ?? [];
    const canonical = isReadable ? canonicalPath(unslashed ?? pathname) : pathname;
    if (canonical !== pathname && (READING_PAGE.test(canonical) || pathname.startsWith('//'))) {
      response.writeHead(308, { Location: `${canonical}${search}` }).end();
      return;
    }
    if (isReadable && READING_PAGE.test(pathname) && !inside && !dev && isDocumentRequest(request)) {
      const page = await readingPage(pathname, searchParams.get('revision'), request);
      if (page) return sendCachedPage(page, request, response);
    }
    const nonce = randomBytes(16).toString('base64');
    const policy = contentSecurityPolicy([`'nonce-${nonce}'`, ...(dev ? ["'unsafe-eval'"] : [])]);
    // Next takes the nonce for its own scripts from the policy of the request; a kept page is hashed instead.
    if (!inside) request.headers['content-security-policy'] = policy;
    response.setHeader(
      'Content-Security-Policy',
      dev ? policy.replace("style-src 'self'", "style-src 'self' 'unsafe-inline'") : policy,
    );
    // Next would say 500 of a database that is away; whoever comes back in a moment finds the page again.
    if (!inside && !pathname.startsWith('/_next/')) await ping();
    await renderPage(request, response);
  }

  /** A reading page of the current revision, or of an earlier one: it names the current one, so it is kept by that. */
  async function readingPage(path: string, asked: string | null, request: IncomingMessage) {
    const [, name = '', section] = READING_PAGE.exec(path) ?? [];
    const edition = decodeURIComponent(name);
    let known = states.get(edition);
    if (!known) {
      known = editionStateOf(edition);
      states.set(edition, known);
    }
    const state = await known.catch((error) => {
      states.delete(edition);
      throw error;
    });
    // An unknown slug is not remembered: anybody could fill the memory with them.
    if (state === null) states.delete(edition);
    if (state === null) return null;
    const isEarlier = section !== undefined && asked !== null && asked !== String(state.revision);
    // Another spelling of a number is Next's to answer, and is not kept.
    if (isEarlier && !/^[1-9]\d{0,8}$/.test(asked)) return null;
    const page = isEarlier ? `${path}?revision=${encodeURIComponent(asked)}` : path;
    const key = `${state.revision}.${state.images}`;
    return cachedPage(page, key, String(request.headers['x-scholion-locale']));
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((error) => refuse(error, request, response));
  });
  // Longer than proxies keep theirs (nginx: 60 s): who ends a connection first must not be who is about to be asked.
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  function port(): number {
    const address = server.address();
    return typeof address === 'object' && address ? address.port : PORT;
  }

  await pages.prepare();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(PORT, HOST, resolve);
  });

  return {
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeIdleConnections();
      // A stream never ends by itself; what else is under way gets a moment.
      setTimeout(() => server.closeAllConnections(), 1_500).unref();
      await closed;
      await unlisten();
      await pages.close();
      await disconnect();
    },
  };
}

/** What the pages of an edition are made from: its current revision, and the count of changes of its page images. */
type EditionState = { revision: number; images: number };

/** The state of an edition; null where there is none that is published. */
async function editionStateOf(edition: string): Promise<EditionState | null> {
  const facts = Promise.all([getCurrentRevision(edition), getImagesVersion(edition)]);
  const [revision, images] = (await nullIfNotFound(facts)) ?? [];
  return revision === undefined || images === undefined ? null : { revision, images };
}

/** Takes off what only we may say, and settles the language for whoever renders. */
function sanitizeHeaders(request: IncomingMessage): void {
  for (const name of Object.keys(request.headers))
    if (name.startsWith('x-scholion-')) delete request.headers[name];
  request.headers[SOCKET_HEADER] = request.socket.remoteAddress;
  const [, chosen] = /(?:^|;\s*)locale=([a-z]+)/.exec(request.headers.cookie ?? '') ?? [];
  request.headers['x-scholion-locale'] = negotiateLocale(chosen, request.headers['accept-language']);
}

/** Pages are read; what is sent to them goes to the sign-in and to the choice of a language alone. */
function requirePageMethod(method: string | undefined, pathname: string): void {
  const takesForms = /^\/(locale|api\/auth\/.*)$/.test(pathname);
  const allowed = ['GET', 'HEAD', ...(takesForms ? ['POST'] : [])];
  if (method !== undefined && allowed.includes(method)) return;
  const headers = { Allow: allowed.join(', ') };
  throw new AppError('method_not_allowed', 'This page is read with GET.', { headers });
}

/** Tells what went wrong: a refusal as a problem, a page without its database as a page that says so. */
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

/** A plain look at a page: not one of Next's own requests for its data. */
function isDocumentRequest({ method, headers }: IncomingMessage): boolean {
  return (
    (method === 'GET' || method === 'HEAD') &&
    headers.rsc === undefined &&
    headers['next-action'] === undefined
  );
}

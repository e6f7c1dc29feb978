import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import next from 'next';
import { httpApp } from '@/lib/api';
import { config } from '@/lib/config';
import { disconnect } from '@/lib/db';
import { listen } from '@/lib/db/listen';
import { getCurrentRevision, getImagesVersion } from '@/lib/edition';
import { SOCKET_HEADER } from '@/lib/http/client-address';
import { createPageCache, sendCachedPage } from '@/lib/http/page-cache';
import {
  API_CONTENT_SECURITY_POLICY,
  contentSecurityPolicy,
  securityHeaders,
} from '@/lib/http/security-headers';
import { negotiateLocale } from '@/lib/i18n';
import { log } from '@/lib/log';
import { startMarkdownThreads } from '@/lib/markdown';

/** Milliseconds that a connection without a request is kept. */
const KEEP_ALIVE_MS = 75_000;

/** A server that runs, and how to end it: open streams and connections are closed, nothing acknowledged is lost. */
export type Server = { close: () => Promise<void> };

/** What answers before Next does (docs/decisions): the API, the W3C protocol, and IIIF. */
const API_PATHS = /^\/(api\/(v1|health)(\/|$)|annotations(\/|$)|groups\/[^/]+\/annotations(\/|$)|iiif(\/|$))/;
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
    const { pathname, search, searchParams } = new URL(request.url ?? '/', 'http://here');
    for (const [name, value] of Object.entries(securityHeaders())) response.setHeader(name, value);
    if (API_PATHS.test(pathname)) {
      response.setHeader('Content-Security-Policy', API_CONTENT_SECURITY_POLICY);
      return handleApi(request, response);
    }
    const inside = request.headers['x-scholion-pass'] === internalToken;
    if (!inside) sanitizeHeaders(request);
    const isReadable = isDecodable(pathname);
    if (!isReadable) request.url = NOT_FOUND_PATH;
    const [, unslashed] = READING_PAGE_SLASHED.exec(pathname) ?? [];
    if (unslashed && isReadable) {
      response.writeHead(308, { Location: `${unslashed}${search}` }).end();
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
    await renderPage(request, response);
  }

  /** A reading page of the current revision, or of an earlier one: it names the current one, so it is kept by that. */
  async function readingPage(path: string, asked: string | null, request: IncomingMessage) {
    const [, name = '', section] = READING_PAGE.exec(path) ?? [];
    const edition = decodeURIComponent(name);
    let known = states.get(edition);
    if (!known) {
      known = editionStateOf(edition).catch(() => null);
      states.set(edition, known);
      // An unknown slug is not remembered: anybody could fill the memory with them.
      if ((await known) === null) states.delete(edition);
    }
    const state = await known;
    if (state === null) return null;
    const isEarlier = section !== undefined && asked !== null && asked !== String(state.revision);
    const page = isEarlier ? `${path}?revision=${encodeURIComponent(asked)}` : path;
    const key = `${state.revision}.${state.images}`;
    return cachedPage(page, key, String(request.headers['x-scholion-locale']));
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((error) => {
      log().error({ err: error, path: request.url?.split('?')[0] }, 'request failed');
      if (!response.headersSent) response.writeHead(500, { 'Content-Type': 'text/plain' });
      response.end('Something went wrong here. Try again.\n');
    });
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

async function editionStateOf(edition: string): Promise<EditionState> {
  const [revision, images] = await Promise.all([getCurrentRevision(edition), getImagesVersion(edition)]);
  return { revision, images };
}

/** Takes off what only we may say, and settles the language for whoever renders. */
function sanitizeHeaders(request: IncomingMessage): void {
  for (const name of Object.keys(request.headers))
    if (name.startsWith('x-scholion-')) delete request.headers[name];
  request.headers[SOCKET_HEADER] = request.socket.remoteAddress;
  const [, chosen] = /(?:^|;\s*)locale=([a-z]+)/.exec(request.headers.cookie ?? '') ?? [];
  request.headers['x-scholion-locale'] = negotiateLocale(chosen, request.headers['accept-language']);
}

/** Whether an address can be read: `%` begins an octet in it, and the octets are UTF-8 text (RFC 3986 §2.1). */
function isDecodable(pathname: string): boolean {
  try {
    // Postgres stores no U+0000, so nothing can be called by it.
    return !decodeURIComponent(pathname).includes('\0');
  } catch {
    return false;
  }
}

/** A plain look at a page: not one of Next's own requests for its data. */
function isDocumentRequest({ method, headers }: IncomingMessage): boolean {
  return (
    (method === 'GET' || method === 'HEAD') &&
    headers.rsc === undefined &&
    headers['next-action'] === undefined
  );
}

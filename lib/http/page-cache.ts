import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { LRUCache } from 'lru-cache';
import Negotiator from 'negotiator';
import { config } from '@/lib/config';
import { contentSecurityPolicy, scriptHashes } from './security-headers';

type CachedPage = { etag: string; policy: string; plain: Buffer; br: Buffer; gzip: Buffer };

/** Renders the HTML of a page; null where there is no such page. */
type Render = (path: string, locale: string) => Promise<string | null>;

/**
 * A cache of pages that are the same for every reader: each is rendered and compressed once for each state of its
 * edition and each language. The returned function gives the page at `path`; `state` is part of the key, so that a new
 * state renders the page again.
 */
export function createPageCache(render: Render) {
  const pages = new LRUCache<string, Promise<CachedPage | null>>({ max: 500 });
  return async (path: string, state: string, locale: string): Promise<CachedPage | null> => {
    const key = `${state} ${locale} ${path}`;
    const page = pages.get(key) ?? makePage(render, path, locale);
    pages.set(key, page);
    const made = await page.catch((error) => {
      pages.delete(key);
      throw error;
    });
    // Absent pages are not cached, because anybody could fill the memory with them.
    if (!made) pages.delete(key);
    return made;
  };
}

async function makePage(render: Render, path: string, locale: string): Promise<CachedPage | null> {
  const html = await render(path, locale);
  if (html === null) return null;
  const plain = Buffer.from(html);
  const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } };
  const [br, zipped] = await Promise.all([
    promisify(brotliCompress)(plain, quality),
    promisify(gzip)(plain, { level: 9 }),
  ]);
  const etag = createHash('sha256').update(plain).digest('base64url').slice(0, 22);
  // The page cache has reading pages alone: on others no client of another origin has anything to do.
  const policy = contentSecurityPolicy(scriptHashes(html), config().SCHOLION_ANNOTATION_CLIENTS);
  return { etag, policy, plain, br, gzip: zipped };
}

/**
 * Sends a cached page in the encoding that the browser prefers, or 304 where the browser has it already. `isStored`
 * false: the browser is told to keep no copy, because the page is not for everybody.
 */
export function sendCachedPage(
  page: CachedPage,
  request: IncomingMessage,
  response: ServerResponse,
  { isStored = true } = {},
): void {
  const encoding = new Negotiator(request).encoding(['br', 'gzip', 'identity']) ?? 'identity';
  // One tag for each encoding: they are different bytes (RFC 9110 §8.8.3.3).
  const etag = `"${page.etag}-${encoding}"`;
  response.setHeader('Content-Security-Policy', page.policy);
  response.setHeader('ETag', etag);
  response.setHeader('Vary', 'Accept-Encoding, Accept-Language, Cookie');
  // The browser revalidates each time, so that a new revision shows at once; the answer is mostly 304.
  response.setHeader('Cache-Control', isStored ? 'private, no-cache' : 'private, no-store');
  if (matchesIfNoneMatch(request.headers['if-none-match'], etag)) {
    response.writeHead(304).end();
    return;
  }
  const bytes = encoding === 'br' ? page.br : encoding === 'gzip' ? page.gzip : page.plain;
  if (encoding !== 'identity') response.setHeader('Content-Encoding', encoding);
  response.setHeader('Content-Type', 'text/html; charset=utf-8');
  response.setHeader('Content-Length', bytes.length);
  response.writeHead(200).end(request.method === 'HEAD' ? undefined : bytes);
}

/** Whether an If-None-Match names `etag`; compared weakly, since a proxy may weaken it (RFC 9110 §13.1.2). */
function matchesIfNoneMatch(ifNoneMatch: string | undefined, etag: string): boolean {
  const tags = (ifNoneMatch ?? '').split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  return tags.includes(etag) || tags.includes('*');
}

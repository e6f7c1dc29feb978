import { lookup as resolve } from 'node:dns';
import http from 'node:http';
import https from 'node:https';
import type { LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';
import { config } from '@/lib/config';
import type { FieldError } from '@/lib/kernel/errors';

const TIMEOUT_MS = 15_000;
const MAX_REDIRECTS = 3;

/** Why a fetch was refused or failed: a message key, and the values of its placeholders. */
export class FetchRefused extends Error {
  constructor(
    readonly detail: string,
    readonly values: NonNullable<FieldError['values']>,
  ) {
    super(detail);
  }
}

/**
 * Fetches a file of another server without SSRF: only from the hosts in SCHOLION_IIIF_HOSTS, never from a private
 * address unless that very address is listed, within 15 seconds, and at most `maxBytes`. Throws FetchRefused.
 */
export async function safeFetch(address: string, maxBytes: number, accept: string): Promise<Buffer> {
  let at = address;
  for (let i = 0; i <= MAX_REDIRECTS; i += 1) {
    const url = requireAllowed(at);
    const answer = await get(url, maxBytes, accept);
    if (typeof answer !== 'string') return answer;
    at = URL.canParse(answer, url) ? new URL(answer, url).href : '';
  }
  throw new FetchRefused('{host} sends from one address to the next.', { host: hostOf(address) });
}

/** Fetches JSON as `safeFetch` does; null where the answer is not JSON. */
export async function safeFetchJson(address: string, maxBytes: number): Promise<unknown> {
  const bytes = await safeFetch(address, maxBytes, 'application/ld+json, application/json');
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return null;
  }
}

/** Whether SCHOLION_IIIF_HOSTS allows this URL, to the server and to the pages' Content Security Policy. */
export function isAllowed(url: URL): boolean {
  return config().SCHOLION_IIIF_HOSTS.some((origin) => {
    const [scheme, host = ''] = origin.split('//');
    if (!host.startsWith('*.')) return url.origin === origin;
    return url.protocol === scheme && url.host.endsWith(host.slice(1));
  });
}

function hostOf(address: string): string {
  return URL.canParse(address) ? new URL(address).host : address;
}

function requireAllowed(address: string): URL {
  const host = hostOf(address);
  if (!URL.canParse(address)) throw new FetchRefused('This is no web address.', {});
  const url = new URL(address);
  if (!isAllowed(url)) {
    throw new FetchRefused(
      'This server fetches nothing from {host}: its operator names the hosts that it may.',
      {
        host,
      },
    );
  }
  return url;
}

/** Resolves a name as Node does, and refuses addresses outside the public Internet (RFC 6890). */
export const lookupPublic: LookupFunction = (hostname, options, done) => {
  resolve(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) return done(error, '');
    const privateAddress = addresses.find(({ address }) => ipaddr.process(address).range() !== 'unicast');
    if (privateAddress) {
      const refusal = new FetchRefused('{host} has a private address: nothing is fetched from there.', {
        host: hostname,
      });
      return done(refusal, '');
    }
    if (options.all)
      return (done as unknown as (error: null, all: typeof addresses) => void)(null, addresses);
    const [first] = addresses;
    done(null, first?.address ?? '', first?.family ?? 0);
  });
};

/** The bytes of a response, or the address that it redirects to. */
function get(url: URL, maxBytes: number, accept: string): Promise<Buffer | string> {
  const { host, hostname } = url;
  // A listed `localhost` or IP address is meant, even if it is private.
  const isLiteral = hostname === 'localhost' || ipaddr.isValid(hostname.replace(/^\[|\]$/g, ''));
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  return new Promise((done, fail) => {
    const refuse = (detail: string, values = {}) => fail(new FetchRefused(detail, { host, ...values }));
    const onError = (error: Error) => {
      if (error instanceof FetchRefused) fail(error);
      else if (signal.aborted) refuse('{host} did not answer in time.');
      else refuse('{host} cannot be reached.');
    };
    const request = (url.protocol === 'https:' ? https : http).get(
      url,
      {
        signal,
        agent: false,
        headers: { accept, 'user-agent': 'Scholion' },
        ...(!isLiteral && { lookup: lookupPublic }),
      },
      (response) => {
        const { statusCode: status = 0, headers } = response;
        if (status >= 300 && status < 400 && headers.location) {
          response.destroy();
          return done(headers.location);
        }
        if (status !== 200) {
          response.destroy();
          return refuse('{host} answered {status} for {address}.', { status, address: url.href });
        }
        const chunks: Buffer[] = [];
        let size = 0;
        response.on('data', (chunk: Buffer) => {
          size += chunk.length;
          if (size <= maxBytes) return void chunks.push(chunk);
          response.destroy();
          refuse('What {host} sent is larger than this server takes.');
        });
        response.on('end', () => done(Buffer.concat(chunks)));
        response.on('error', onError);
      },
    );
    request.on('error', onError);
  });
}

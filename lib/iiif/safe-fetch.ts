import { lookup as resolve } from 'node:dns';
import http from 'node:http';
import https from 'node:https';
import type { LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';
import { config } from '@/lib/config';
import type { FieldError } from '@/lib/kernel/errors';

/** Milliseconds for one answer, and redirections that are followed. */
const PATIENCE = 15_000;
const REDIRECTIONS = 3;

/** Why nothing came: a sentence of the catalogues, and what stands in it. */
export class FetchRefused extends Error {
  constructor(
    readonly detail: string,
    readonly values: NonNullable<FieldError['values']>,
  ) {
    super(detail);
  }
}

/**
 * What stands at an address elsewhere: only of the hosts that the operator names (SCHOLION_IIIF_HOSTS), never of a
 * private address unless that is what is named, in 15 seconds, and of `largest` bytes at most. Throws Unfetched.
 */
export async function safeFetch(address: string, largest: number, accept: string): Promise<Buffer> {
  let at = address;
  for (let i = 0; i <= REDIRECTIONS; i += 1) {
    const url = allowed(at);
    const answer = await get(url, largest, accept);
    if (typeof answer !== 'string') return answer;
    at = URL.canParse(answer, url) ? new URL(answer, url).href : '';
  }
  throw new FetchRefused('{host} sends from one address to the next.', { host: hostOf(address) });
}

/** The JSON at an address elsewhere, fetched as `safeFetch` does; null where what stands there is none. */
export async function safeFetchJson(address: string, largest: number): Promise<unknown> {
  const bytes = await safeFetch(address, largest, 'application/ld+json, application/json');
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return null;
  }
}

/** Whether pages may show what stands there, and the server may fetch it. */
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

function allowed(address: string): URL {
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

/** Resolves as Node does, and refuses what is not of the public Internet (RFC 6890). */
export const lookupPublic: LookupFunction = (hostname, options, done) => {
  resolve(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) return done(error, '');
    const inside = addresses.find(({ address }) => ipaddr.process(address).range() !== 'unicast');
    if (inside) {
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

/** The bytes of an answer, or where it sends to. */
function get(url: URL, largest: number, accept: string): Promise<Buffer | string> {
  const { host, hostname } = url;
  // Who names `localhost`, or an address in figures, means it.
  const isLiteral = hostname === 'localhost' || ipaddr.isValid(hostname.replace(/^\[|\]$/g, ''));
  const signal = AbortSignal.timeout(PATIENCE);
  return new Promise((done, fail) => {
    const give = (detail: string, values = {}) => fail(new FetchRefused(detail, { host, ...values }));
    const onError = (error: Error) => {
      if (error instanceof FetchRefused) fail(error);
      else if (signal.aborted) give('{host} did not answer in time.');
      else give('{host} cannot be reached.');
    };
    const request = (url.protocol === 'https:' ? https : http).get(
      url,
      {
        ...{ signal, agent: false, headers: { accept, 'user-agent': 'Scholion' } },
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
          return give('{host} answered {status} for {address}.', { status, address: url.href });
        }
        const chunks: Buffer[] = [];
        let size = 0;
        response.on('data', (chunk: Buffer) => {
          size += chunk.length;
          if (size <= largest) return void chunks.push(chunk);
          response.destroy();
          give('What {host} sent is larger than this server takes.');
        });
        response.on('end', () => done(Buffer.concat(chunks)));
        response.on('error', onError);
      },
    );
    request.on('error', onError);
  });
}

import { get } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/**
 * The HTML that the server at `listening` gives for `path`; null where its answer is not 200. By node:http, since fetch
 * refuses some ports (Fetch §2.9, "bad port") that a server may well listen on behind a proxy.
 */
export function requestOwnPage(
  { address, port }: AddressInfo,
  path: string,
  headers: Record<string, string>,
): Promise<string | null> {
  return new Promise((resolve, reject) => {
    get({ host: reachable(address), port, path, headers }, (answer) => {
      if (answer.statusCode === 200) {
        text(answer).then(resolve, reject);
      } else {
        // A redirect is not a page.
        answer.resume();
        resolve(null);
      }
    }).on('error', reject);
  });
}

/** The address under which this machine reaches what listens on all of its addresses. */
function reachable(address: string): string {
  if (address === '0.0.0.0') return '127.0.0.1';
  return address === '::' ? '::1' : address;
}

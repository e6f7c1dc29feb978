import { decodeUri } from '@/lib/kernel/uri';

/**
 * The address that a request line asks for (RFC 9112 §3.2): a path, or a whole http address as proxies send it. The
 * host of the result means nothing. Null for what is neither.
 */
export function parseRequestTarget(target: string): URL | null {
  const address = target.startsWith('/') ? `http://localhost${target}` : target;
  if (!/^https?:\/\//i.test(address) || !URL.canParse(address)) return null;
  return new URL(address);
}

/** Whether each `%` of a path begins an octet, the octets are UTF-8 text (RFC 3986 §2.1), and none is U+0000. */
export function isDecodable(path: string): boolean {
  const decoded = decodeUri(path);
  // Postgres stores no U+0000, so nothing can have it in its name.
  return decoded !== null && !decoded.includes('\0');
}

/**
 * A path as it is spelt in one way: octets that need no escape are not escaped (RFC 3986 §6.2.2.2), and slashes stand
 * alone. What is made of it is kept once, however its address was spelt.
 */
export function canonicalPath(path: string): string {
  return path
    .replace(/\/{2,}/g, '/')
    .split('/')
    .map((segment) =>
      encodeURIComponent(decodeURIComponent(segment)).replace(/%(?:3A|40|24|26|2B|2C|3B|3D)/g, (octet) =>
        decodeURIComponent(octet),
      ),
    )
    .join('/');
}

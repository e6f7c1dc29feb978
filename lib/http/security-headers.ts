import { createHash } from 'node:crypto';
import { config } from '@/lib/config';

/** Headers of every response (OWASP Secure Headers). */
export function securityHeaders(): Record<string, string> {
  return {
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
    'Referrer-Policy': 'same-origin',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Permissions-Policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
    ...(config().address.startsWith('https:') && {
      'Strict-Transport-Security': 'max-age=31536000; includeSubDomains',
    }),
  };
}

/**
 * The Content Security Policy (CSP Level 3) of a page whose inline scripts are those of `sources`: nonces or
 * hashes. Nothing comes from another host but pictures of
 * the IIIF hosts that the operator names, nothing inline runs that we did not write. `clients` are the origins of
 * annotation clients that the operator lets onto reading pages; without them the policy says nothing of any.
 */
export function contentSecurityPolicy(sources: string[], clients: string[] = []): string {
  const own = ["'self'", ...clients].join(' ');
  const sockets = clients.map((origin) => origin.replace(/^https:/, 'wss:'));
  const provider = config().OIDC_ISSUER ? ` ${new URL(config().OIDC_ISSUER as string).origin}` : '';
  return [
    "default-src 'none'",
    `script-src ${[own, ...sources].join(' ')}`,
    `style-src ${own}`,
    `img-src ${[own, 'data:', ...config().SCHOLION_IIIF_HOSTS].join(' ')}`,
    `font-src ${own}`,
    `connect-src ${[own, ...sockets].join(' ')}`,
    ...(clients.length > 0 ? [`frame-src ${clients.join(' ')}`] : []),
    `form-action 'self'${provider}`,
    "manifest-src 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/** The Content Security Policy of a response that is not a page. */
export const API_CONTENT_SECURITY_POLICY = "default-src 'none'; frame-ancestors 'none'";

/** CSP hashes of a page's inline scripts: a cached page cannot have a nonce. */
export function scriptHashes(html: string): string[] {
  const hashes = new Set<string>();
  for (const [, attributes = '', script = ''] of html.matchAll(/<script\b([^>]*)>([\s\S]*?)<\/script>/g)) {
    if (/\bsrc=/.test(attributes) || !script) continue;
    hashes.add(`'sha256-${createHash('sha256').update(script).digest('base64')}'`);
  }
  return [...hashes];
}

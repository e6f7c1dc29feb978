import type { Context } from 'hono';
import { evaluateReadConditions, shortDigest } from '@/lib/http/conditional-requests';
import { type Offer, preferredOffer } from '@/lib/http/content-negotiation';
import { AppError } from '@/lib/kernel/errors';
import { ANNO_CONTEXT, ANNO_TYPE, TURTLE_TYPE, toTurtle } from '@/lib/w3c';
import type { Env } from '../middleware';

/** The serialisation of a document. */
export type RdfFormat = 'json-ld' | 'turtle';

// In order of our preference: JSON-LD first (Web Annotation Protocol §4.1).
const OFFERS: (Offer & { format: RdfFormat })[] = [
  { type: 'application/ld+json', profile: ANNO_CONTEXT, format: 'json-ld' },
  { type: 'text/turtle', format: 'turtle' },
  { type: 'application/json', format: 'json-ld' },
];
const MEDIA_TYPES: Record<RdfFormat, string> = { 'json-ld': ANNO_TYPE, turtle: TURTLE_TYPE };

/** The format of a read, or 'page' for a browser. Throws not_acceptable. */
export function negotiateReadFormat(c: Context<Env>): RdfFormat | 'page' {
  const best = preferredOffer(c.req.header('accept'), [
    ...OFFERS,
    { type: 'text/html', format: 'page' as const },
  ]);
  if (best) return best.format;
  throw new AppError(
    'not_acceptable',
    'This is to be had as application/ld+json or text/turtle, or as a page.',
  );
}

/** The format of the response to a write; JSON-LD where none is acceptable, because the write itself succeeds. */
function negotiateWriteFormat(c: Context<Env>): RdfFormat {
  return preferredOffer(c.req.header('accept'), OFFERS)?.format ?? 'json-ld';
}

/** The strong ETags of a document, one for each format; with `version` where writes need it. */
export function etagsOf(document: object, version?: number, print = ''): Record<RdfFormat, string> {
  const digest = shortDigest(JSON.stringify(document) + print);
  const stem = version === undefined ? digest : `${version}-${digest}`;
  return { 'json-ld': `"${stem}-ld"`, turtle: `"${stem}-ttl"` };
}

type Representation = { iri: string; version?: number; print?: string; headers?: Record<string, string> };

/**
 * Responds to a read with a document in `format`, or with 304; throws 412 where If-Match is false. `print` is a
 * fingerprint of what the ETag depends on beyond the document's text.
 */
export async function respondToRead(
  c: Context<Env>,
  document: object,
  format: RdfFormat,
  answer: Representation,
) {
  const { iri, version, print, headers } = answer;
  const tag = etagsOf(document, version, print)[format];
  const allHeaders = { ETag: tag, 'Content-Location': iri, ...headers };
  if (evaluateReadConditions(c.req.raw.headers, tag) === 'unchanged') return c.body(null, 304, allHeaders);
  return send(c, document, format, 200, allHeaders);
}

/** Responds to a write with the stored document. */
export async function respondToWrite(
  c: Context<Env>,
  status: 200 | 201,
  document: object,
  { iri, version, headers }: Representation,
): Promise<Response> {
  const format = negotiateWriteFormat(c);
  const tag = etagsOf(document, version)[format];
  return send(c, document, format, status, { ETag: tag, 'Content-Location': iri, ...headers });
}

async function send(
  c: Context<Env>,
  document: object,
  format: RdfFormat,
  status: 200 | 201,
  headers: Record<string, string>,
): Promise<Response> {
  const text = format === 'turtle' ? await toTurtle(document) : JSON.stringify(document);
  // Set explicitly, so that HEAD has it too.
  const length = String(Buffer.byteLength(text));
  return c.body(text, status, { 'Content-Type': MEDIA_TYPES[format], 'Content-Length': length, ...headers });
}

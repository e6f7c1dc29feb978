import { createHash } from 'node:crypto';
import { AppError } from '@/lib/kernel/errors';

/** The strong ETag of a version (RFC 9110 §8.8.3). */
export function etagOf(version: number): string {
  return `"${version}"`;
}

/** A short digest for an ETag: 96 bits of SHA-256, enough to avoid collisions. */
export function shortDigest(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 16);
}

/**
 * The version in an `If-Match` header (RFC 9110 §13.1.1), or 'any' for `*`; -1, which no version equals, for a foreign
 * tag. Throws precondition_required where the header is missing.
 */
export function parseIfMatch(ifMatch: string | undefined): number | 'any' {
  if (!ifMatch?.trim()) throw preconditionRequired();
  if (ifMatch.trim() === '*') return 'any';
  const [, version] = /^\s*"(\d+)"/.exec(ifMatch) ?? [];
  return version === undefined ? -1 : Number(version);
}

/**
 * Checks If-Match and If-None-Match of a write (RFC 9110 §13.1); `tags` are the current ETags of the resource, one for
 * each format. Returns 'any' for `If-Match: *`. Throws precondition_required without If-Match, and stale where a
 * condition is false.
 */
export function checkWritePreconditions(headers: Headers, tags: string[]): 'any' | 'current' {
  const ifMatch = headers.get('if-match')?.trim();
  if (!ifMatch) throw preconditionRequired();
  if (ifMatch !== '*' && !tagsIn(ifMatch).some((tag) => tags.includes(tag))) throw stale();
  const ifNoneMatch = headers.get('if-none-match')?.trim();
  if (ifNoneMatch && tags.some((tag) => matchesWeakly(ifNoneMatch, tag))) throw stale();
  return ifMatch === '*' ? 'any' : 'current';
}

/**
 * Evaluates If-Match and If-None-Match of a read (RFC 9110 §13.1) for the representation with `tag`: 'unchanged' means
 * 304. Throws stale where If-Match is false.
 */
export function evaluateReadConditions(headers: Headers, tag: string): 'changed' | 'unchanged' {
  const ifMatch = headers.get('if-match')?.trim();
  if (ifMatch && ifMatch !== '*' && !tagsIn(ifMatch).includes(tag)) throw stale();
  const ifNoneMatch = headers.get('if-none-match')?.trim();
  return ifNoneMatch && matchesWeakly(ifNoneMatch, tag) ? 'unchanged' : 'changed';
}

/** The entity tags of a list; weak ones keep their `W/` (RFC 9110 §8.8.3), so that they never match strongly. */
function tagsIn(list: string): string[] {
  return list.match(/(?:W\/)?"[\x21\x23-\x7e\x80-\xff]*"/g) ?? [];
}

function matchesWeakly(list: string, tag: string): boolean {
  return list === '*' || tagsIn(list).some((listed) => listed.replace(/^W\//, '') === tag);
}

function preconditionRequired(): AppError {
  return new AppError('precondition_required', 'Send If-Match with the ETag of what you read.');
}

function stale(): AppError {
  return new AppError('stale', 'This is no longer as your If-Match or If-None-Match wants it.');
}

import { createHash } from 'node:crypto';
import { AppError } from '@/lib/kernel/errors';

/** The strong ETag of a version (RFC 9110 §8.8.3). */
export function etagOf(version: number): string {
  return `"${version}"`;
}

/** A short digest for an ETag: 96 bits of SHA-256, which no two representations share. */
export function shortDigest(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 16);
}

/**
 * The version that an `If-Match` header names (RFC 9110 §13.1.1), or 'any' for `*`. A tag that is not ours matches
 * nothing: it comes back as -1. Throws precondition_required where the header is missing.
 */
export function parseIfMatch(ifMatch: string | undefined): number | 'any' {
  if (!ifMatch?.trim()) throw preconditionRequired();
  if (ifMatch.trim() === '*') return 'any';
  const [, version] = /^\s*"(\d+)"/.exec(ifMatch) ?? [];
  return version === undefined ? -1 : Number(version);
}

/**
 * Whether a writer's If-Match and If-None-Match hold for something whose current tags are `tags`, one for each of its
 * formats (RFC 9110 §13.1). Gives 'any' for `If-Match: *`. Throws precondition_required where there is no If-Match, and
 * stale where one of the two does not hold.
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
 * What a reader's If-Match and If-None-Match say of the representation with `tag` (RFC 9110 §13.1). Throws stale where
 * it is not what If-Match wants.
 */
export function evaluateReadConditions(headers: Headers, tag: string): 'changed' | 'unchanged' {
  const ifMatch = headers.get('if-match')?.trim();
  if (ifMatch && ifMatch !== '*' && !tagsIn(ifMatch).includes(tag)) throw stale();
  const ifNoneMatch = headers.get('if-none-match')?.trim();
  return ifNoneMatch && matchesWeakly(ifNoneMatch, tag) ? 'unchanged' : 'changed';
}

/** The entity tags of a list, weak ones with their `W/` (RFC 9110 §8.8.3): they never match strongly. */
function tagsIn(list: string): string[] {
  return list.match(/(?:W\/)?"[\x21\x23-\x7e\x80-\xff]*"/g) ?? [];
}

function matchesWeakly(list: string, tag: string): boolean {
  return list === '*' || tagsIn(list).some((other) => other.replace(/^W\//, '') === tag);
}

function preconditionRequired(): AppError {
  return new AppError('precondition_required', 'Send If-Match with the ETag of what you read.');
}

function stale(): AppError {
  return new AppError('stale', 'This is no longer as your If-Match or If-None-Match wants it.');
}

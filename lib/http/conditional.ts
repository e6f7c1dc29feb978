import { AppError } from '@/lib/kernel/errors';

/** The strong ETag of a version (RFC 9110 §8.8.3); `form` tells formats of the same thing apart. */
export function etagOf(version: number, form = ''): string {
  return `"${version}${form && `-${form}`}"`;
}

/**
 * The version that an `If-Match` header names (RFC 9110 §13.1.1), or 'any' for `*`. A tag that is not ours matches
 * nothing: it comes back as -1. Throws precondition_required where the header is missing.
 */
export function versionOf(ifMatch: string | undefined, form = ''): number | 'any' {
  if (!ifMatch?.trim()) {
    throw new AppError('precondition_required', 'Send If-Match with the ETag of what you read.');
  }
  if (ifMatch.trim() === '*') return 'any';
  const tag = ifMatch.split(',')[0]?.trim() ?? '';
  const [, version] = new RegExp(`^"(\\d+)${form && `-${form}`}"$`).exec(tag) ?? [];
  return version === undefined ? -1 : Number(version);
}

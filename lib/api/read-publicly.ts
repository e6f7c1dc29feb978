import type { Context } from 'hono';
import { resolveMember } from '@/lib/group';
import { anonymous, type Viewer } from '@/lib/identity/schema';
import { nullIfNotFound } from '@/lib/kernel/errors';
import type { Env } from './middleware';

/**
 * What `read` gives anybody, else what it gives the viewer of the request: what is public costs nobody the question who
 * asks. Throws not_found where it is there for neither.
 */
export async function readPublicly<T>(
  c: Context<Env>,
  read: (viewer: Viewer) => Promise<T>,
): Promise<{ found: T; isPublic: boolean }> {
  const found = await nullIfNotFound(read(anonymous));
  if (found !== null) return { found, isPublic: true };
  return { found: await read(await resolveMember(c.req.raw.headers)), isPublic: false };
}

/** Kept by nobody: it is of a closed edition, and who may read that can change. */
export const NOT_STORED = 'private, no-store';

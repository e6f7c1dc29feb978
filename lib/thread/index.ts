import { getAnnotation, insertReply } from '@/lib/annotation';
import type { Annotation, ExternalOrigin, NewReply } from '@/lib/annotation/schema';
import type { Viewer } from '@/lib/identity/schema';

/**
 * Answers any annotation of a thread. The reply keeps the visibility asked for, and is never seen by more people
 * than its root is (lib/policy/readable.ts). Throws not_found, unauthenticated, forbidden, locked.
 */
export async function createReply(
  viewer: Viewer,
  parent: string,
  input: NewReply & Partial<ExternalOrigin>,
): Promise<Annotation> {
  return getAnnotation(viewer, await insertReply(viewer, parent, input));
}

import { type ResolvedMembership, requireGroupAction, resolveMembership } from '@/lib/group';
import type { Viewer } from '@/lib/identity/schema';

/** The group of a viewer who moderates it. Throws not_found, forbidden. */
export async function requireStaff(viewer: Viewer, groupSlug: string): Promise<ResolvedMembership> {
  const membership = await resolveMembership(viewer, groupSlug);
  requireGroupAction(membership, 'moderate');
  return membership;
}

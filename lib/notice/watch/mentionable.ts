import { resolveMembership } from '@/lib/group';
import { requireSignedIn } from '@/lib/identity';
import type { Viewer } from '@/lib/identity/schema';
import { notFound } from '@/lib/kernel/errors';
import type { MentionableQuery } from '../schema';
import { selectMentionable } from './store';

/** Names that are offered at once. */
const OFFERED = 8;

/**
 * The members of a group who may see what the viewer is about to write, of those whose name holds `q`, by name: those whom
 * it is of use to mention. Nobody for a private note. Throws not_found for whoever is no member.
 */
export async function listMentionable(
  viewer: Viewer,
  slug: string,
  { q, visibility, parent, assignment }: MentionableQuery,
): Promise<{ id: string; name: string }[]> {
  const { id } = requireSignedIn(viewer);
  const { groupId, member } = await resolveMembership(viewer, slug);
  if (!member) throw notFound();
  if (visibility === 'private') return [];
  return selectMentionable(
    groupId,
    id,
    { q, visibility, parent: parent ?? null, assignment: assignment ?? null },
    OFFERED,
  );
}

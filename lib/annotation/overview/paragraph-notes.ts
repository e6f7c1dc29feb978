import { getSection } from '@/lib/edition';
import { requireGroupAction, resolveMembership } from '@/lib/group';
import type { Viewer } from '@/lib/identity/schema';
import type { ParagraphNotes } from '../schema';
import { countByPassage } from './store';

/**
 * How much was said on each paragraph of a section: notes and replies whose thread stands on some of its words, and open
 * questions; a thread on two paragraphs counts in both. For staff. Throws `not_found`, `forbidden`.
 */
export async function listParagraphNotes(
  viewer: Viewer,
  groupSlug: string,
  place: { edition: string; section: string },
): Promise<ParagraphNotes[]> {
  const membership = await resolveMembership(viewer, groupSlug);
  requireGroupAction(membership, 'assign');
  const { paragraphs } = await getSection(viewer, place.edition, place.section);
  const passages = await countByPassage(viewer, membership.groupId, place);
  const found = paragraphs.map(({ id }) => ({ id, notes: 0, open: 0 }));
  let first = 0;
  for (const { start, end, notes, open } of passages) {
    // Both are in order of their beginnings, so that no paragraph before the first is met again.
    while (first < paragraphs.length && (paragraphs[first]?.end ?? 0) <= start) first++;
    for (
      let i = first;
      i < paragraphs.length && (paragraphs[i]?.start ?? 0) < Math.max(end, start + 1);
      i++
    ) {
      const paragraph = found[i];
      if (!paragraph) continue;
      paragraph.notes += notes;
      paragraph.open += open;
    }
  }
  return found;
}

import { listAnnotationRows, presentAnnotations } from '@/lib/annotation';
import type { PageRequest } from '@/lib/annotation/schema';
import { getTextBehindRow } from '@/lib/edition';
import { resolveMembership } from '@/lib/group';
import { requireSignedIn } from '@/lib/identity';
import type { Viewer } from '@/lib/identity/schema';
import { sliceCodePoints } from '@/lib/kernel/code-points';
import { canInGroup } from '@/lib/policy';
import { isPending, type PassageRow, PENDING } from '@/lib/target';
import type { PendingAnchor } from './schema';
import { pendingOf } from './store';

/**
 * The glosses of a group with a target that waits for the viewer's decision, in order of creation, each with the text
 * that stands there now (null for an orphan): for staff all that they see, for others their own.
 * Throws not_found, unauthenticated.
 */
export async function listPendingAnchors(
  viewer: Viewer,
  groupSlug: string,
  page: PageRequest,
): Promise<{ items: PendingAnchor[]; next: string | null }> {
  const { role } = await resolveMembership(viewer, groupSlug);
  const { id: me } = requireSignedIn(viewer);
  if (!canInGroup(role, 'write')) return { items: [], next: null };
  const condition = canInGroup(role, 'moderate') ? PENDING : pendingOf(me);
  const { items: rows, next } = await listAnnotationRows(viewer, groupSlug, {}, page, condition);
  const annotations = await presentAnnotations(viewer, rows);
  const items = await Promise.all(
    rows.map(async (row, i): Promise<PendingAnchor[]> => {
      const annotation = annotations[i];
      if (!annotation) return [];
      const passage = row.passages.findIndex(isPending);
      if (passage < 0) {
        return [{ annotation, passage: null, drawn: row.regions.findIndex(isPending), now: null }];
      }
      return [{ annotation, passage, drawn: null, now: await currentText(row.passages[passage]) }];
    }),
  );
  return { items: items.flat(), next };
}

/** The text at a passage, in the revision that its offsets count in. */
async function currentText(passage: PassageRow | undefined): Promise<string | null> {
  if (!passage || passage.start === null || passage.end === null) return null;
  const text = await getTextBehindRow(passage.edition, passage.section, passage.anchorRevision);
  return sliceCodePoints(text, passage.start, passage.end);
}

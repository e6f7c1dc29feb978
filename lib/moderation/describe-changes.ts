import { type AnnotationRow, selectEarlierVersions } from '@/lib/annotation';
import type { Viewer } from '@/lib/identity/schema';
import { canInGroup, roleIn } from '@/lib/policy';
import { selectDecisionsSince } from './store';

/**
 * What has changed in an annotation since its version `since`, for whoever decided on that one: the present version and
 * state, whether its words are others, and for staff what was decided.
 */
export async function describeChanges(
  viewer: Viewer,
  row: AnnotationRow,
  since: number,
): Promise<{ changed: object }> {
  const { groupId, id: annotationId, version, state, modifiedAt } = row;
  const isStaff = canInGroup(roleIn(viewer, groupId), 'moderate');
  const [words, decisions] = await Promise.all([
    selectEarlierVersions(groupId, [{ annotationId, version: since }]),
    isStaff ? selectDecisionsSince(row, since) : [],
  ]);
  const dated = decisions.map(({ created, ...decision }) => ({
    ...decision,
    created: new Date(created).toISOString(),
  }));
  const modified = modifiedAt.toISOString();
  return { changed: { version, state, modified, words: words.length > 0, decisions: dated } };
}

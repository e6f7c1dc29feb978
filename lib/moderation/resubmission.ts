import { diffInline } from '@/lib/anchoring/inline-diff';
import { selectEarlierVersions } from '@/lib/annotation';
import type { Annotation } from '@/lib/annotation/schema';
import type { Resubmission } from './schema';
import { selectLastReturns } from './store';

/** Those of these pending annotations that were sent back before, with what they said then, by their ids. */
export async function findResubmissions(
  groupId: string,
  annotations: Annotation[],
): Promise<Map<string, Resubmission>> {
  const pending = annotations.filter(({ state }) => state === 'pending');
  if (pending.length === 0) return new Map();
  const returns = await selectLastReturns(
    groupId,
    pending.map(({ id }) => id),
  );
  const earlier = await selectEarlierVersions(groupId, returns);
  return new Map(
    returns.flatMap(({ annotationId, reason, by, created }) => {
      const words = earlier.find((version) => version.annotationId === annotationId);
      const now = pending.find(({ id }) => id === annotationId);
      if (!words || !now) return [];
      const { version, body, tags } = words;
      const returned = new Date(created).toISOString();
      const difference = diffInline(body, now.body);
      return [[annotationId, { reason, by, returned, version, body, tags, difference }]];
    }),
  );
}

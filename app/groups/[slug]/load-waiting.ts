import { cache } from 'react';
import { listPendingAnchors } from '@/lib/anchor';
import { pageViewer } from '@/lib/group/page-viewer';
import { countQueues } from '@/lib/moderation';
import { loadGroup } from './load-group';

/** Notes without a place are counted up to this number. */
const MOST = 99;

/** What waits for the viewer in a group: notes to review, and notes without a place. */
export type WaitingCounts = { review: number; unplaced: number };

/** What waits in the group of this page, counted once for its tabs and all that is on it. */
export const loadWaiting: (slug: string) => Promise<WaitingCounts> = cache(async (slug) => {
  const { can } = await loadGroup(slug);
  const viewer = await pageViewer();
  const [queues, pending] = await Promise.all([
    countQueues(viewer),
    can.includes('write') ? listPendingAnchors(viewer, slug, { limit: MOST }) : { items: [] },
  ]);
  return { review: queues.get(slug) ?? 0, unplaced: pending.items.length };
});

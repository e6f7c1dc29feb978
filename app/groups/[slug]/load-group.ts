import { notFound } from 'next/navigation';
import { cache } from 'react';
import { type Group, getGroup } from '@/lib/group';
import { pageViewer, requireViewer } from '@/lib/group/page-viewer';
import { AppError } from '@/lib/kernel/errors';

/**
 * The group of this page, loaded once. A group that the viewer may not know of is not found; a stranger is asked to sign
 * in first, whether or not there is such a group.
 */
export const loadGroup: (slug: string) => Promise<Group> = cache(async (slug) => {
  const viewer = await pageViewer();
  try {
    return await getGroup(viewer, slug);
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'not_found') throw error;
    if (viewer.id === null) await requireViewer(`/groups/${slug}`);
    notFound();
  }
});

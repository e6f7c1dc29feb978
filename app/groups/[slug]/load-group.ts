import { notFound } from 'next/navigation';
import { cache } from 'react';
import { type Group, getGroup } from '@/lib/group';
import { pageViewer } from '@/lib/identity/page-viewer';
import { AppError } from '@/lib/kernel/errors';

/** The group of this page, asked for once. What the viewer may not know of is the page for what is not there. */
export const loadGroup: (slug: string) => Promise<Group> = cache(async (slug) => {
  try {
    return await getGroup(await pageViewer(), slug);
  } catch (error) {
    if (error instanceof AppError && error.code === 'not_found') notFound();
    throw error;
  }
});

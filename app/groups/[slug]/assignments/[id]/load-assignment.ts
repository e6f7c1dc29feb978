import { notFound } from 'next/navigation';
import { getAssignment } from '@/lib/assignment';
import type { Assignment } from '@/lib/assignment/schema';
import type { Viewer } from '@/lib/identity/schema';
import { nullIfNotFound } from '@/lib/kernel/errors';

/** The assignment of this page, with the viewer's own dates; else the page that says that nothing is there. */
export async function loadAssignment(viewer: Viewer, slug: string, id: string): Promise<Assignment> {
  const assignment = await nullIfNotFound(getAssignment(viewer, slug, id));
  if (!assignment) notFound();
  return assignment;
}

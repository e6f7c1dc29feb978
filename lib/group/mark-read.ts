import type { Viewer } from '@/lib/identity/schema';
import { markRead } from '@/lib/unread';
import type { Read } from '@/lib/unread/schema';
import { resolveMembership } from './resolve-membership';

/** Marks annotations of a group as read. Throws not_found where the viewer may not know of it, and as `markRead`. */
export async function markGroupRead(viewer: Viewer, slug: string, read: Read): Promise<void> {
  const { groupId } = await resolveMembership(viewer, slug);
  await markRead(viewer, groupId, read);
}

import { listListable } from '@/lib/edition';
import { listReadingList } from '@/lib/group';
import type { Viewer } from '@/lib/identity/schema';

/** The texts that an assignment of a group can be on: those of its reading list that are published. */
export async function loadAssignable(
  viewer: Viewer,
  slug: string,
): Promise<{ slug: string; title: string }[]> {
  const [list, editions] = await Promise.all([listReadingList(viewer, slug), listListable(viewer)]);
  const listed = new Set(list.map(({ edition }) => edition));
  return editions.filter((edition) => edition.isPublished && listed.has(edition.slug));
}

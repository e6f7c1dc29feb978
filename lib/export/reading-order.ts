import { getEdition } from '@/lib/edition';
import type { Edition } from '@/lib/edition/schema';
import type { Viewer } from '@/lib/identity/schema';
import { nullIfNotFound } from '@/lib/kernel/errors';
import type { Chapter } from './render-context';
import type { IndexEntry } from './snapshot';

/**
 * The annotations in reading order: by section in the order of the edition, then by passage, each thread with its
 * replies below their parents. Annotations on a whole section come first, those on page images alone after them;
 * orphaned ones come last, and so do replies whose thread is not among `entries`. `order` has the entries of all chapters, one after the other.
 */
export async function readingOrder(
  viewer: Viewer,
  entries: IndexEntry[],
): Promise<{ chapters: Chapter[]; order: IndexEntry[] }> {
  const editions = await editionsOf(viewer, entries);
  const ids = new Set(entries.map(({ id }) => id));
  const replies = new Map<string, IndexEntry[]>();
  const chapters = new Map<string, Chapter & { roots: IndexEntry[]; position: number }>();
  for (const entry of entries) {
    const { parentId, edition, section } = entry;
    if (parentId !== null && ids.has(parentId)) {
      const siblings = replies.get(parentId);
      if (siblings) siblings.push(entry);
      else replies.set(parentId, [entry]);
      continue;
    }
    const key = `${edition}/${section}`;
    const { position, title } = rankOf(editions.get(edition), section);
    const chapter = chapters.get(key) ?? { edition, section, title, threads: [], roots: [], position };
    chapters.set(key, chapter);
    chapter.roots.push(entry);
  }
  const inOrder = (a: IndexEntry, b: IndexEntry) => compare(placeOf(a), placeOf(b)) || compare(a.id, b.id);
  const rank = ({ position }: { position: number }) => (position < 0 ? Number.POSITIVE_INFINITY : position);
  const sorted = [...chapters.values()].sort(
    (a, b) => compare(a.edition, b.edition) || compare(rank(a), rank(b)) || compare(a.section, b.section),
  );
  const order: IndexEntry[] = [];
  const read = sorted.map(({ edition, section, title, roots }) => {
    const threads = roots.sort(inOrder).map((root) => {
      const { parentId, passages, regions } = root;
      const depths = flattenThread(root, replies, order);
      return { isReply: parentId !== null, passages, hasRegions: regions.length > 0, depths };
    });
    return { edition, section, title, threads };
  });
  return { chapters: read, order };
}

/**
 * Where a thread comes in its section: at the code point where its passage begins, or before (-2: on the whole section,
 * -1: on page images) or after all passages. The formats print the threads in these groups, and take the rows in turn.
 */
function placeOf({ parentId, passages: [first], regions }: IndexEntry): number {
  if (parentId !== null) return Number.POSITIVE_INFINITY;
  if (!first) return regions.length > 0 ? -1 : -2;
  return first.start ?? Number.POSITIVE_INFINITY;
}

/** Where a section or a note comes in its edition: a note after its home section, of which it is a fraction; -1: unknown. */
function rankOf(edition: Edition | undefined, id: string): { position: number; title: string | null } {
  const indexOf = (section: string) => edition?.sections.findIndex((known) => known.id === section) ?? -1;
  const position = indexOf(id);
  if (position >= 0) return { position, title: edition?.sections[position]?.title ?? null };
  const note = edition?.notes.findIndex((known) => known.id === id) ?? -1;
  const found = edition?.notes[note];
  if (!edition || !found) return { position: -1, title: null };
  return {
    position: indexOf(found.home) + (note + 1) / (edition.notes.length + 1),
    title: `Note ${found.label}`,
  };
}

/** The editions that `entries` are on, by slug, without those that do not exist any more. */
async function editionsOf(viewer: Viewer, entries: IndexEntry[]): Promise<Map<string, Edition>> {
  const found = new Map<string, Edition>();
  for (const slug of [...new Set(entries.map(({ edition }) => edition))].sort()) {
    const edition = await nullIfNotFound(getEdition(viewer, slug));
    if (edition) found.set(slug, edition);
  }
  return found;
}

/** Appends a thread to `order`, depth first; gives the depth of each of its annotations. */
function flattenThread(
  root: IndexEntry,
  replies: ReadonlyMap<string, IndexEntry[]>,
  order: IndexEntry[],
): number[] {
  const depths: number[] = [];
  const open = [{ entry: root, depth: 0 }];
  for (let next = open.pop(); next; next = open.pop()) {
    const { entry, depth } = next;
    order.push(entry);
    depths.push(depth);
    for (const reply of (replies.get(entry.id) ?? []).toReversed())
      open.push({ entry: reply, depth: depth + 1 });
  }
  return depths;
}

function compare<T extends string | number>(a: T, b: T): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

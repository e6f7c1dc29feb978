import { getEdition } from '@/lib/edition';
import type { Edition } from '@/lib/edition/schema';
import { nullIfNotFound } from '@/lib/kernel/errors';
import type { Chapter } from './render-context';
import type { IndexEntry } from './snapshot';

/**
 * The notes as one reads them: by section in the order of the edition, by passage, each thread with its replies
 * under what they answer. Notes on a whole section come first; last comes what
 * stands nowhere any more, and a reply whose thread is not among them. `order` has the notes of all chapters, one
 * after the other.
 */
export async function readingOrder(
  entries: IndexEntry[],
): Promise<{ chapters: Chapter[]; order: IndexEntry[] }> {
  const editions = await editionsOf(entries);
  const here = new Set(entries.map(({ id }) => id));
  const answers = new Map<string, IndexEntry[]>();
  const chapters = new Map<string, Chapter & { roots: IndexEntry[]; position: number }>();
  for (const entry of entries) {
    const { parentId, edition, section } = entry;
    if (parentId !== null && here.has(parentId)) {
      const siblings = answers.get(parentId);
      if (siblings) siblings.push(entry);
      else answers.set(parentId, [entry]);
      continue;
    }
    const key = `${edition}/${section}`;
    const sections = editions.get(edition)?.sections ?? [];
    const position = sections.findIndex(({ id }) => id === section);
    const title = sections[position]?.title ?? null;
    const chapter = chapters.get(key) ?? { edition, section, title, threads: [], roots: [], position };
    chapters.set(key, chapter);
    chapter.roots.push(entry);
  }
  const place = ({ parentId, passages: [first] }: IndexEntry) =>
    parentId !== null || first?.start === null ? Number.POSITIVE_INFINITY : (first?.start ?? -1);
  const inOrder = (a: IndexEntry, b: IndexEntry) => compare(place(a), place(b)) || compare(a.id, b.id);
  const rank = ({ position }: { position: number }) => (position < 0 ? Number.POSITIVE_INFINITY : position);
  const sorted = [...chapters.values()].sort(
    (a, b) => compare(a.edition, b.edition) || compare(rank(a), rank(b)) || compare(a.section, b.section),
  );
  const order: IndexEntry[] = [];
  const read = sorted.map(({ edition, section, title, roots }) => {
    const threads = roots.sort(inOrder).map((root) => {
      const { parentId, passages, regions } = root;
      const depths = readThread(root, answers, order);
      return { isAnswer: parentId !== null, passages, isOnImage: regions.length > 0, depths };
    });
    return { edition, section, title, threads };
  });
  return { chapters: read, order };
}

/** The editions that `entries` are on, by slug; without one that is gone. */
async function editionsOf(entries: IndexEntry[]): Promise<Map<string, Edition>> {
  const found = new Map<string, Edition>();
  for (const slug of [...new Set(entries.map(({ edition }) => edition))].sort()) {
    const edition = await nullIfNotFound(getEdition(slug));
    if (edition) found.set(slug, edition);
  }
  return found;
}

/** Puts the notes of a thread into `order`; gives how deep each answers. */
function readThread(
  root: IndexEntry,
  answers: ReadonlyMap<string, IndexEntry[]>,
  order: IndexEntry[],
): number[] {
  const depths: number[] = [];
  const open = [{ entry: root, depth: 0 }];
  for (let turn = open.pop(); turn; turn = open.pop()) {
    const { entry, depth } = turn;
    order.push(entry);
    depths.push(depth);
    for (const answer of (answers.get(entry.id) ?? []).toReversed())
      open.push({ entry: answer, depth: depth + 1 });
  }
  return depths;
}

function compare<T extends string | number>(a: T, b: T): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

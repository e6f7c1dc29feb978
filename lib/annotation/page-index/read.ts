import { resolveMembership } from '@/lib/group';
import type { Viewer } from '@/lib/identity/schema';
import { fingerprint } from '@/lib/kernel/code-points';
import { expandPage } from '../expand-page';
import { listAnnotations } from '../read';
import type { Kind } from '../schema';
import type { PageIndex, PageIndexQuery } from './schema';
import * as store from './store';

/** Annotations in one index. A browser lays out that many without blocking the page. */
export const MOST = 5_000;

/** Threads whose texts are included, more than there is room for beside a view; and annotations in them, at most. */
const NEAREST = 24;
const LONGEST = 500;

/**
 * The annotations that `viewer` may see on sections of an edition, by columns: offsets and properties of all, texts only
 * of those nearest to the view. Throws not_found where the viewer may not know of the group.
 */
export async function getPageIndex(
  viewer: Viewer,
  groupSlug: string,
  pageQuery: PageIndexQuery,
): Promise<PageIndex> {
  const { groupId } = await resolveMembership(viewer, groupSlug);
  const rows = await store.selectPageIndex(viewer, groupId, await expandPage(viewer, pageQuery), MOST);
  const index = buildPageIndex(rows);
  const thread = pageQuery.near === undefined ? '' : nearestRoots(rows, pageQuery.near).join();
  if (thread !== '') {
    const { items, next } = await listAnnotations(viewer, groupSlug, { thread }, { limit: LONGEST });
    if (next === null) index.texts = items;
  }
  if (index.ids.length === MOST) index.next = index.ids.at(-1) ?? null;
  return index;
}

/** Turns rows into columns. Rows of one annotation follow each other, and have its properties each. */
function buildPageIndex(rows: store.PageIndexRow[]): PageIndex {
  const { ids, passages, ...index }: PageIndex = {
    ids: [],
    roots: [],
    versions: [],
    revisions: [],
    mine: [],
    gone: [],
    resolved: [],
    pinned: [],
    endorsed: [],
    created: [],
    kinds: { names: [], of: [] },
    authors: { people: [], of: [] },
    sections: [],
    tags: [],
    tagged: { notes: [], tags: [] },
    texts: [],
    next: null,
    passages: { notes: [], sections: [], starts: [], ends: [], revisions: [], words: [], fuzzy: [] },
    images: { notes: [], canvases: [] },
  };
  const sections = new Map<string, number>();
  const kinds = new Map<Kind, number>();
  const authors = new Map<string, number>();
  const tags = new Map<string, number>();
  for (const row of rows) {
    if (row.id !== ids.at(-1)) {
      const position = ids.push(row.id) - 1;
      index.roots.push(row.reply ?? '');
      index.versions.push(row.version);
      index.revisions.push((row.reply === null && row.revision) || 0);
      if (row.mine) index.mine.push(position);
      if (row.gone) index.gone.push(position);
      if (row.resolved) index.resolved.push(position);
      if (row.pinned) index.pinned.push(position);
      if (row.endorsed) index.endorsed.push(position);
      index.created.push(row.created);
      index.kinds.of.push(positionIn(kinds, row.kind));
      index.authors.of.push(positionIn(authors, row.authorId));
      if (authors.size > index.authors.people.length)
        index.authors.people.push({ id: row.authorId, name: row.authorName });
      if (row.canvas !== null) {
        index.images.notes.push(position);
        index.images.canvases.push(row.canvas);
      }
      for (const tag of row.tags) {
        index.tagged.notes.push(position);
        index.tagged.tags.push(positionIn(tags, tag));
      }
    }
    const { section, start, end, exact, anchorRevision } = row;
    if (section === null) continue;
    const position = ids.length - 1;
    // A page of an older revision passes over annotations whose offsets count in a newer text.
    index.revisions[position] = Math.max(index.revisions[position] ?? 0, anchorRevision ?? 0);
    if (row.fuzzy) passages.fuzzy.push(passages.notes.length);
    passages.notes.push(position);
    passages.sections.push(positionIn(sections, section));
    passages.starts.push(start);
    passages.ends.push(end);
    passages.revisions.push(anchorRevision ?? 0);
    passages.words.push(fingerprint(exact ?? ''));
  }
  index.kinds.names = [...kinds.keys()];
  return { ids, ...index, sections: [...sections.keys()], passages, tags: [...tags.keys()] };
}

/** The position of a value among those that occur; a new one gets the next. */
function positionIn<T>(known: Map<T, number>, value: T): number {
  const position = known.get(value) ?? known.size;
  known.set(value, position);
  return position;
}

/** The ids of the roots whose passages begin nearest to `near`, which is `section:offset`. */
function nearestRoots(rows: readonly store.PageIndexRow[], near: string): string[] {
  const colon = near.lastIndexOf(':');
  const [section, offset] = [near.slice(0, colon), Number(near.slice(colon + 1))];
  const candidates = rows.flatMap((row) =>
    row.section === section && row.start !== null
      ? [{ id: row.id, distance: Math.abs(row.start - offset) }]
      : [],
  );
  candidates.sort((a, b) => a.distance - b.distance);
  return [...new Set(candidates.map(({ id }) => id))].slice(0, NEAREST);
}

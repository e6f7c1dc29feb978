import { resolveMembership } from '@/lib/group';
import type { Viewer } from '@/lib/identity/schema';
import { fingerprint } from '@/lib/kernel/code-points';
import { listAnnotations } from '../read';
import type { PageIndex, PageIndexQuery } from './schema';
import * as store from './store';

/** Annotations in one outline: so many are placed in one stroke without holding up whoever reads. */
const MOST = 5_000;

/** Threads whose texts come along: more than cards have room beside a view. They come whole, or not at all. */
const NEAREST = 24;
const LONGEST = 500;

/**
 * Where the annotations that `viewer` may see stand on sections of an edition, and what they are, without their
 * words but for those near the view. `next` is the cursor of the following ones, or null. Throws not_found where there is no such group for them.
 */
export async function getPageIndex(
  viewer: Viewer,
  groupSlug: string,
  asked: PageIndexQuery,
): Promise<PageIndex> {
  const { groupId } = await resolveMembership(viewer, groupSlug);
  const rows = await store.selectPageIndex(viewer, groupId, asked, MOST);
  const outline = buildPageIndex(rows);
  const thread = asked.near === undefined ? '' : nearestRoots(rows, asked.near).join();
  if (thread !== '') {
    const { items, next } = await listAnnotations(viewer, groupSlug, { thread }, { limit: LONGEST });
    if (next === null) outline.texts = items;
  }
  if (outline.ids.length === MOST) outline.next = outline.ids.at(-1) ?? null;
  return outline;
}

function buildPageIndex(rows: store.PageIndexRow[]): PageIndex {
  const { ids, passages, ...outline }: PageIndex = {
    ...{ ids: [], roots: [], versions: [], revisions: [], mine: [], gone: [], questions: [], resolved: [] },
    ...{ pinned: [], sections: [], tags: [], texts: [], next: null },
    passages: { notes: [], sections: [], starts: [], ends: [], revisions: [], words: [], fuzzy: [] },
    images: { notes: [], canvases: [] },
  };
  const sections = new Map<string, number>();
  const tags = new Set<string>();
  for (const row of rows) {
    if (row.id !== ids.at(-1)) {
      const note = ids.push(row.id) - 1;
      outline.roots.push(row.reply ?? '');
      outline.versions.push(row.version);
      outline.revisions.push((row.reply === null && row.revision) || 0);
      if (row.mine) outline.mine.push(note);
      if (row.gone) outline.gone.push(note);
      if (row.question) outline.questions.push(note);
      if (row.resolved) outline.resolved.push(note);
      if (row.pinned) outline.pinned.push(note);
      if (row.canvas !== null) {
        outline.images.notes.push(note);
        outline.images.canvases.push(row.canvas);
      }
      for (const tag of row.tags) tags.add(tag);
    }
    const { section, start, end, exact, anchorRevision } = row;
    if (section === null) continue;
    const note = ids.length - 1;
    // Offsets of a newer text say nothing on an older page.
    outline.revisions[note] = Math.max(outline.revisions[note] ?? 0, anchorRevision ?? 0);
    if (!sections.has(section)) sections.set(section, sections.size);
    if (row.fuzzy) passages.fuzzy.push(passages.notes.length);
    passages.notes.push(note);
    passages.sections.push(sections.get(section) ?? 0);
    passages.starts.push(start);
    passages.ends.push(end);
    passages.revisions.push(anchorRevision ?? 0);
    passages.words.push(fingerprint(exact ?? ''));
  }
  return { ids, ...outline, sections: [...sections.keys()], passages, tags: [...tags] };
}

/** The roots whose passages begin nearest to `near`, a section and an offset. */
function nearestRoots(rows: readonly store.PageIndexRow[], near: string): string[] {
  const colon = near.lastIndexOf(':');
  const [section, at] = [near.slice(0, colon), Number(near.slice(colon + 1))];
  const here = rows.flatMap((row) =>
    row.section === section && row.start !== null ? [{ id: row.id, far: Math.abs(row.start - at) }] : [],
  );
  here.sort((a, b) => a.far - b.far);
  return [...new Set(here.map(({ id }) => id))].slice(0, NEAREST);
}

import { recordActivity } from '@/lib/activity';
import { transaction } from '@/lib/db';
import { listListable, selectCurrentSections } from '@/lib/edition';
import { requireModerateScope, type Viewer } from '@/lib/identity';
import { type FieldError, invalidFields } from '@/lib/kernel/errors';
import { canInGroup } from '@/lib/policy';
import { forbiddenByRole, lockGroupOf } from '../group-lock';
import { resolveMembership } from '../resolve-membership';
import { type ReadingList, readingListSchema } from '../schema';
import * as store from './store';

/** The editions that a group reads, in its order, of those that the viewer may read. Throws `not_found`. */
export async function listReadingList(viewer: Viewer, slug: string): Promise<store.ListedEdition[]> {
  const { groupId } = await resolveMembership(viewer, slug);
  return store.selectListedEditions(viewer, [groupId]);
}

/** Sections that are named of an edition on a group's page, at most. */
const MOST_NAMED = 40;

/** An edition on a list with the sections to read in it: those marked out, else the first of all. */
export type ListedContents = store.ListedEdition & { contents: { id: string; title: string }[] };

/** The editions that a group reads, with their sections. Throws `not_found`. */
export async function listReadingContents(viewer: Viewer, slug: string): Promise<ListedContents[]> {
  const { groupId } = await resolveMembership(viewer, slug);
  const [editions, sections] = await Promise.all([
    store.selectListedEditions(viewer, [groupId]),
    store.selectListedSections(viewer, groupId, MOST_NAMED),
  ]);
  return editions.map((listed) => ({
    ...listed,
    contents: sections
      .filter(({ edition }) => edition === listed.edition)
      .map(({ id, title }) => ({ id, title })),
  }));
}

/** The same in the form in which it is set. Throws `not_found`. */
export async function getReadingList(viewer: Viewer, slug: string): Promise<ReadingList> {
  return (await listReadingList(viewer, slug)).map(({ edition, sections }) =>
    sections.length > 0 ? { edition, sections } : { edition },
  );
}

/**
 * Sets the editions that a group reads, and their order. What is on the list and not there for this viewer stays, after
 * the others. Throws `not_found`, `forbidden`, `invalid` with the pointer of an edition or section that is not there.
 */
export async function setReadingList(viewer: Viewer, slug: string, input: ReadingList): Promise<ReadingList> {
  const { id: actorId } = requireModerateScope(viewer);
  const list = readingListSchema.parse(input);
  const { member, role: own } = await resolveMembership(viewer, slug);
  if (!member || !canInGroup(own, 'settings')) throw forbiddenByRole();
  await requireListable(viewer, list);
  await transaction(async (tx) => {
    const { id: groupId, role } = await lockGroupOf(tx, slug, viewer);
    if (!canInGroup(role, 'settings')) throw forbiddenByRole();
    const shown = new Set(
      (await store.selectListedEditions(viewer, [groupId], tx)).map(({ edition }) => edition),
    );
    const named = new Set(list.map(({ edition }) => edition));
    const hidden = (await store.selectItems(tx, groupId)).filter(
      ({ edition }) => !shown.has(edition) && !named.has(edition),
    );
    await store.replaceItems(tx, groupId, [...list, ...hidden]);
    await recordActivity(tx, { groupId, kind: 'group.updated', actorId });
  });
  return getReadingList(viewer, slug);
}

/** Throws `invalid` where an edition is named twice or not there for the viewer, or a section is not in its text. */
async function requireListable(viewer: Viewer, list: ReadingList): Promise<void> {
  const slugs = [...new Set(list.map(({ edition }) => edition))];
  const marked = [...new Set(list.flatMap(({ sections = [] }) => sections))];
  const known = new Set((await listListable(viewer, slugs)).map(({ slug }) => slug));
  const sections = marked.length > 0 ? await selectCurrentSections([...known], marked) : new Set();
  const errors: FieldError[] = list.flatMap(({ edition, sections: wanted = [] }, i) => {
    if (!known.has(edition)) return { pointer: `/${i}/edition`, detail: 'There is no such edition.' };
    if (list.findIndex((item) => item.edition === edition) < i)
      return { pointer: `/${i}/edition`, detail: 'This edition is on the list already.' };
    return wanted.flatMap((section, j) =>
      sections.has(`${edition}/${section}`)
        ? []
        : { pointer: `/${i}/sections/${j}`, detail: 'There is no such section in this edition.' },
    );
  });
  if (errors.length > 0) throw invalidFields(errors);
}

import { describePassage, findQuote, type Passage } from '@/lib/anchoring';
import { type Prisma, transaction } from '@/lib/db';
import { getSection } from '@/lib/edition';
import { record } from '@/lib/events';
import { standing } from '@/lib/group';
import { requireWriter } from '@/lib/identity';
import type { Viewer } from '@/lib/identity/schema';
import { AppError, invalidField, notFound } from '@/lib/kernel/errors';
import { isId, newId } from '@/lib/kernel/ids';
import { codePointLength, sliceCodePoints } from '@/lib/kernel/text';
import { type Ability, can, isStaff, mayWrite } from '@/lib/policy';
import { renderMarkdown } from './markdown';
import { factsOf, present } from './present';
import type { Annotation, Change, Filter, NewGloss, Page, Version } from './schema';
import * as store from './store';

export { renderMarkdown } from './markdown';
export { iriOf } from './present';
export { reanchorSection } from './reanchor';
export type { Row } from './store';

/**
 * Writes a gloss on a passage, or on the whole section where the input names none.
 * Throws not_found (group, edition or section), forbidden (a reader), invalid (a passage that is not there).
 */
export async function createGloss(viewer: Viewer, groupSlug: string, input: NewGloss): Promise<Annotation> {
  const { groupId, role } = await standing(viewer, groupSlug);
  const { id: authorId } = requireWriter(viewer);
  if (!mayWrite(role)) throw new AppError('forbidden', 'Readers of this group may not write in it.');
  const section = await getSection(input.edition, input.section).catch((error) => {
    if (error instanceof AppError && error.code === 'not_found') {
      throw invalidField('section', 'There is no such section in this edition.');
    }
    throw error;
  });
  const passage = passageOf(section.text, input);
  const premoderated = await assignmentOf(groupId, input);
  const id = newId();
  await transaction(async (tx) => {
    await store.insertAnnotation(tx, {
      ...{ groupId, id, rootId: id, authorId },
      ...{ edition: input.edition, section: input.section, assignmentId: input.assignment ?? null },
      ...{ kind: input.kind, body: input.body, tags: input.tags, visibility: input.visibility },
      state: premoderated && !isStaff(role) && input.visibility !== 'private' ? 'pending' : 'published',
      ...{ revision: section.revision, anchorRevision: section.revision, ...passage },
      anchor: passage ? 'exact' : null,
    });
    await record(tx, { groupId, kind: 'annotation.created', annotationId: id, actorId: authorId });
  });
  return getAnnotation(viewer, id);
}

/** One annotation. Throws not_found where there is none that `viewer` may see. */
export async function getAnnotation(viewer: Viewer, id: string): Promise<Annotation> {
  return present(viewer, await getRow(viewer, id));
}

/** One annotation as a row, for the rooms that make something else of it. Throws not_found. */
export async function getRow(viewer: Viewer, id: string): Promise<store.Row> {
  if (!isId(id)) throw notFound();
  const [row] = await store.selectReadable(viewer, { id }, {}, { limit: 1 });
  if (!row) throw notFound();
  return row;
}

/**
 * Annotations of a group in order of creation. `next` is the cursor of the following page, or null.
 * `only` narrows the list by a condition of another room on the alias `a`.
 */
export async function listAnnotations(
  viewer: Viewer,
  groupSlug: string,
  filter: Filter,
  page: Page,
  only?: Prisma.Sql,
): Promise<{ items: Annotation[]; next: string | null }> {
  const { items, next } = await listRows(viewer, groupSlug, filter, page, only);
  return { items: items.map((row) => present(viewer, row)), next };
}

/** The newest annotations of a group, newest first; without tombstones. */
export async function recentAnnotations(
  viewer: Viewer,
  groupSlug: string,
  limit: number,
): Promise<Annotation[]> {
  const { groupId } = await standing(viewer, groupSlug);
  const only = store.contained(viewer);
  const rows = await store.selectReadable(viewer, { groupId }, {}, { limit, only, newestFirst: true });
  return rows.map((row) => present(viewer, row));
}

/** As `listAnnotations`, in rows. */
export async function listRows(
  viewer: Viewer,
  groupSlug: string,
  filter: Filter,
  { limit, cursor }: Page,
  only?: Prisma.Sql,
): Promise<{ items: store.Row[]; next: string | null }> {
  const { groupId } = await standing(viewer, groupSlug);
  const rows = await store.selectReadable(viewer, { groupId }, filter, { limit: limit + 1, cursor, only });
  const items = rows.slice(0, limit);
  return { items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
}

/** How many annotations a list has, and when the newest of them changed. */
export async function countAnnotations(viewer: Viewer, groupSlug: string, filter: Filter) {
  const { groupId } = await standing(viewer, groupSlug);
  return store.countReadable(viewer, { groupId }, filter);
}

/**
 * What a W3C container holds for `viewer`, in order of creation: `limit` rows from `offset`, with the total and
 * the time of the newest change. `groupSlug` null: of all groups that the viewer may read.
 */
export async function listContained(
  viewer: Viewer,
  groupSlug: string | null,
  { offset, limit }: { offset: number; limit: number },
): Promise<{ items: store.Row[]; total: number; modified: Date | null }> {
  const place = groupSlug === null ? {} : { groupId: (await standing(viewer, groupSlug)).groupId };
  const only = store.contained(viewer);
  const [items, { total, modified }] = await Promise.all([
    limit > 0 ? store.selectReadable(viewer, place, {}, { limit, offset, only }) : [],
    store.countReadable(viewer, place, {}, only),
  ]);
  return { items, total, modified };
}

/**
 * Changes an annotation by its author; what it said before is kept. `version` is the one that the change was
 * made on. Throws not_found, forbidden, locked, stale, conflict (narrowed after others answered).
 */
export async function changeAnnotation(
  viewer: Viewer,
  id: string,
  change: Change,
  version: number | 'any',
): Promise<Annotation> {
  const how = { ability: 'edit', kind: 'annotation.changed', version } as const;
  await alter(viewer, id, how, async (tx, row) => {
    if (change.visibility && change.visibility !== row.visibility && row.parentId === null) {
      const narrower = isNarrower(change.visibility, row.visibility);
      if (narrower && (await store.hasOtherVoices(tx, row))) {
        throw new AppError('conflict', 'Others have answered: this can no longer be shown to fewer people.');
      }
    }
    await store.keepVersion(tx, row);
    const { body = row.body, kind = row.kind, tags = row.tags, visibility = row.visibility } = change;
    return { body, kind, tags, visibility };
  });
  return getAnnotation(viewer, id);
}

/** Deletes an annotation by its author: a tombstone stays in its thread. Throws as `changeAnnotation`. */
export async function deleteAnnotation(
  viewer: Viewer,
  id: string,
  version: number | 'any',
): Promise<Annotation> {
  const how = { ability: 'delete', kind: 'annotation.deleted', version } as const;
  await alter(viewer, id, how, async (_, row) => ({ state: 'deleted', deletedFrom: row.state }));
  return getAnnotation(viewer, id);
}

/** What an annotation said in each of its versions, oldest first; the last is the present one. */
export async function historyOf(viewer: Viewer, id: string): Promise<Version[]> {
  const row = await getRow(viewer, id);
  const role = factsOf(viewer, row).role;
  const shown = row.state === 'published' || row.authorId === viewer.id || isStaff(role);
  if (!shown) return [];
  // What was written while it was more private than now stays with its author.
  const before = (await store.selectVersions(row.groupId, row.id)).filter(
    (version) => row.authorId === viewer.id || !isNarrower(version.visibility, row.visibility),
  );
  return [
    ...before.map((old) => ({ ...old, written: old.writtenAt })),
    { ...row, written: row.modifiedAt },
  ].map(({ version, kind, body, tags, visibility, written }) => ({
    ...{ version, kind, body, html: renderMarkdown(body), tags, visibility },
    written: written.toISOString(),
  }));
}

type Tx = Parameters<Parameters<typeof transaction>[0]>[0];
type Fields = Parameters<typeof store.updateAnnotation>[2];

/** What a change asks of policy, what it is called in the events, and the version that it was made on. */
export type Alteration = {
  ability: Ability;
  kind: `annotation.${string}`;
  version: number | 'any';
  /** How a stale version is refused: `stale` where it came as If-Match, `conflict` where it came in the body. */
  refusal?: 'stale' | 'conflict';
};

/**
 * The one way in which an annotation changes: locks it, asks policy, checks the version, writes the fields that
 * `work` returns, and records the event, in one transaction. Returns the row as it was before.
 * Throws not_found, unauthenticated, forbidden, locked, and stale or conflict.
 */
export async function alter(
  viewer: Viewer,
  id: string,
  { ability, kind, version, refusal = 'stale' }: Alteration,
  work: (tx: Tx, row: store.Row) => Promise<Fields>,
): Promise<store.Row> {
  return transaction(async (tx) => {
    const { row, actorId } = await lockForAction(tx, viewer, id);
    // A stale reader is told so first: what may be done depends on the state that they have not seen yet.
    if (version !== 'any' && version !== row.version) {
      throw new AppError(
        refusal,
        'This was changed since you read it. Read it again, then repeat your change.',
      );
    }
    permit(viewer, row, ability);
    await store.updateAnnotation(tx, row, await work(tx, row));
    await record(tx, { groupId: row.groupId, kind, annotationId: id, actorId });
    return row;
  });
}

/** A readable annotation, locked for the transaction, with who acts and what policy needs to know. */
export async function lockForAction(tx: Tx, viewer: Viewer, id: string) {
  const row = isId(id) ? await store.lockReadable(tx, viewer, id) : null;
  if (!row) throw notFound();
  return { row, actorId: requireWriter(viewer).id, facts: factsOf(viewer, row) };
}

/** Writes a reply under `parent`: what lib/thread is made of. Returns its id. */
export async function insertReply(
  viewer: Viewer,
  parentId: string,
  input: { body: string; tags: string[]; visibility: Annotation['visibility'] },
): Promise<string> {
  const id = newId();
  await transaction(async (tx) => {
    const { row: parent, actorId: authorId } = await lockForAction(tx, viewer, parentId);
    permit(viewer, parent, 'reply');
    const { groupId, rootId, edition, section, assignmentId } = parent;
    const premoderated = assignmentId
      ? (await store.findAssignment(groupId, assignmentId))?.premoderated
      : false;
    const byStaff = isStaff(factsOf(viewer, parent).role);
    await store.insertAnnotation(tx, {
      ...{ groupId, id, rootId, parentId, authorId, edition, section, assignmentId, ...input },
      state: premoderated && !byStaff && input.visibility !== 'private' ? 'pending' : 'published',
    });
    await record(tx, { groupId, kind: 'annotation.created', annotationId: id, actorId: authorId });
  });
  return id;
}

function permit(viewer: Viewer, row: store.Row, ability: Ability): void {
  const facts = factsOf(viewer, row);
  if (can(ability, facts)) return;
  if (facts.locked && can(ability, { ...facts, locked: false })) {
    throw new AppError('locked', 'This thread is locked: nobody but staff can write in it.');
  }
  throw new AppError('forbidden', 'You may not do this here.');
}

function isNarrower(one: Annotation['visibility'], other: Annotation['visibility']): boolean {
  const order = ['private', 'staff', 'group'];
  return order.indexOf(one) < order.indexOf(other);
}

/** The passage that the input means, verified against the text. Null for a note on the whole section. */
function passageOf(text: string, { start, end, quote }: NewGloss): Passage | null {
  if (start !== undefined && end !== undefined) {
    if (end > codePointLength(text)) {
      throw invalidField('end', 'The section has {length} characters; the passage ends after that.', {
        length: codePointLength(text),
      });
    }
    if (!quote || sliceCodePoints(text, start, end) === quote.exact) return describePassage(text, start, end);
  }
  if (!quote) return null;
  const found = findQuote(text, { ...quote, ...(start !== undefined && { start }) });
  if (found.state === 'exact') return describePassage(text, found.start, found.end);
  throw invalidField(
    'quote',
    found.why === 'absent'
      ? 'These words do not stand in the section.'
      : 'These words stand in more than one place: send more of the text around them as prefix and suffix.',
  );
}

/** Checks that an assignment takes this gloss; returns whether it is moderated before it is shown. */
async function assignmentOf(groupId: string, input: NewGloss): Promise<boolean> {
  if (!input.assignment) return false;
  const assignment = await store.findAssignment(groupId, input.assignment);
  if (!assignment) throw invalidField('assignment', 'There is no such assignment in this group.');
  if (assignment.edition !== input.edition || !assignment.sections.includes(input.section)) {
    throw invalidField('assignment', 'This section is not part of the assignment.');
  }
  if (assignment.closed) throw new AppError('locked', 'This assignment is closed.');
  return assignment.premoderated;
}

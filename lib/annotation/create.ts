import { describePassage, findQuote, type Passage, resolveSelectors } from '@/lib/anchoring';
import { transaction } from '@/lib/db';
import { getSection, holdRevision, type Section } from '@/lib/edition';
import { record } from '@/lib/events';
import { standing } from '@/lib/group';
import { requireWriter } from '@/lib/identity';
import type { Viewer } from '@/lib/identity/schema';
import { AppError, invalidField } from '@/lib/kernel/errors';
import { newId } from '@/lib/kernel/ids';
import { codePointLength, sliceCodePoints } from '@/lib/kernel/text';
import { isStaff, mayWrite, type Role } from '@/lib/policy';
import { lockForAction, permit } from './change';
import { getAnnotation } from './read';
import type { Annotation, Foreign, NewGloss, NewReply, State } from './schema';
import * as store from './store';

/**
 * Writes a gloss on a passage, or on the whole section where the input names none. `foreign` is for a Web Annotation
 * from elsewhere: its selectors in place of a passage, and what they do not lead to is kept as orphaned instead of
 * being refused. Throws not_found (group), forbidden (a reader), invalid (an edition, section or passage that is not
 * there).
 */
export async function createGloss(
  viewer: Viewer,
  groupSlug: string,
  input: NewGloss,
  foreign?: Foreign,
): Promise<Annotation> {
  const { groupId, role } = await standing(viewer, groupSlug);
  const { id: authorId } = requireWriter(viewer);
  if (!mayWrite(role)) throw new AppError('forbidden', 'Readers of this group may not write in it.');
  const premoderated = await assignmentOf(groupId, input);
  const id = newId();
  let stored = false;
  // A revision that is published in between is met by finding the passage again in its text.
  while (!stored) {
    const section = await sectionOf(input);
    const place = foreign ? foreignPlace(section, foreign) : ownPlace(section.text, input);
    stored = await transaction(async (tx) => {
      if ((await holdRevision(tx, input.edition)) !== section.revision) return false;
      await store.insertAnnotation(tx, {
        ...{ groupId, id, rootId: id, authorId },
        ...{ edition: input.edition, section: input.section, assignmentId: input.assignment ?? null },
        ...{ kind: input.kind, body: input.body, tags: input.tags, visibility: input.visibility },
        state: firstState(premoderated, role, input),
        ...{ revision: section.revision, anchorRevision: section.revision, ...place },
      });
      await record(tx, { groupId, kind: 'annotation.created', annotationId: id, actorId: authorId });
      return true;
    });
  }
  return getAnnotation(viewer, id);
}

/** Writes a reply under `parent`: what lib/thread is made of. Returns its id. */
export async function insertReply(viewer: Viewer, parentId: string, input: NewReply): Promise<string> {
  const id = newId();
  await transaction(async (tx) => {
    const { row: parent, actorId: authorId, facts } = await lockForAction(tx, viewer, parentId);
    permit(viewer, parent, 'reply');
    const { groupId, rootId, edition, section, assignmentId } = parent;
    const assignment = assignmentId && (await store.findAssignment(groupId, assignmentId));
    await store.insertAnnotation(tx, {
      ...{ groupId, id, rootId, parentId, authorId, edition, section, assignmentId, ...input },
      state: firstState(assignment ? assignment.premoderated : false, facts.role, input),
    });
    await record(tx, { groupId, kind: 'annotation.created', annotationId: id, actorId: authorId });
  });
  return id;
}

/** What others may see is looked at first where the assignment says so; staff is trusted. */
function firstState(premoderated: boolean, role: Role | null, { visibility }: NewReply | NewGloss): State {
  return premoderated && !isStaff(role) && visibility !== 'private' ? 'pending' : 'published';
}

function sectionOf({ edition, section }: NewGloss): Promise<Section> {
  return getSection(edition, section).catch((error) => {
    if (error instanceof AppError && error.code === 'not_found') {
      throw invalidField('section', 'There is no such section in this edition.');
    }
    throw error;
  });
}

/** What a gloss stands on, as it is stored; nothing for a note on the whole section. */
type Standing = Partial<Passage & { writtenStart: number; writtenEnd: number; anchor: 'exact' }> | Lost;
type Lost = { exact: string | null; prefix: string | null; suffix: string | null; anchor: 'orphaned' };

function standOn(passage: Passage | null): Standing {
  if (!passage) return {};
  return { ...passage, writtenStart: passage.start, writtenEnd: passage.end, anchor: 'exact' };
}

function ownPlace(text: string, input: NewGloss): Standing {
  return standOn(passageOf(text, input));
}

/** Where the selectors of a Web Annotation lead; lost with its quote, if it has one, where they lead nowhere. */
function foreignPlace(section: Section, { selectors, quote }: Foreign): Standing {
  if (selectors.length === 0) return {};
  const found = resolveSelectors(section, selectors);
  if (!('orphaned' in found)) return standOn(describePassage(section.text, found.start, found.end));
  const { exact = null, prefix = null, suffix = null } = quote ?? {};
  return { exact, prefix, suffix, anchor: 'orphaned' };
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

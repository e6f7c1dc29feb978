import { getEdition } from '@/lib/edition';
import { getReadingList } from '@/lib/group';
import type { Viewer } from '@/lib/identity/schema';
import { AppError, invalidField, nullIfNotFound } from '@/lib/kernel/errors';
import { createGloss } from './create';
import { citationOf } from './present';
import { getAnnotationRow } from './read';
import type { Annotation, CopyInput } from './schema';

/**
 * Copies a gloss of the viewer's own into another of their groups, on the same passages, as a new gloss without its
 * answers and versions. Throws not_found, forbidden (another's, a reader), invalid on /group where the group does not
 * read its text, conflict where it cannot stand there: it was deleted, is no gloss on words, or has lost its words.
 */
export async function copyAnnotation(
  viewer: Viewer,
  id: string,
  { group, visibility }: CopyInput,
  attempt?: string,
): Promise<Annotation> {
  const row = await getAnnotationRow(viewer, id);
  if (row.authorId !== viewer.id) throw new AppError('forbidden', 'You may not do this here.');
  const isPlaced = row.passages.every(({ start, end }) => start !== null && end !== null);
  if (row.parentId !== null || row.state === 'deleted' || row.regions.length > 0 || !isPlaced)
    throw new AppError('conflict', 'Only a note on words that still stand in the text can be copied.');
  await requireReadThere(viewer, group, [row.edition, ...row.passages.map(({ edition }) => edition)]);
  const { edition, section, kind, body, tags, reading } = row;
  const passages = row.passages.map(({ edition, section, start, end }) => ({
    edition,
    section,
    start: start ?? 0,
    end: end ?? 0,
  }));
  const place = passages.length > 0 ? { passages } : { section };
  const fields = {
    kind,
    body,
    tags,
    reading,
    citation: citationOf(row),
    visibility: visibility ?? row.visibility,
  };
  return createGloss(viewer, group, { edition, ...place, ...fields }, attempt);
}

/** The others in the group could not see what stands on a text that it does not read. */
async function requireReadThere(viewer: Viewer, group: string, editions: string[]): Promise<void> {
  const listed = new Set((await getReadingList(viewer, group)).map(({ edition }) => edition));
  for (const edition of new Set(editions)) {
    if (listed.has(edition)) continue;
    const found = await nullIfNotFound(getEdition(viewer, edition));
    if (found?.access !== 'public')
      throw invalidField('group', 'This group does not read the text of the note.');
  }
}

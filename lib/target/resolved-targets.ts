import type { QuotedPassage } from '@/lib/anchoring';
import type { Canvas, Region } from '@/lib/canvas';
import type { Tx } from '@/lib/db';
import { currentSections, lockCurrentRevisions, type Section } from '@/lib/edition';
import type { Viewer } from '@/lib/identity/schema';
import { type AppError, type FieldError, invalidFields, nullIfNotFound } from '@/lib/kernel/errors';
import type { NewPassageRow, NewRegionRow, Targets } from './store';

/** Targets that were found in the current texts: the section that the gloss belongs to, and what it is on. */
export type ResolvedTargets = {
  edition: string;
  section: string;
  /** The current revision of `edition`. */
  revision: number;
  /**
   * By edition, the revision in whose text its passages were found: none but the current ones (`currentRevisions`) when
   * it is written.
   */
  foundIn: Map<string, number>;
} & Targets;

/**
 * Locks the revisions that targets were found in against a publication, until the transaction ends. False where one was
 * published since: then the targets have to be resolved again.
 */
export async function lockRevisions(
  tx: Tx,
  { foundIn, passages }: Pick<ResolvedTargets, 'foundIn' | 'passages'>,
): Promise<boolean> {
  const isOfOne = passages.every(({ edition, anchorRevision }) => foundIn.get(edition) === anchorRevision);
  return isOfOne && (await lockCurrentRevisions(tx, foundIn));
}

/** Finds the current text of a section; throws invalid at `pointer` where there is none for its viewer. */
export type TargetSections = (edition: string, section: string, pointer: string) => Promise<Section>;

/** The current texts of the editions that `viewer` may read, each of one revision however many are asked for. */
export function targetSections(viewer: Viewer): TargetSections {
  const find = currentSections(viewer);
  return async (edition, section, pointer) => {
    const found = await nullIfNotFound(find(edition, section));
    if (!found) throw invalidAt({ pointer, detail: 'There is no such section in this edition.' });
    return found;
  };
}

/** The key fields of a passage in the current text of a section. */
export function passageKey({ edition, id, revision }: Section) {
  return { edition, section: id, revision, anchorRevision: revision };
}

/** The row of a passage that stands in the current text of a section. */
export function exactPassage(section: Section, passage: QuotedPassage): NewPassageRow {
  const { start, end } = passage;
  return { ...passageKey(section), ...passage, writtenStart: start, writtenEnd: end, anchor: 'exact' };
}

/** The row of a region that was drawn on the present image of a canvas. */
export function exactRegion({ edition, id, label, image }: Canvas, region: Region): NewRegionRow {
  return { edition, canvas: id, label, imageId: image.id, ...region, anchor: 'exact' };
}

/** The refusal of one field or target. */
export function invalidAt(error: FieldError): AppError {
  return invalidFields([error]);
}

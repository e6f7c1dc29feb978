import { describePassage, findQuote, type QuotedPassage } from '@/lib/anchoring';
import {
  type Canvas,
  fullCanvasRegion,
  getCanvas,
  getCanvasByIdOrIri,
  type NewRegion,
  parseRegion,
} from '@/lib/canvas';
import type { Viewer } from '@/lib/identity/schema';
import { codePointLength, sliceCodePoints } from '@/lib/kernel/code-points';
import { AppError, nullIfNotFound } from '@/lib/kernel/errors';
import { createPacer } from '@/lib/kernel/pacer';
import {
  exactPassage,
  exactRegion,
  invalidAt,
  type ResolvedTargets,
  targetSections,
} from './resolved-targets';
import type { NewTargets } from './schema';
import type { NewPassageRow, NewRegionRow } from './store';

/**
 * The passages and the region that our own API asks for, verified against the current text and the canvas; none for a
 * gloss on a whole section. Throws invalid with the field, where a section, an offset, a quote or a region is not
 * there; conflict where the canvas has another image than the one that was drawn on.
 */
export async function resolveOwnTargets(viewer: Viewer, input: NewTargets): Promise<ResolvedTargets> {
  const edition = input.edition ?? input.passages?.[0]?.edition ?? '';
  const canvas = input.canvas === undefined ? null : await getTargetCanvas(viewer, edition, input);
  const isOnText = input.passages !== undefined || input.start !== undefined || input.quote !== undefined;
  const section = input.section ?? input.passages?.[0]?.section ?? canvas?.section ?? '';
  if (canvas && !isOnText && section !== canvas.section) {
    const detail = 'This page image belongs to another section: leave the section out.';
    throw invalidAt({ pointer: '/section', detail });
  }
  const wanted = input.passages
    ? input.passages.map((passage, i) => ({ edition, section, ...passage, field: `/passages/${i}` }))
    : [{ ...input, edition, field: '' }];
  const passages: NewPassageRow[] = [];
  const foundIn = new Map<string, number>();
  const findSection = targetSections(viewer);
  const giveTurn = createPacer();
  for (const { field, ...range } of wanted) {
    await giveTurn();
    const current = await findSection(range.edition, range.section ?? section, `${field}/section`);
    foundIn.set(range.edition, current.revision);
    const passage = findPassage(current.text, range, field);
    if (passage) passages.push(exactPassage(current, passage));
  }
  const regions = canvas ? [regionOn(canvas, input.region)] : [];
  return { edition, section, revision: foundIn.get(edition) ?? 0, passages, regions, foundIn };
}

/**
 * Another region of a canvas, for one whose image was replaced; `image` is the id of the image that it was drawn on.
 * Throws as `resolveOwnTargets`, and not_found where there is no such canvas.
 */
export async function resolveRegion(
  viewer: Viewer,
  { edition, canvas: id }: { edition: string; canvas: string },
  region: NewRegion,
  image: string | undefined,
): Promise<NewRegionRow> {
  const canvas = await getCanvas(viewer, edition, id);
  requireImage(canvas, image);
  return regionOn(canvas, region);
}

async function getTargetCanvas(
  viewer: Viewer,
  edition: string,
  { canvas: name = '', image }: NewTargets,
): Promise<Canvas> {
  const canvas = await nullIfNotFound(getCanvasByIdOrIri(viewer, edition, name));
  if (!canvas)
    throw invalidAt({ pointer: '/canvas', detail: 'There is no such page image in this edition.' });
  requireImage(canvas, image);
  return canvas;
}

/** A region that was drawn on an earlier image would show something else on the present one. */
function requireImage(canvas: Canvas, image: string | undefined): void {
  if (image === undefined || image === canvas.image.id) return;
  throw new AppError('conflict', 'This page has another image now: look at it, and draw the region again.');
}

function regionOn(canvas: Canvas, region: NewRegion | undefined): NewRegionRow {
  return exactRegion(canvas, region ? parseRegion(region, canvas, '/region') : fullCanvasRegion(canvas));
}

/** The passage that the input means, verified against the text. Null for a gloss on the whole section. */
function findPassage(
  text: string,
  { start, end, quote }: Pick<NewTargets, 'start' | 'end' | 'quote'>,
  field: string,
): QuotedPassage | null {
  if (start !== undefined && end !== undefined) {
    const length = codePointLength(text);
    if (end > length) {
      throw invalidAt({
        pointer: `${field}/end`,
        detail: 'The section has {length} characters; the passage ends after that.',
        values: { length },
      });
    }
    if (!quote || sliceCodePoints(text, start, end) === quote.exact) return describePassage(text, start, end);
  }
  if (!quote) return null;
  const found = findQuote(text, { ...quote, ...(start !== undefined && { start }) });
  if (found.state === 'exact') return describePassage(text, found.start, found.end);
  throw invalidAt({
    pointer: `${field}/quote`,
    detail:
      found.why === 'absent'
        ? 'These words do not stand in the section.'
        : 'These words stand in more than one place: send more of the text around them as prefix and suffix.',
  });
}

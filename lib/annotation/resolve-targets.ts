import { describePassage, findQuote, type QuotedPassage, resolveSelectors } from '@/lib/anchoring';
import {
  type Canvas,
  findRegion,
  fullCanvasRegion,
  getCanvas,
  getCanvasByIdOrIri,
  parseRegion,
  type Region,
  type NewRegion as RegionSent,
  requireInsideCanvas,
} from '@/lib/canvas';
import type { transaction } from '@/lib/db';
import { getEdition, getSection, lockCurrentRevision, type Section } from '@/lib/edition';
import { codePointLength, sliceCodePoints } from '@/lib/kernel/code-points';
import { AppError, type FieldError, nullIfNotFound } from '@/lib/kernel/errors';
import type { ExternalTarget, NewGloss } from './schema';
import type { NewPassageRow, NewRegionRow, Targets } from './targets/store';

type Tx = Parameters<Parameters<typeof transaction>[0]>[0];

/** Where a gloss is to stand: its home, what it is on, and the revisions of the texts that its passages were found in. */
export type ResolvedTargets = {
  edition: string;
  section: string;
  revision: number;
  found: Map<string, number>;
} & Targets;

/**
 * The passages and the region that our own API asks for, verified against the current text and the canvas; none for a
 * note on the whole section. Throws invalid with the field, where a section, an offset, a quote or a region is not
 * there; conflict where the canvas has another image than the one that was drawn on.
 */
export async function resolveOwnTargets(input: NewGloss): Promise<ResolvedTargets> {
  const { edition } = input;
  const canvas = input.canvas === undefined ? null : await canvasIn(input);
  const isOnText = input.passages !== undefined || input.start !== undefined || input.quote !== undefined;
  const section = input.section ?? input.passages?.[0]?.section ?? canvas?.section ?? '';
  if (canvas && !isOnText && section !== canvas.section) {
    const detail = 'This page image belongs to another section: leave the section out.';
    throw refuse({ pointer: '/section', detail });
  }
  const wanted = input.passages
    ? input.passages.map((passage, i) => ({ section, ...passage, field: `/passages/${i}` }))
    : [{ ...input, field: '' }];
  const passages: NewPassageRow[] = [];
  let revision = 0;
  for (const { field, ...want } of wanted) {
    const home = await sectionOf(edition, want.section ?? section, `${field}/section`);
    revision = home.revision;
    const passage = passageOf(home.text, want, field);
    if (passage) passages.push(standOn(home, passage));
  }
  const regions = canvas
    ? [
        drawnOn(
          canvas,
          input.region ? parseRegion(input.region, canvas, '/region') : fullCanvasRegion(canvas),
        ),
      ]
    : [];
  return { edition, section, revision, passages, regions, found: new Map([[edition, revision]]) };
}

/** The canvas that a gloss of our own API names. */
async function canvasIn({ edition, canvas: name = '', image }: NewGloss): Promise<Canvas> {
  const canvas = await nullIfNotFound(getCanvasByIdOrIri(edition, name));
  if (!canvas) throw refuse({ pointer: '/canvas', detail: 'There is no such page image in this edition.' });
  requireImage(canvas, image);
  return canvas;
}

/** What was drawn on another image says nothing of this one. */
function requireImage(canvas: Canvas, image: string | undefined): void {
  if (image === undefined || image === canvas.image.id) return;
  throw new AppError('conflict', 'This page has another image now: look at it, and draw the region again.');
}

function drawnOn({ edition, id: canvas, image }: Canvas, region: Region): NewRegionRow {
  return { edition, canvas, imageId: image.id, ...region };
}

/** Another region of a canvas, verified as in `resolveOwnTargets`. */
export async function resolveRegion(
  at: { edition: string; canvas: string },
  region: RegionSent,
  image: string | undefined,
): Promise<NewRegionRow> {
  const canvas = await getCanvas(at.edition, at.canvas);
  requireImage(canvas, image);
  return drawnOn(canvas, parseRegion(region, canvas, '/region'));
}

/**
 * The passages and regions that the targets of a Web Annotation lead to; lost with its quote, if it has one, where
 * they lead nowhere. Throws invalid where a target names no section and no canvas of ours, or what is not on it.
 */
export async function resolveExternalTargets(places: ExternalTarget[]): Promise<ResolvedTargets> {
  const found = new Map<string, number>();
  const passages: NewPassageRow[] = [];
  const regions: NewRegionRow[] = [];
  let home: Section | undefined;
  for (const { edition, section, revision, selectors, quote, pointer, canvas } of places) {
    if (canvas) {
      const { region, section } = await regionIn({ edition, canvas, selectors, pointer });
      home ??= await sectionOf(edition, section ?? (await firstSectionOf(edition, pointer)), pointer);
      if (home.edition === edition) found.set(edition, home.revision);
      regions.push(region);
      continue;
    }
    const at = await sectionOf(edition, section ?? (await firstSectionOf(edition, pointer)), pointer);
    home ??= at;
    found.set(edition, at.revision);
    // A target without a selector is the whole section; beside others it is a place that no offset can name.
    if (section !== null && selectors.length === 0 && places.length === 1) continue;
    const place = section === null ? null : await passageIn(at, selectors, revision);
    if (place?.found) passages.push(standOn(at, place.found));
    else {
      const { exact = null, prefix = null, suffix = null } = quote ?? place?.meant ?? {};
      passages.push({ ...standing(at), exact, prefix, suffix, anchor: 'orphaned' });
    }
  }
  if (!home) throw new Error('A gloss needs a place.');
  return { edition: home.edition, section: home.id, revision: home.revision, passages, regions, found };
}

/**
 * The region of a canvas that a target leads to, the whole of it where it has no selector, and the section of its
 * page. What was drawn on another image than the one that is there now keeps its numbers; what leads nowhere is kept
 * as drawn on nothing that is known.
 */
async function regionIn({
  edition,
  canvas: { id, image },
  selectors,
  pointer,
}: Pick<ExternalTarget, 'edition' | 'selectors' | 'pointer'> & {
  canvas: NonNullable<ExternalTarget['canvas']>;
}): Promise<{ region: NewRegionRow; section: string | null }> {
  const canvas = await nullIfNotFound(getCanvas(edition, id));
  if (!canvas && image === null) {
    throw refuse({ pointer, detail: 'There is no such page image in this edition.' });
  }
  const isCurrent = canvas !== null && (image === null || image === canvas.image.id);
  const size = isCurrent ? canvas : null;
  const region = selectors.length === 0 && canvas ? fullCanvasRegion(canvas) : findRegion(selectors, size);
  if (region) requireInsideCanvas(region, size, `${pointer}/selector`);
  const drawn = region ?? (canvas ? fullCanvasRegion(canvas) : NOWHERE);
  const imageId = region ? (image ?? canvas?.image.id ?? '') : '';
  return { region: { edition, canvas: id, imageId, ...drawn }, section: canvas?.section ?? null };
}

const NOWHERE: Region = { x: 0, y: 0, w: 1, h: 1, svg: null };

/**
 * The passage that selectors lead to. Those that were made on an earlier revision are read in its text: what they
 * meant there is looked for in the text of today by its words, since its offsets would be other words.
 */
async function passageIn(
  at: Section,
  selectors: unknown[],
  revision: number | null,
): Promise<{ found?: QuotedPassage; meant?: QuotedPassage }> {
  const isEarlier = revision !== null && revision < at.revision;
  const home = isEarlier ? await nullIfNotFound(getSection(at.edition, at.id, revision)) : at;
  if (!home) return {};
  const range = resolveSelectors(home, selectors);
  if ('orphaned' in range) return {};
  const meant = describePassage(home.text, range.start, range.end);
  if (!isEarlier) return { found: meant };
  const { exact, prefix, suffix } = meant;
  const now = findQuote(at.text, { exact, prefix, suffix });
  return now.state === 'exact' ? { found: describePassage(at.text, now.start, now.end), meant } : { meant };
}

/**
 * Takes the editions of a placing against a publication, for the transaction. False where one was published since
 * its text was read: then the passages have to be found again.
 */
export async function lockRevisions(
  tx: Tx,
  { found, passages }: Pick<ResolvedTargets, 'found' | 'passages'>,
): Promise<boolean> {
  for (const [edition, revision] of [...found].sort()) {
    if ((await lockCurrentRevision(tx, edition)) !== revision) return false;
  }
  return passages.every(({ edition, anchorRevision }) => found.get(edition) === anchorRevision);
}

async function sectionOf(edition: string, section: string, pointer: string): Promise<Section> {
  const found = await nullIfNotFound(getSection(edition, section));
  if (!found) throw refuse({ pointer, detail: 'There is no such section in this edition.' });
  return found;
}

async function firstSectionOf(edition: string, pointer: string): Promise<string> {
  const found = await nullIfNotFound(getEdition(edition));
  if (!found) throw refuse({ pointer, detail: 'There is no such edition here.' });
  return found.sections[0]?.id ?? '';
}

const standing = ({ edition, id, revision }: Section) => ({
  ...{ edition, section: id, revision, anchorRevision: revision },
});

function standOn(section: Section, passage: QuotedPassage): NewPassageRow {
  const { start, end } = passage;
  return { ...standing(section), ...passage, writtenStart: start, writtenEnd: end, anchor: 'exact' };
}

/** The passage that the input means, verified against the text. Null for a note on the whole section. */
function passageOf(
  text: string,
  { start, end, quote }: Pick<NewGloss, 'start' | 'end' | 'quote'>,
  field: string,
): QuotedPassage | null {
  if (start !== undefined && end !== undefined) {
    const length = codePointLength(text);
    if (end > length) {
      throw refuse({
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
  throw refuse({
    pointer: `${field}/quote`,
    detail:
      found.why === 'absent'
        ? 'These words do not stand in the section.'
        : 'These words stand in more than one place: send more of the text around them as prefix and suffix.',
  });
}

function refuse(error: FieldError): AppError {
  return new AppError('invalid', 'Some fields are not right.', { errors: [error] });
}

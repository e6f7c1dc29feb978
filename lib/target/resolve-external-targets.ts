import { describePassage, findQuote, type QuotedPassage, resolveSelectors } from '@/lib/anchoring';
import {
  findCanvasOfImage,
  findRegion,
  fullCanvasRegion,
  getCanvas,
  onCanvas,
  type Region,
  requireInsideCanvas,
  sizeAt,
} from '@/lib/canvas';
import { getEdition, getSection, type Section } from '@/lib/edition';
import type { Viewer } from '@/lib/identity/schema';
import { nullIfNotFound } from '@/lib/kernel/errors';
import { createPacer } from '@/lib/kernel/pacer';
import {
  exactPassage,
  invalidAt,
  passageKey,
  type ResolvedTargets,
  targetSections,
} from './resolved-targets';
import type { ExternalTarget } from './schema';
import type { NewPassageRow, NewRegionRow } from './store';

/** Each is looked for in the text of its section. */
const MOST_TARGETS = 200;

/**
 * The passages and regions that the targets of a Web Annotation lead to. One whose selectors lead nowhere is kept as an
 * orphan, with its quote if it has one. Throws invalid where there are too many targets, where one names no section and no canvas of ours, or
 * a region that is not on its canvas.
 */
export async function resolveExternalTargets(
  viewer: Viewer,
  targets: ExternalTarget[],
): Promise<ResolvedTargets> {
  const foundIn = new Map<string, number>();
  const passages: NewPassageRow[] = [];
  const regions: NewRegionRow[] = [];
  /** The section of the first target: the gloss belongs there. */
  let home: Section | undefined;
  if (targets.length > MOST_TARGETS) {
    throw invalidAt({
      pointer: '/target',
      detail: 'An annotation has at most {most} targets in the editions here.',
      values: { most: MOST_TARGETS },
    });
  }
  const findSection = targetSections(viewer);
  const giveTurn = createPacer();
  for (const { edition, section, revision, selectors, quote, pointer, canvas } of targets) {
    await giveTurn();
    if (canvas) {
      const { region, section } =
        'id' in canvas
          ? await resolveRegionTarget(viewer, { edition, canvas, selectors, pointer })
          : await resolveImageTarget(viewer, { canvas, selectors, pointer });
      home ??= await findSection(
        region.edition,
        section ?? (await getFirstSection(viewer, region.edition, pointer)),
        pointer,
      );
      if (home.edition === region.edition) foundIn.set(region.edition, home.revision);
      regions.push(region);
      continue;
    }
    const current = await findSection(
      edition,
      section ?? (await getFirstSection(viewer, edition, pointer)),
      pointer,
    );
    home ??= current;
    foundIn.set(edition, current.revision);
    // A target without a selector is the whole section; beside other targets it is an orphan, since no offset names it.
    if (section !== null && selectors.length === 0 && targets.length === 1) continue;
    const passage = section === null ? null : await resolvePassage(viewer, current, selectors, revision);
    if (passage?.found) passages.push(exactPassage(current, passage.found));
    else {
      const { exact = null, prefix = null, suffix = null } = quote ?? passage?.meant ?? {};
      passages.push({ ...passageKey(current), exact, prefix, suffix, anchor: 'orphaned' });
    }
  }
  if (!home) throw new Error('A gloss needs a target.');
  return { edition: home.edition, section: home.id, revision: home.revision, passages, regions, foundIn };
}

/** A region that is known to be on no part of its canvas. */
const NOWHERE: Region = { x: 0, y: 0, w: 1, h: 1, svg: null };

/**
 * The region of a canvas that a target leads to, the whole canvas where it has no selector, and the section of its
 * page. One that was drawn on an earlier image keeps its numbers; one that leads nowhere has no image.
 */
async function resolveRegionTarget(
  viewer: Viewer,
  {
    edition,
    canvas: { id, image },
    selectors,
    pointer,
  }: Pick<ExternalTarget, 'edition' | 'selectors' | 'pointer'> & {
    canvas: { id: string; image: string | null };
  },
): Promise<{ region: NewRegionRow; section: string | null }> {
  const canvas = await nullIfNotFound(getCanvas(viewer, edition, id));
  if (!canvas && image === null) {
    throw invalidAt({ pointer, detail: 'There is no such page image in this edition.' });
  }
  const isCurrent = canvas !== null && (image === null || image === canvas.image.id);
  const size = isCurrent ? canvas : null;
  const region = selectors.length === 0 && canvas ? fullCanvasRegion(canvas) : findRegion(selectors, size);
  if (region) requireInsideCanvas(region, size, `${pointer}/selector`);
  const drawn = region ?? (canvas ? fullCanvasRegion(canvas) : NOWHERE);
  const imageId = region ? (image ?? canvas?.image.id ?? '') : '';
  const anchor = imageId === canvas?.image.id ? 'exact' : 'orphaned';
  const placed = { edition, canvas: id, label: canvas?.label ?? null, imageId, ...drawn, anchor } as const;
  return { region: placed, section: canvas?.section ?? null };
}

/** The region of a target whose source is the address of an image of ours, as it is seen there, and the section of its page. */
async function resolveImageTarget(
  viewer: Viewer,
  {
    canvas: { address, image },
    selectors,
    pointer,
  }: Pick<ExternalTarget, 'selectors' | 'pointer'> & { canvas: { address: string; image: string } },
): Promise<{ region: NewRegionRow; section: string | null }> {
  const canvas = await findCanvasOfImage(viewer, image);
  if (!canvas) throw invalidAt({ pointer, detail: 'There is no such page image in this edition.' });
  const { edition, id, label, section } = canvas;
  const seen = findRegion(selectors, sizeAt(address, canvas.image));
  const region = seen ? onCanvas(seen, address, canvas.image, canvas) : fullCanvasRegion(canvas);
  if (seen) requireInsideCanvas(region, canvas, `${pointer}/selector`);
  const isKnown = seen !== null || selectors.length === 0;
  const placed = { edition, canvas: id, label, imageId: isKnown ? image : '', ...region };
  return { region: { ...placed, anchor: isKnown ? 'exact' : 'orphaned' }, section };
}

/**
 * The passage that selectors lead to. Those that were made on an earlier revision are resolved in its text, and the
 * words that they meant there are looked for in the current text, since the same offsets would be other words.
 */
async function resolvePassage(
  viewer: Viewer,
  current: Section,
  selectors: unknown[],
  revision: number | null,
): Promise<{ found?: QuotedPassage; meant?: QuotedPassage }> {
  const isEarlier = revision !== null && revision < current.revision;
  const section = isEarlier
    ? await nullIfNotFound(getSection(viewer, current.edition, current.id, revision))
    : current;
  if (!section) return {};
  const range = resolveSelectors(section, selectors);
  if ('orphaned' in range) return {};
  const meant = describePassage(section.text, range.start, range.end);
  if (!isEarlier) return { found: meant };
  const { exact, prefix, suffix } = meant;
  const now = findQuote(current.text, { exact, prefix, suffix });
  if (now.state === 'orphaned') return { meant };
  return { found: describePassage(current.text, now.start, now.end), meant };
}

async function getFirstSection(viewer: Viewer, edition: string, pointer: string): Promise<string> {
  const found = await nullIfNotFound(getEdition(viewer, edition));
  if (!found) throw invalidAt({ pointer, detail: 'There is no such edition here.' });
  return found.sections[0]?.id ?? '';
}

import type { Tx } from '@/lib/db';
import { findPagesByImage, getEditionState, imageStem, requireManagedEdition } from '@/lib/edition';
import type { Viewer } from '@/lib/identity/schema';
import { AppError, invalidField } from '@/lib/kernel/errors';
import { PAGE_LIMIT } from './constants';
import { type TiledImage, tileImage } from './image-tiling';
import { getCanvas } from './read';
import type { CanvasChange } from './schema';
import * as store from './store';

/** Greatest number of canvases of an edition. */
export const CANVAS_LIMIT = 2_000;

/** Label and page of a canvas that is new or gets another image. */
export type CanvasInput = CanvasChange & {
  id?: string | undefined;
  facsimile?: boolean | undefined;
  /** The name of its file, by which the text may call it. */
  name?: string | undefined;
};

/**
 * Tiles an image and puts it on the canvas with this id, else on that of this page, else on a new one. Regions on
 * another image of the canvas keep that image. For those who manage the edition. Throws forbidden, not_found, invalid, too_large.
 */
export async function uploadImage(
  viewer: Viewer,
  edition: string,
  bytes: Buffer,
  input: CanvasInput,
): Promise<store.Canvas> {
  await requireManagedEdition(viewer, edition);
  // Throws for an unknown edition before the tiles are made.
  await getEditionState(viewer, edition);
  const { files, ...size } = await tileImage(bytes);
  const image = { ...size, service: null, facsimile: input.facsimile ?? true };
  const { name, ...known } = input;
  if (known.page != null || known.id || !name) return putImage(viewer, edition, image, files, known);
  const [first = '', ...others] = await pagesOfFile(edition, name);
  const canvas = await putImage(viewer, edition, image, files, { ...known, page: first });
  for (const page of others.slice(0, MOST_PAGES))
    await putImage(viewer, edition, image, files, { ...known, page });
  return canvas;
}

/** Pages that one picture shows, at most, beside the first: of a folded sheet there are some. */
const MOST_PAGES = 15;

/** The pages that a text shows by a picture of this name, else the name itself: scans are often named after pages. */
async function pagesOfFile(edition: string, name: string): Promise<string[]> {
  const stem = imageStem(name);
  const pages = await findPagesByImage(edition, stem);
  return pages.length > 0 ? pages : [stem.slice(0, PAGE_LIMIT)];
}

/** Puts the image of an external image service on a canvas, as `uploadImage` does. lib/iiif has checked `image`. */
export async function putImageService(
  viewer: Viewer,
  edition: string,
  image: store.Image,
  input: CanvasInput,
): Promise<store.Canvas> {
  await requireManagedEdition(viewer, edition);
  return putImage(viewer, edition, image, [], input);
}

async function putImage(
  viewer: Viewer,
  edition: string,
  image: store.Image,
  files: TiledImage['files'],
  input: CanvasInput,
): Promise<store.Canvas> {
  const [id = ''] = await store.lockCanvases(edition, (tx) =>
    // Scans come one by one in the order in which a browser happens to send them; a manifest has an order of its own.
    assignImages(tx, edition, [{ ...input, image, files, origin: null }], { sorts: true }),
  );
  return getCanvas(viewer, edition, id);
}

/** An image for a canvas: its files if it is stored here, and the IRI of the manifest canvas that it comes from. */
export type CanvasImage = CanvasInput & {
  image: store.Image;
  files: TiledImage['files'];
  origin: string | null;
};

/**
 * Puts images on an edition in one transaction, in this order: each on the canvas of the same id, origin or page, or on
 * a new one. For those who manage the edition. Throws forbidden, not_found, invalid.
 */
export async function putCanvasImages(
  viewer: Viewer,
  edition: string,
  images: CanvasImage[],
): Promise<store.Canvas[]> {
  await requireManagedEdition(viewer, edition);
  const ids = new Set(await store.lockCanvases(edition, (tx) => assignImages(tx, edition, images)));
  return (await store.selectCanvases(viewer, edition)).filter(({ id }) => ids.has(id));
}

/** A picture that comes with a text: of a page of its own, or a figure. */
export type TextImage = { bytes: Uint8Array; page?: string | undefined };

/**
 * Stores the pictures that come with a new text, in the transaction that saves its draft: those of pages on canvases,
 * figures beside the text. One that cannot be read is left out. Returns how many were stored.
 */
export async function insertTextImages(tx: Tx, edition: string, images: TextImage[]): Promise<number> {
  let stored = 0;
  for (const { bytes, page } of images) {
    const tiled = await tileImage(Buffer.from(bytes)).catch((error) => {
      if (error instanceof AppError) return null;
      throw error;
    });
    if (!tiled) continue;
    const { files, ...size } = tiled;
    const image = { ...size, service: null, facsimile: true };
    if (page !== undefined) await assignImages(tx, edition, [{ image, files, page, origin: null }]);
    else {
      await store.insertImages(tx, [{ image, files }]);
      await store.insertPictures(tx, edition, [image.id]);
    }
    stored++;
  }
  return stored;
}

/** Stores images on canvases; returns the ids of the canvases. `sorts`: new ones stand where their names say. */
async function assignImages(
  tx: Tx,
  edition: string,
  images: CanvasImage[],
  { sorts = false } = {},
): Promise<string[]> {
  const canvases = new Map((await store.selectCanvasRows(tx, edition)).map((canvas) => [canvas.id, canvas]));
  let order = [...canvases.keys()];
  const replaced = new Set<string>();
  const written: store.CanvasRow[] = [];
  for (const { image, id: named, label, page, position, origin } of images) {
    if (named && !ID.test(named)) {
      throw invalidField('id', 'A name of letters, digits, points, hyphens and underscores, please.');
    }
    const before = [...canvases.values()].find((canvas) => {
      if (named) return canvas.id === named;
      return (origin !== null && canvas.origin === origin) || (page != null && canvas.page === page);
    });
    const id = before?.id ?? named ?? freeId(page, canvases);
    if (before && before.imageId !== image.id) replaced.add(before.imageId);
    const newLabel = label ?? before?.label ?? (page ? `p. ${page}` : `${canvases.size + 1}`);
    const newPage = page === undefined ? (before?.page ?? null) : page;
    const { width, height } = image;
    const row = { edition, id, label: newLabel, page: newPage, width, height, imageId: image.id, origin };
    written.push(row);
    canvases.set(id, row);
    if (!before) order = sorts ? placeByName(order, id, canvases) : [...order, id];
    if (position !== undefined) order = moveTo(order, id, position);
  }
  if (canvases.size > CANVAS_LIMIT) {
    throw new AppError('invalid', 'An edition has at most {limit} page images.', {
      values: { limit: CANVAS_LIMIT },
    });
  }
  await store.insertImages(tx, images);
  await store.upsertCanvases(tx, written, order);
  await store.deleteUnusedImages(tx, [...replaced]);
  return written.map(({ id }) => id);
}

const ID = /^[\p{L}\p{N}][\p{L}\p{N}._-]{0,63}$/u;

/** An unused id for a new canvas, from its page, else from its number. */
function freeId(page: string | null | undefined, taken: Map<string, unknown>): string {
  const base = page ? `p${page.replace(/[^\p{L}\p{N}._-]+/gu, '-').slice(0, 50)}` : `c${taken.size + 1}`;
  let id = base;
  for (let i = 2; taken.has(id); i += 1) id = `${base}-${i}`;
  return id;
}

const byNumber = new Intl.Collator('und', { numeric: true });
type Named = Pick<store.CanvasRow, 'page' | 'label'>;
/** What the canvases of an edition are ordered by: their page, else their label, if there is a number in it. */
const nameOf = (canvas: Named | undefined) => {
  const name = canvas?.page ?? canvas?.label ?? '';
  return /\d/.test(name) ? name : null;
};

/** The order with a new canvas behind the last one whose name comes before its own (2 before 10); else at the end. */
function placeByName(order: string[], id: string, canvases: Map<string, Named>): string[] {
  const own = nameOf(canvases.get(id));
  const names = order.map((other) => nameOf(canvases.get(other)));
  if (own === null || names.every((name) => name === null)) return [...order, id];
  const before = names.findLastIndex((name) => name === null || byNumber.compare(name, own) < 0);
  return [...order.slice(0, before + 1), id, ...order.slice(before + 1)];
}

/** The order with a canvas moved to `position`, counted from 0. */
function moveTo(order: string[], id: string, position: number): string[] {
  const others = order.filter((other) => other !== id);
  return [...others.slice(0, position), id, ...others.slice(position)];
}

/** Changes the label, page and position of a canvas. For those who manage the edition. Throws forbidden, not_found. */
export async function updateCanvas(
  viewer: Viewer,
  edition: string,
  id: string,
  { position, label, page }: CanvasChange,
): Promise<store.Canvas> {
  await requireManagedEdition(viewer, edition);
  await getCanvas(viewer, edition, id);
  await store.lockCanvases(edition, async (tx) => {
    await store.updateCanvas(tx, edition, id, {
      ...(label !== undefined && { label }),
      ...(page !== undefined && { page }),
    });
    if (position === undefined) return;
    const order = (await store.selectCanvasRows(tx, edition)).map((canvas) => canvas.id);
    await store.updateCanvasOrder(tx, edition, moveTo(order, id, position));
  });
  return getCanvas(viewer, edition, id);
}

/**
 * Deletes a canvas. Regions on it keep their image and become orphaned. For those who manage the edition. Throws forbidden, not_found.
 */
export async function deleteCanvas(viewer: Viewer, edition: string, id: string): Promise<void> {
  await requireManagedEdition(viewer, edition);
  const { image } = await getCanvas(viewer, edition, id);
  await store.lockCanvases(edition, async (tx) => {
    await store.deleteCanvas(tx, edition, id);
    await store.deleteUnusedImages(tx, [image.id]);
  });
}

import type { Prisma } from '@/lib/db';
import { getImagesVersion } from '@/lib/edition';
import { requireOnSite } from '@/lib/identity';
import type { Viewer } from '@/lib/identity/schema';
import { AppError, invalidField } from '@/lib/kernel/errors';
import { type TiledImage, tileImage } from './image-tiling';
import { getCanvas } from './read';
import type { CanvasChange } from './schema';
import * as store from './store';

type Tx = Prisma.TransactionClient;

/** Canvases of one edition, at most. */
export const CANVAS_LIMIT = 2_000;

/** What a canvas is called and which page it shows, where it is new or gets another image. */
export type CanvasInput = CanvasChange & { id?: string | undefined; facsimile?: boolean | undefined };

/**
 * Puts a scan on a canvas: on the one with this id, or on that of this page, or on a new one. What was written on
 * another image of the canvas keeps that image. For administrators. Throws forbidden, not_found, invalid, too_large.
 */
export async function uploadImage(
  viewer: Viewer,
  edition: string,
  bytes: Buffer,
  wanted: CanvasInput,
): Promise<store.Canvas> {
  requireOnSite(viewer, 'manage-editions');
  // Before the work of making tiles.
  await getImagesVersion(edition);
  const { files, ...size } = await tileImage(bytes);
  const image = { ...size, service: null, facsimile: wanted.facsimile ?? true };
  return putImage(edition, image, files, wanted);
}

/** Puts an image of a service elsewhere on a canvas, as `uploadImage` does a scan. `image` was checked by lib/iiif. */
export async function putImageService(
  viewer: Viewer,
  edition: string,
  image: store.Image,
  wanted: CanvasInput,
): Promise<store.Canvas> {
  requireOnSite(viewer, 'manage-editions');
  return putImage(edition, image, [], wanted);
}

async function putImage(
  edition: string,
  image: store.Image,
  files: TiledImage['files'],
  wanted: CanvasInput,
): Promise<store.Canvas> {
  const [id = ''] = await store.lockCanvases(edition, (tx) =>
    assignImages(tx, edition, [{ ...wanted, image, files, origin: null }]),
  );
  return getCanvas(edition, id);
}

/** An image for a canvas, with its tiles where it is of this server, and the canvas of a manifest that it comes from. */
export type CanvasImage = CanvasInput & {
  image: store.Image;
  files: TiledImage['files'];
  origin: string | null;
};

/**
 * Puts many images on an edition at once, in this order, on the canvases of the same id, origin or page, or on new
 * ones. For administrators. Throws forbidden, not_found, invalid.
 */
export async function putCanvasImages(
  viewer: Viewer,
  edition: string,
  attached: CanvasImage[],
): Promise<store.Canvas[]> {
  requireOnSite(viewer, 'manage-editions');
  const ids = new Set(await store.lockCanvases(edition, (tx) => assignImages(tx, edition, attached)));
  return (await store.selectCanvases(edition)).filter(({ id }) => ids.has(id));
}

/** Returns the ids of the canvases that have the images now. */
async function assignImages(tx: Tx, edition: string, attached: CanvasImage[]): Promise<string[]> {
  const canvases = new Map((await store.selectCanvasRows(tx, edition)).map((canvas) => [canvas.id, canvas]));
  let order = [...canvases.keys()];
  const replaced = new Set<string>();
  const placed: store.CanvasRow[] = [];
  for (const { image, id: named, label, page, position, origin } of attached) {
    if (named && !ID.test(named)) {
      throw invalidField('id', 'A name of letters, digits, points, hyphens and underscores, please.');
    }
    const before = [...canvases.values()].find((canvas) => {
      if (named) return canvas.id === named;
      return (origin !== null && canvas.origin === origin) || (page != null && canvas.page === page);
    });
    const id = before?.id ?? named ?? freeId(page, canvases);
    if (before && before.imageId !== image.id) replaced.add(before.imageId);
    const said = label ?? before?.label ?? (page ? `p. ${page}` : `${canvases.size + 1}`);
    const shown = page === undefined ? (before?.page ?? null) : page;
    const { width, height } = image;
    const row = { edition, id, label: said, page: shown, width, height, imageId: image.id, origin };
    placed.push(row);
    canvases.set(id, row);
    if (!before) order.push(id);
    if (position !== undefined) order = moved(order, id, position);
  }
  if (canvases.size > CANVAS_LIMIT) {
    throw new AppError('invalid', 'An edition has at most {limit} page images.', {
      values: { limit: CANVAS_LIMIT },
    });
  }
  await store.insertImages(tx, attached);
  await store.upsertCanvases(tx, placed, order);
  await store.deleteUnusedImages(tx, [...replaced]);
  return placed.map(({ id }) => id);
}

const ID = /^[\p{L}\p{N}][\p{L}\p{N}._-]{0,63}$/u;

/** A name for a new canvas: of its page, else of its number. */
function freeId(page: string | null | undefined, taken: Map<string, unknown>): string {
  const wished = page ? `p${page.replace(/[^\p{L}\p{N}._-]+/gu, '-').slice(0, 50)}` : `c${taken.size + 1}`;
  let id = wished;
  for (let i = 2; taken.has(id); i += 1) id = `${wished}-${i}`;
  return id;
}

/** The order with a canvas at `position`, from 0; the others keep theirs. */
function moved(order: string[], id: string, position: number): string[] {
  const others = order.filter((other) => other !== id);
  return [...others.slice(0, position), id, ...others.slice(position)];
}

/** Changes what is said of a canvas, and its place among the others. For administrators. Throws forbidden, not_found. */
export async function updateCanvas(
  viewer: Viewer,
  edition: string,
  id: string,
  { position, label, page }: CanvasChange,
): Promise<store.Canvas> {
  requireOnSite(viewer, 'manage-editions');
  await getCanvas(edition, id);
  await store.lockCanvases(edition, async (tx) => {
    await store.updateCanvas(tx, edition, id, {
      ...(label !== undefined && { label }),
      ...(page !== undefined && { page }),
    });
    if (position === undefined) return;
    const order = (await store.selectCanvasRows(tx, edition)).map((canvas) => canvas.id);
    await store.updateCanvasOrder(tx, edition, moved(order, id, position));
  });
  return getCanvas(edition, id);
}

/**
 * Takes a canvas away. What was written on it stays, with the image that it was written on, and stands nowhere.
 * For administrators. Throws forbidden, not_found.
 */
export async function deleteCanvas(viewer: Viewer, edition: string, id: string): Promise<void> {
  requireOnSite(viewer, 'manage-editions');
  const { image } = await getCanvas(edition, id);
  await store.lockCanvases(edition, async (tx) => {
    await store.deleteCanvas(tx, edition, id);
    await store.deleteUnusedImages(tx, [image.id]);
  });
}

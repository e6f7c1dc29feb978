import { config } from '@/lib/config';
import type { Prisma } from '@/lib/db';
import { imagesVersion } from '@/lib/edition';
import { type Locale, translator } from '@/lib/i18n';
import { requireAdmin } from '@/lib/identity';
import type { Viewer } from '@/lib/identity/schema';
import { AppError, invalidField, notFound } from '@/lib/kernel/errors';
import { cropOf, type Picture, readPicture, scaleFactors, sizesFor, TILE } from './picture';
import type { CanvasChange, CanvasView, Region } from './schema';
import * as store from './store';

export { IMAGE_LARGEST, IMAGE_TYPE, readPicture } from './picture';
export { fragmentOf, regionAmong, regionOf, requireInside, selectorOf, wholeOf } from './region';
export type * from './schema';
export { isUnsafeSvg } from './shape';
export type { Canvas, Image } from './store';

type Tx = Prisma.TransactionClient;

/** Canvases of one edition, at most. */
export const CANVAS_LIMIT = 2_000;

/** The IRI of a canvas: the target of what is written on it. */
export function canvasIri(edition: string, id: string): string {
  return `${config().address}/iiif/${encodeURIComponent(edition)}/canvas/${encodeURIComponent(id)}`;
}

/** The IRI of an image service of ours (IIIF Image API 3 §2), or of the one elsewhere. */
export function serviceIri({ id, service }: Pick<store.Image, 'id' | 'service'>): string {
  const elsewhere = service?.id ?? service?.['@id'];
  return typeof elsewhere === 'string' ? elsewhere : imageIri(id);
}

/** The IRI of an image, by which it is known on this server. */
export function imageIri(id: string): string {
  return `${config().address}/iiif/images/${id}`;
}

/** The canvases of an edition in order. Throws not_found for an edition that is unknown or was never published. */
export async function listCanvases(edition: string): Promise<store.Canvas[]> {
  await imagesVersion(edition);
  return store.selectCanvases(edition);
}

/** One canvas. Throws not_found. */
export async function getCanvas(edition: string, id: string): Promise<store.Canvas> {
  const [canvas] = await store.selectCanvases(edition, id);
  if (!canvas) throw notFound();
  return canvas;
}

/** The canvas of an edition that an id or an IRI of ours names. Throws not_found. */
export function getNamedCanvas(edition: string, name: string): Promise<store.Canvas> {
  const named = canvasNamed(name);
  if (named && named.edition !== edition) throw notFound();
  return getCanvas(edition, named?.id ?? name);
}

/** The edition and the id in the IRI of a canvas of ours, a fragment left out; null where it is none. */
export function canvasNamed(iri: string): { edition: string; id: string } | null {
  const { address } = config();
  const path = iri.startsWith(`${address}/`) ? iri.slice(address.length) : '';
  const [, edition, id] = /^\/iiif\/([^/?#]+)\/canvas\/([^/?#]+)(?:[?#]|$)/.exec(path) ?? [];
  return edition && id ? { edition: decode(edition), id: decode(id) } : null;
}

/** The id of an image of ours by its IRI, or by that of a picture of it; null where it is none. */
export function imageNamed(iri: string): string | null {
  const start = imageIri('');
  return (iri.startsWith(start) && iri.slice(start.length).split(/[/?#]/)[0]) || null;
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** A canvas as the API gives it, in the reader's language. */
export function presentCanvas(canvas: store.Canvas, locale: Locale): CanvasView {
  const { image, ...rest } = canvas;
  const { id, facsimile } = image;
  const statement = facsimile ? null : translator(locale, 'canvas')('notFacsimile');
  return {
    ...rest,
    iri: canvasIri(canvas.edition, canvas.id),
    label: statement ? `${canvas.label} (${statement})` : canvas.label,
    statement,
    image: { id, facsimile, info: infoOf(image) },
    thumbnail: thumbnailOf(image),
  };
}

/** What an image service says of itself (IIIF Image API 3 §5): ours are static, level 0. */
export function infoOf(image: store.Image): Record<string, unknown> {
  if (image.service) return image.service;
  const { width, height } = image;
  return {
    '@context': 'http://iiif.io/api/image/3/context.json',
    id: imageIri(image.id),
    type: 'ImageService3',
    protocol: 'http://iiif.io/api/image',
    profile: 'level0',
    ...{ width, height },
    sizes: sizesFor(image),
    tiles: [{ type: 'Tile', width: TILE, height: TILE, scaleFactors: scaleFactors(image) }],
    preferredFormats: ['jpg'],
  };
}

/** Pixels across of a small picture of the whole, at least. */
const THUMBNAIL = 200;

/** The address of a small picture of the whole. */
export function thumbnailOf(image: store.Image): string {
  const listed = image.service
    ? ((image.service.sizes as { width: number; height: number }[] | undefined) ?? [])
    : sizesFor(image);
  const size = [...listed].sort((a, b) => a.width - b.width).find(({ width }) => width >= THUMBNAIL);
  // A service that lists no sizes makes any; the height is its to reckon.
  if (!size)
    return image.service ? `${serviceIri(image)}/full/${THUMBNAIL},/0/default.jpg` : wholeUrlOf(image);
  return `${serviceIri(image)}/full/${size.width},${size.height}/0/default.jpg`;
}

/** The address of the whole picture, as large as it is. */
export function wholeUrlOf(image: store.Image): string {
  // In version 2 the whole is called `full` (IIIF Image API 2.1 §4.2).
  const size = image.service && !('id' in image.service) ? 'full' : 'max';
  return `${serviceIri(image)}/full/${size}/0/default.jpg`;
}

/** The info.json of an image of ours. Throws not_found. */
export async function getImage(id: string): Promise<store.Image> {
  const image = await store.selectImage(id);
  if (!image) throw notFound();
  return image;
}

/** The whole in its own size is `max` (IIIF Image API 3 §4.7). */
async function canonical(id: string, path: string): Promise<string> {
  const [, width, height, rest] = /^full\/(\d+),(\d+)\/(.*)$/.exec(path) ?? [];
  if (!rest) return path;
  const image = await store.selectImage(id);
  const isWhole = image?.width === Number(width) && image?.height === Number(height);
  return isWhole ? `full/max/${rest}` : path;
}

/** A file of an image of ours, by its path. Throws not_found. */
export async function getImageFile(id: string, path: string): Promise<Buffer> {
  const bytes = await store.selectFile(id, await canonical(id, path));
  if (!bytes) throw notFound();
  return bytes;
}

/** Those of these images that are kept here, so that pictures of their parts can be made. */
export function imagesKept(ids: string[]): Promise<Set<string>> {
  return store.selectKept(ids);
}

/**
 * A picture of the part of an image that a region lies on, `width` pixels wide at most, as JPEG, and whether it is of a
 * facsimile; null of an image that is not kept here.
 */
export async function pictureOf(
  imageId: string,
  region: Pick<Region, 'x' | 'y' | 'w' | 'h'>,
  width: number,
): Promise<{ bytes: Buffer; facsimile: boolean } | null> {
  const image = await store.selectImage(imageId);
  const whole = image && !image.service ? await store.selectFile(imageId, 'full/max/0/default.jpg') : null;
  if (!image || !whole) return null;
  const left = Math.min(Math.floor(region.x), image.width - 1);
  const top = Math.min(Math.floor(region.y), image.height - 1);
  const right = Math.min(Math.ceil(region.x + region.w), image.width);
  const below = Math.min(Math.ceil(region.y + region.h), image.height);
  const box = { left, top, width: Math.max(1, right - left), height: Math.max(1, below - top) };
  return { bytes: await cropOf(whole, box, width), facsimile: image.facsimile };
}

/** What a canvas is called and which page it shows, where it is new or gets another image. */
export type Wanted = CanvasChange & { id?: string | undefined; facsimile?: boolean | undefined };

/**
 * Puts a scan on a canvas: on the one with this id, or on that of this page, or on a new one. What was written on
 * another image of the canvas keeps that image. For administrators. Throws forbidden, not_found, invalid, too_large.
 */
export async function putPicture(
  viewer: Viewer,
  edition: string,
  bytes: Buffer,
  wanted: Wanted,
): Promise<store.Canvas> {
  requireAdmin(viewer);
  // Before the work of making tiles.
  await imagesVersion(edition);
  const { files, ...size } = await readPicture(bytes);
  const image = { ...size, service: null, facsimile: wanted.facsimile ?? true };
  return putImage(edition, image, files, wanted);
}

/** Puts an image of a service elsewhere on a canvas, as `putPicture` does a scan. `image` was checked by lib/iiif. */
export async function putService(
  viewer: Viewer,
  edition: string,
  image: store.Image,
  wanted: Wanted,
): Promise<store.Canvas> {
  requireAdmin(viewer);
  return putImage(edition, image, [], wanted);
}

async function putImage(
  edition: string,
  image: store.Image,
  files: Picture['files'],
  wanted: Wanted,
): Promise<store.Canvas> {
  const [id = ''] = await store.changeCanvases(edition, (tx) =>
    placeImages(tx, edition, [{ ...wanted, image, files, origin: null }]),
  );
  return getCanvas(edition, id);
}

/** An image for a canvas, with its tiles where it is of this server, and the canvas of a manifest that it comes from. */
export type Attached = Wanted & { image: store.Image; files: Picture['files']; origin: string | null };

/**
 * Puts many images on an edition at once, in this order, on the canvases of the same id, origin or page, or on new
 * ones. For administrators. Throws forbidden, not_found, invalid.
 */
export async function attachCanvases(
  viewer: Viewer,
  edition: string,
  attached: Attached[],
): Promise<store.Canvas[]> {
  requireAdmin(viewer);
  const ids = new Set(await store.changeCanvases(edition, (tx) => placeImages(tx, edition, attached)));
  return (await store.selectCanvases(edition)).filter(({ id }) => ids.has(id));
}

/** Returns the ids of the canvases that have the images now. */
async function placeImages(tx: Tx, edition: string, attached: Attached[]): Promise<string[]> {
  const canvases = new Map((await store.selectAll(tx, edition)).map((canvas) => [canvas.id, canvas]));
  const order = [...canvases.keys()];
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
    if (position === undefined) continue;
    order.splice(order.indexOf(id), 1);
    order.splice(position, 0, id);
  }
  if (canvases.size > CANVAS_LIMIT) {
    throw new AppError('invalid', 'An edition has at most {limit} page images.', {
      values: { limit: CANVAS_LIMIT },
    });
  }
  await store.insertImages(tx, attached);
  await store.upsertCanvases(tx, placed, order);
  await store.deleteUnused(tx, [...replaced]);
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

/** Moves a canvas to `position`, from 0; the others keep their order. */
async function reorder(tx: Tx, edition: string, id: string, position: number | undefined): Promise<void> {
  if (position === undefined) return;
  const others = (await store.selectAll(tx, edition))
    .map((canvas) => canvas.id)
    .filter((other) => other !== id);
  await store.writeOrder(tx, edition, [...others.slice(0, position), id, ...others.slice(position)]);
}

/** Changes what is said of a canvas, and its place among the others. For administrators. Throws forbidden, not_found. */
export async function changeCanvas(
  viewer: Viewer,
  edition: string,
  id: string,
  { position, label, page }: CanvasChange,
): Promise<store.Canvas> {
  requireAdmin(viewer);
  await getCanvas(edition, id);
  await store.changeCanvases(edition, async (tx) => {
    await store.updateCanvas(tx, edition, id, {
      ...(label !== undefined && { label }),
      ...(page !== undefined && { page }),
    });
    await reorder(tx, edition, id, position);
  });
  return getCanvas(edition, id);
}

/**
 * Takes a canvas away. What was written on it stays, with the image that it was written on, and stands nowhere.
 * For administrators. Throws forbidden, not_found.
 */
export async function removeCanvas(viewer: Viewer, edition: string, id: string): Promise<void> {
  requireAdmin(viewer);
  const { image } = await getCanvas(edition, id);
  await store.changeCanvases(edition, async (tx) => {
    await store.deleteCanvas(tx, edition, id);
    await store.deleteUnused(tx, [image.id]);
  });
}

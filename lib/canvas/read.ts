import { getImagesVersion } from '@/lib/edition';
import { type Locale, translator } from '@/lib/i18n';
import { notFound } from '@/lib/kernel/errors';
import { imageInfo, thumbnailUrl } from './image-service';
import { cropImage } from './image-tiling';
import { canvasIri, parseCanvasIri } from './iris';
import type { CanvasView, Region } from './schema';
import * as store from './store';

/** The canvases of an edition in order. Throws not_found for an edition that is unknown or was never published. */
export async function listCanvases(edition: string): Promise<store.Canvas[]> {
  await getImagesVersion(edition);
  return store.selectCanvases(edition);
}

/** One canvas. Throws not_found. */
export async function getCanvas(edition: string, id: string): Promise<store.Canvas> {
  const [canvas] = await store.selectCanvases(edition, id);
  if (!canvas) throw notFound();
  return canvas;
}

/** The canvas of an edition that an id or an IRI of ours names. Throws not_found. */
export function getCanvasByIdOrIri(edition: string, name: string): Promise<store.Canvas> {
  const named = parseCanvasIri(name);
  if (named && named.edition !== edition) throw notFound();
  return getCanvas(edition, named?.id ?? name);
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
    image: { id, facsimile, info: imageInfo(image) },
    thumbnail: thumbnailUrl(image),
  };
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
export function storedImagesAmong(ids: string[]): Promise<Set<string>> {
  return store.selectStoredImages(ids);
}

/**
 * A picture of the part of an image that a region lies on, `width` pixels wide at most, as JPEG, and whether it is of a
 * facsimile; null of an image that is not kept here.
 */
export async function cropRegion(
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
  return { bytes: await cropImage(whole, box, width), facsimile: image.facsimile };
}

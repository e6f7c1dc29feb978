import { getEditionState } from '@/lib/edition';
import { type Locale, translator } from '@/lib/i18n';
import type { Viewer } from '@/lib/identity/schema';
import { notFound } from '@/lib/kernel/errors';
import { imageInfo, thumbnailUrl } from './image-service';
import { cropImage, sizesFor } from './image-tiling';
import { canvasIri, parseCanvasIri } from './iris';
import type { CanvasView, Region } from './schema';
import * as store from './store';

/** The canvases of an edition in order. Throws not_found for an edition that is not there for this viewer. */
export async function listCanvases(viewer: Viewer, edition: string): Promise<store.Canvas[]> {
  await getEditionState(viewer, edition);
  return store.selectCanvases(viewer, edition);
}

/** One canvas. Throws not_found. */
export async function getCanvas(viewer: Viewer, edition: string, id: string): Promise<store.Canvas> {
  const [canvas] = await store.selectCanvases(viewer, edition, id);
  if (!canvas) throw notFound();
  return canvas;
}

/** The first canvas that has this image, of the editions that the viewer may read; null where there is none. */
export async function findCanvasOfImage(viewer: Viewer, image: string): Promise<store.Canvas | null> {
  const named = await store.selectCanvasOfImage(viewer, image);
  return named === null ? null : getCanvas(viewer, named.edition, named.id);
}

/** The canvas of an edition by its id or its IRI. Throws not_found. */
export function getCanvasByIdOrIri(viewer: Viewer, edition: string, name: string): Promise<store.Canvas> {
  const parsed = parseCanvasIri(name);
  if (parsed && parsed.edition !== edition) throw notFound();
  return getCanvas(viewer, edition, parsed?.id ?? name);
}

/** A canvas for the API; the statement is in `locale`. */
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

/** An image by its id, of an edition that the viewer may read. Throws not_found. */
export async function getImage(viewer: Viewer, id: string): Promise<store.Image> {
  const image = await store.selectImage(viewer, id);
  if (!image) throw notFound();
  return image;
}

/** The canonical path of a file: the whole image in full size is `max` (IIIF Image API 3 §4.7). */
async function canonicalPath(viewer: Viewer, id: string, path: string): Promise<string> {
  const [, width, height, rest] = /^full\/(\d+),(\d+)\/(.*)$/.exec(path) ?? [];
  if (!rest) return path;
  const image = await store.selectImage(viewer, id);
  const isWhole = image?.width === Number(width) && image?.height === Number(height);
  return isWhole ? `full/max/${rest}` : path;
}

/**
 * A stored file of an image of an edition that the viewer may read, by its path, or a small picture of the whole, made of
 * a stored one. Throws not_found.
 */
export async function getImageFile(viewer: Viewer, id: string, path: string): Promise<Buffer> {
  const bytes = await store.selectFile(viewer, id, await canonicalPath(viewer, id, path));
  const found = bytes ?? (await smallPicture(viewer, id, path));
  if (!found) throw notFound();
  return found;
}

/** Greatest width and height of a picture that is made when it is asked for. */
const SMALL = 400;

/**
 * The whole image as small as `full/90,/0/default.jpg` or `full/!90,90/…` asks for it: viewers ask any service for such
 * thumbnails, whatever sizes it lists. Null for any other path.
 */
async function smallPicture(viewer: Viewer, id: string, path: string): Promise<Buffer | null> {
  const [, fits, across, down] = /^full\/(!?)(\d{1,3}),(\d{0,3})\/0\/default\.jpg$/.exec(path) ?? [];
  if (across === undefined || (fits === '') !== (down === '')) return null;
  const image = await store.selectImage(viewer, id);
  if (!image || image.service) return null;
  const byHeight = fits === '' ? Number.POSITIVE_INFINITY : (image.width * Number(down)) / image.height;
  const width = Math.floor(Math.min(Number(across), byHeight));
  if (width < 1 || width > SMALL || width > image.width) return null;
  const size = sizesFor(image).find((stored) => stored.width >= width);
  if (!size) return null;
  const stored = `full/${size.width},${size.height}/0/default.jpg`;
  const whole = await store.selectFile(viewer, id, await canonicalPath(viewer, id, stored));
  return whole && cropImage(whole, { left: 0, top: 0, ...size }, width);
}

/** Those of these images whose files are stored here, so that regions can be cropped from them. */
export function storedImagesAmong(ids: string[]): Promise<Set<string>> {
  return store.selectStoredImages(ids);
}

/**
 * The part of an image in a region, at most `width` pixels wide, as JPEG, and whether it is a facsimile; null where the
 * image is on another server, or of an edition that the viewer may not read.
 */
export async function cropRegion(
  viewer: Viewer,
  imageId: string,
  region: Pick<Region, 'x' | 'y' | 'w' | 'h'>,
  width: number,
): Promise<{ bytes: Buffer; facsimile: boolean } | null> {
  const image = await store.selectImage(viewer, imageId);
  const whole =
    image && !image.service ? await store.selectFile(viewer, imageId, 'full/max/0/default.jpg') : null;
  if (!image || !whole) return null;
  const left = Math.min(Math.floor(region.x), image.width - 1);
  const top = Math.min(Math.floor(region.y), image.height - 1);
  const right = Math.min(Math.ceil(region.x + region.w), image.width);
  const below = Math.min(Math.ceil(region.y + region.h), image.height);
  const box = { left, top, width: Math.max(1, right - left), height: Math.max(1, below - top) };
  return { bytes: await cropImage(whole, box, width), facsimile: image.facsimile };
}

import {
  type Canvas,
  type CanvasImage,
  type Image,
  putCanvasImages,
  putImageService,
  tileImage,
} from '@/lib/canvas';
import { getEdition } from '@/lib/edition';
import { requireOnSite } from '@/lib/identity';
import type { Viewer } from '@/lib/identity/schema';
import { AppError, type FieldError, invalidFields, nullIfNotFound } from '@/lib/kernel/errors';
import { publishDraft, uploadDraft } from '@/lib/publication';
import { fetchImageService } from './fetch-image-service';
import { imageOnlyEdition } from './image-only-edition';
import { type ManifestCanvas, readManifest } from './read-manifest';
import { FetchRefused, safeFetch, safeFetchJson } from './safe-fetch';
import type { ManifestSource, NewImageService } from './schema';

/** Largest manifest, and largest image that a manifest names without a service, in bytes. */
const MANIFEST_MAX_BYTES = 20_000_000;
const IMAGE_MAX_BYTES = 60_000_000;
/** Images that are fetched at the same time. */
const CONCURRENCY = 4;
/** A canvas and its image have the same aspect ratio, except for rounding. */
const ASPECT_TOLERANCE = 0.02;

/**
 * Puts the image of an IIIF image service on a canvas of an edition. For administrators. Throws forbidden, not_found,
 * invalid (the host is not allowed, or has no such service).
 */
export async function attachService(
  viewer: Viewer,
  edition: string,
  { service, ...input }: NewImageService,
): Promise<Canvas> {
  requireOnSite(viewer, 'manage-editions');
  await getEdition(viewer, edition);
  const image = await fetchImageService(service).catch(rethrowAsInvalid('/service'));
  return putImageService(viewer, edition, image, input);
}

/**
 * Puts the images of a manifest on an edition, all or none. Each goes on the canvas that was imported from the same
 * manifest canvas before, else on the canvas of the page that its label names, else on a new one. For administrators.
 * Throws forbidden, not_found, invalid with the pointer of each canvas that cannot be shown.
 */
export async function attachManifest(
  viewer: Viewer,
  edition: string,
  source: ManifestSource,
): Promise<Canvas[]> {
  requireOnSite(viewer, 'manage-editions');
  const { sections } = await getEdition(viewer, edition);
  const { canvases } = await manifestFrom(source);
  const printed = new Set(sections.flatMap(({ pages }) => pages.map(({ label }) => label)));
  const attached = await imagesOf(canvases, (canvas) => {
    const page = pageIn(canvas.label);
    return page !== null && printed.has(page) ? page : undefined;
  });
  return putCanvasImages(viewer, edition, attached);
}

/**
 * Creates and publishes an edition without text from a manifest: the labels of its canvases are its paragraphs. For
 * administrators. Throws as `attachManifest`, and conflict where there is an edition of this name.
 */
export async function importManifest(
  viewer: Viewer,
  slug: string,
  source: ManifestSource,
): Promise<{ edition: string; canvases: Canvas[] }> {
  requireOnSite(viewer, 'manage-editions');
  if (await nullIfNotFound(getEdition(viewer, slug)))
    throw new AppError('conflict', 'There is an edition of this name: attach the manifest to it.');
  const { label, canvases } = await manifestFrom(source);
  const pages = pagesOf(canvases);
  const attached = await imagesOf(canvases, (_, i) => pages[i]);
  const address = 'url' in source ? source.url : null;
  await uploadDraft(
    viewer,
    imageOnlyEdition({ slug, title: label, address, pages, labels: canvases.map((one) => one.label) }),
  );
  await publishDraft(viewer, slug);
  return { edition: slug, canvases: await putCanvasImages(viewer, slug, attached) };
}

/** The page label of each canvas: its own label, or its number if labels are empty or not unique. */
function pagesOf(canvases: ManifestCanvas[]): string[] {
  const labels = canvases.map(({ label }) => label.slice(0, 50).trim());
  const areUnique = labels.every((label) => label !== '') && new Set(labels).size === labels.length;
  return labels.map((label, i) => (areUnique ? label : String(i + 1)));
}

/** The page that a label names: `p. 125`, `125r`, `Seite 12`, `с. 7`. */
function pageIn(label: string): string | null {
  return /^(?:\p{L}+\.?\s+)?((?:\d+|[ivxlcdm]+)[\p{L}]?)$/iu.exec(label.trim())?.[1] ?? null;
}

async function manifestFrom(source: ManifestSource) {
  if ('manifest' in source) return readManifest(source.manifest);
  return readManifest(await safeFetchJson(source.url, MANIFEST_MAX_BYTES).catch(rethrowAsInvalid('/url')));
}

/** Fetches the images of canvases; stores nothing. Throws invalid with the pointer of every canvas that has none. */
async function imagesOf(
  canvases: ManifestCanvas[],
  pageOf: (canvas: ManifestCanvas, i: number) => string | undefined,
): Promise<CanvasImage[]> {
  const attached: CanvasImage[] = [];
  const errors: FieldError[] = [];
  // A gap has no image, and its place in the order.
  const painted = canvases.flatMap((canvas, i) => (canvas.image === null ? [] : [{ canvas, i }]));
  for (let from = 0; from < painted.length; from += CONCURRENCY) {
    const batch = painted.slice(from, from + CONCURRENCY);
    const read = await Promise.allSettled(batch.map(({ canvas }) => imageOf(canvas)));
    for (const [n, result] of read.entries()) {
      const { canvas, i } = batch[n] as (typeof batch)[number];
      if (result.status === 'rejected') errors.push(fieldErrorOf(result.reason, canvas.pointer));
      else {
        const page = pageOf(canvas, i);
        const { origin, label } = canvas;
        attached.push({
          ...result.value,
          origin,
          ...(label && { label }),
          ...(page !== undefined && { page }),
        });
      }
    }
    // Give up early, so that a host that is down is not asked two thousand times.
    if (errors.length >= MAX_ERRORS) break;
  }
  if (errors.length > 0) throw invalidFields(errors);
  return attached;
}

const MAX_ERRORS = 20;

/** The image of a canvas: that of its image service, or a file that is fetched and tiled. */
async function imageOf({
  image,
  width,
  height,
}: ManifestCanvas): Promise<Pick<CanvasImage, 'image' | 'files'>> {
  if (image === null) throw new Error('A gap has no image.');
  const found =
    'service' in image
      ? { image: await fetchImageService(image.service), files: [] }
      : await fetchImage(image.file);
  const [canvasAspect, imageAspect] = [width / height, found.image.width / found.image.height];
  if (Math.abs(canvasAspect / imageAspect - 1) > ASPECT_TOLERANCE) {
    throw new FetchRefused(
      'The canvas is {width} × {height}, and its image {imageWidth} × {imageHeight}: another shape.',
      {
        width,
        height,
        imageWidth: found.image.width,
        imageHeight: found.image.height,
      },
    );
  }
  return found;
}

async function fetchImage(address: string): Promise<{ image: Image; files: CanvasImage['files'] }> {
  const accept = 'image/jpeg, image/png, image/tiff, image/webp';
  const { files, ...size } = await tileImage(await safeFetch(address, IMAGE_MAX_BYTES, accept));
  return { image: { ...size, service: null, facsimile: true }, files };
}

function rethrowAsInvalid(pointer: string): (error: unknown) => never {
  return (error) => {
    throw invalidFields([fieldErrorOf(error, pointer)]);
  };
}

/** An error of fetching or of tiling as a field error at `pointer`; rethrows any other error. */
function fieldErrorOf(error: unknown, pointer: string): FieldError {
  if (error instanceof FetchRefused) return { pointer, detail: error.detail, values: error.values };
  if (error instanceof AppError && (error.code === 'invalid' || error.code === 'too_large')) {
    const [first] = error.errors;
    return { ...(first ?? { detail: error.message }), pointer };
  }
  throw error;
}

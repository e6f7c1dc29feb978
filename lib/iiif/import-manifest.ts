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
import { AppError, type FieldError, nullIfNotFound } from '@/lib/kernel/errors';
import { publishDraft, uploadDraft } from '@/lib/publication';
import { fetchImageService } from './fetch-image-service';
import { imageOnlyEdition } from './image-only-edition';
import { type ManifestCanvas, readManifest } from './read-manifest';
import { FetchRefused, safeFetch, safeFetchJson } from './safe-fetch';
import type { ManifestSource, NewImageService } from './schema';

/** Bytes of a manifest, and of a picture that a manifest names without a service. */
const MANIFEST_LARGEST = 20_000_000;
const PICTURE_LARGEST = 60_000_000;
/** Services that are asked at a time. */
const AT_A_TIME = 4;
/** A canvas and its image have one shape, but for rounding. */
const TOLERANCE = 0.02;

/**
 * Puts an image of an IIIF image service on a canvas of an edition. For administrators. Throws forbidden, not_found,
 * invalid (a host that is not allowed, no service).
 */
export async function attachService(
  viewer: Viewer,
  edition: string,
  { service, ...wanted }: NewImageService,
): Promise<Canvas> {
  requireOnSite(viewer, 'manage-editions');
  await getEdition(edition);
  const image = await fetchImageService(service).catch(refusing('/service'));
  return putImageService(viewer, edition, image, wanted);
}

/**
 * Puts the canvases of a manifest on an edition: on the canvas that came from the same one before, on that of the page
 * which its label names, or on a new one. All or nothing. For administrators. Throws forbidden, not_found, invalid
 * with the pointer of each canvas that cannot be shown.
 */
export async function attachManifest(
  viewer: Viewer,
  edition: string,
  source: ManifestSource,
): Promise<Canvas[]> {
  requireOnSite(viewer, 'manage-editions');
  const { sections } = await getEdition(edition);
  const { canvases } = await manifestFrom(source);
  const printed = new Set(sections.flatMap(({ pages }) => pages.map(({ label }) => label)));
  const attached = await imagesOf(canvases, (canvas) => {
    const page = pageIn(canvas.label);
    return page !== null && printed.has(page) ? page : undefined;
  });
  return putCanvasImages(viewer, edition, attached);
}

/**
 * Makes an edition of images alone out of a manifest, published, its canvases' labels its text. For administrators.
 * Throws as `attachManifest`, and conflict where there is an edition of this name.
 */
export async function importManifest(
  viewer: Viewer,
  slug: string,
  source: ManifestSource,
): Promise<{ edition: string; canvases: Canvas[] }> {
  requireOnSite(viewer, 'manage-editions');
  if (await nullIfNotFound(getEdition(slug)))
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

/** What each canvas is called as a page: its label, or its number where that is another's too, or empty. */
function pagesOf(canvases: ManifestCanvas[]): string[] {
  const labels = canvases.map(({ label }) => label.slice(0, 50).trim());
  const isClear = labels.every((label) => label !== '') && new Set(labels).size === labels.length;
  return labels.map((label, i) => (isClear ? label : String(i + 1)));
}

/** The page that a label names: `p. 125`, `125r`, `Seite 12`, `с. 7`. */
function pageIn(label: string): string | null {
  return /^(?:\p{L}+\.?\s+)?((?:\d+|[ivxlcdm]+)[\p{L}]?)$/iu.exec(label.trim())?.[1] ?? null;
}

async function manifestFrom(source: ManifestSource) {
  if ('manifest' in source) return readManifest(source.manifest);
  return readManifest(await safeFetchJson(source.url, MANIFEST_LARGEST).catch(refusing('/url')));
}

/** The images of canvases, some at a time; nothing is stored. Throws invalid with every canvas that has none. */
async function imagesOf(
  canvases: ManifestCanvas[],
  pageOf: (canvas: ManifestCanvas, i: number) => string | undefined,
): Promise<CanvasImage[]> {
  const attached: CanvasImage[] = [];
  const errors: FieldError[] = [];
  for (let from = 0; from < canvases.length; from += AT_A_TIME) {
    const some = canvases.slice(from, from + AT_A_TIME);
    const read = await Promise.allSettled(some.map(imageOf));
    for (const [i, result] of read.entries()) {
      const canvas = some[i] as ManifestCanvas;
      if (result.status === 'rejected') errors.push(faultOf(result.reason, canvas.pointer));
      else {
        const page = pageOf(canvas, from + i);
        const { origin, label } = canvas;
        attached.push({
          ...result.value,
          origin,
          ...(label && { label }),
          ...(page !== undefined && { page }),
        });
      }
    }
    // A host that is down is not asked two thousand times.
    if (errors.length >= MOST_FAULTS) break;
  }
  if (errors.length > 0) throw new AppError('invalid', 'Some fields are not right.', { errors });
  return attached;
}

const MOST_FAULTS = 20;

/** The image of a canvas: that of its service, or a picture that is fetched and made anew. */
async function imageOf({
  image,
  width,
  height,
}: ManifestCanvas): Promise<Pick<CanvasImage, 'image' | 'files'>> {
  const found =
    'service' in image
      ? { image: await fetchImageService(image.service), files: [] }
      : await pictureAt(image.file);
  const [wished, real] = [width / height, found.image.width / found.image.height];
  if (Math.abs(wished / real - 1) > TOLERANCE) {
    throw new FetchRefused(
      'The canvas is {width} × {height}, and its image {imageWidth} × {imageHeight}: another shape.',
      {
        ...{ width, height, imageWidth: found.image.width, imageHeight: found.image.height },
      },
    );
  }
  return found;
}

async function pictureAt(address: string): Promise<{ image: Image; files: CanvasImage['files'] }> {
  const accept = 'image/jpeg, image/png, image/tiff, image/webp';
  const { files, ...size } = await tileImage(await safeFetch(address, PICTURE_LARGEST, accept));
  return { image: { ...size, service: null, facsimile: true }, files };
}

function refusing(pointer: string): (error: unknown) => never {
  return (error) => {
    throw new AppError('invalid', 'Some fields are not right.', { errors: [faultOf(error, pointer)] });
  };
}

/** An error of fetching or of a picture as a fault at `pointer`; throws what is neither. */
function faultOf(error: unknown, pointer: string): FieldError {
  if (error instanceof FetchRefused) return { pointer, detail: error.detail, values: error.values };
  if (error instanceof AppError && (error.code === 'invalid' || error.code === 'too_large')) {
    const [first] = error.errors;
    return { ...(first ?? { detail: error.message }), pointer };
  }
  throw error;
}

import { scaleFactors, sizesFor, TILE } from './image-tiling';
import { imageIri } from './iris';
import type * as store from './store';

/** The IRI of an image's service (IIIF Image API 3 §2), on this server or another. */
export function serviceIri({ id, service }: Pick<store.Image, 'id' | 'service'>): string {
  const externalId = service?.id ?? service?.['@id'];
  return typeof externalId === 'string' ? externalId : imageIri(id);
}

/** The info.json of an image's service (IIIF Image API 3 §5); ours are static, level 0. */
export function imageInfo(image: store.Image): Record<string, unknown> {
  if (image.service) return image.service;
  const { width, height } = image;
  return {
    '@context': 'http://iiif.io/api/image/3/context.json',
    id: imageIri(image.id),
    type: 'ImageService3',
    protocol: 'http://iiif.io/api/image',
    profile: 'level0',
    width,
    height,
    sizes: sizesFor(image),
    tiles: [{ type: 'Tile', width: TILE, height: TILE, scaleFactors: scaleFactors(image) }],
    preferredFormats: ['jpg'],
  };
}

/** Least width of a thumbnail in pixels. */
const THUMBNAIL_WIDTH = 200;

/** The address of an image's thumbnail. */
export function thumbnailUrl(image: store.Image): string {
  const listed = image.service
    ? ((image.service.sizes as { width: number; height: number }[] | undefined) ?? [])
    : sizesFor(image);
  const size = [...listed].sort((a, b) => a.width - b.width).find(({ width }) => width >= THUMBNAIL_WIDTH);
  // A service that lists no sizes makes any size, and computes the height itself.
  if (!size)
    return image.service
      ? `${serviceIri(image)}/full/${THUMBNAIL_WIDTH},/0/default.jpg`
      : fullImageUrl(image);
  return `${serviceIri(image)}/full/${size.width},${size.height}/0/default.jpg`;
}

/** The address of the whole image in full size. */
export function fullImageUrl(image: store.Image): string {
  // Version 2 calls the full size `full` (IIIF Image API 2.1 §4.2).
  const size = image.service && !('id' in image.service) ? 'full' : 'max';
  return `${serviceIri(image)}/full/${size}/0/default.jpg`;
}

import { scaleFactors, sizesFor, TILE } from './image-tiling';
import { imageIri } from './iris';
import type * as store from './store';

/** The IRI of an image service of ours (IIIF Image API 3 §2), or of the one elsewhere. */
export function serviceIri({ id, service }: Pick<store.Image, 'id' | 'service'>): string {
  const elsewhere = service?.id ?? service?.['@id'];
  return typeof elsewhere === 'string' ? elsewhere : imageIri(id);
}

/** What an image service says of itself (IIIF Image API 3 §5): ours are static, level 0. */
export function imageInfo(image: store.Image): Record<string, unknown> {
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
export function thumbnailUrl(image: store.Image): string {
  const listed = image.service
    ? ((image.service.sizes as { width: number; height: number }[] | undefined) ?? [])
    : sizesFor(image);
  const size = [...listed].sort((a, b) => a.width - b.width).find(({ width }) => width >= THUMBNAIL);
  // A service that lists no sizes makes any; the height is its to reckon.
  if (!size)
    return image.service ? `${serviceIri(image)}/full/${THUMBNAIL},/0/default.jpg` : fullImageUrl(image);
  return `${serviceIri(image)}/full/${size.width},${size.height}/0/default.jpg`;
}

/** The address of the whole picture, as large as it is. */
export function fullImageUrl(image: store.Image): string {
  // In version 2 the whole is called `full` (IIIF Image API 2.1 §4.2).
  const size = image.service && !('id' in image.service) ? 'full' : 'max';
  return `${serviceIri(image)}/full/${size}/0/default.jpg`;
}

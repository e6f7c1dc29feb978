import { config } from '@/lib/config';
import { decodeUri } from '@/lib/kernel/uri';

/** The IRI of a canvas, the source of its regions. */
export function canvasIri(edition: string, id: string): string {
  return `${config().address}/iiif/${encodeURIComponent(edition)}/canvas/${encodeURIComponent(id)}`;
}

/** The IRI of an image. */
export function imageIri(id: string): string {
  return `${config().address}/iiif/images/${id}`;
}

/** The address of a whole image on this site, for its pages: `id` is the SHA-256 of its source. */
export function imagePath(id: string): string {
  return `/iiif/images/${id}/full/max/0/default.jpg`;
}

/** Edition and id in the IRI of a canvas of this server, with or without a fragment; null for another IRI. */
export function parseCanvasIri(iri: string): { edition: string; id: string } | null {
  const { address } = config();
  const path = iri.startsWith(`${address}/`) ? iri.slice(address.length) : '';
  const [, edition, id] = /^\/iiif\/([^/?#]+)\/canvas\/([^/?#]+)(?:[?#]|$)/.exec(path) ?? [];
  return edition && id ? { edition: decodeUri(edition) ?? edition, id: decodeUri(id) ?? id } : null;
}

/** The id of an image of this server by its IRI, or by the address of one of its files; null for another IRI. */
export function parseImageIri(iri: string): string | null {
  const start = imageIri('');
  return (iri.startsWith(start) && iri.slice(start.length).split(/[/?#]/)[0]) || null;
}

import { config } from '@/lib/config';
import { decodeUri } from '@/lib/kernel/uri';

/** The IRI of a canvas: the target of what is written on it. */
export function canvasIri(edition: string, id: string): string {
  return `${config().address}/iiif/${encodeURIComponent(edition)}/canvas/${encodeURIComponent(id)}`;
}

/** The IRI of an image, by which it is known on this server. */
export function imageIri(id: string): string {
  return `${config().address}/iiif/images/${id}`;
}

/** The edition and the id in the IRI of a canvas of ours, a fragment left out; null where it is none. */
export function parseCanvasIri(iri: string): { edition: string; id: string } | null {
  const { address } = config();
  const path = iri.startsWith(`${address}/`) ? iri.slice(address.length) : '';
  const [, edition, id] = /^\/iiif\/([^/?#]+)\/canvas\/([^/?#]+)(?:[?#]|$)/.exec(path) ?? [];
  return edition && id ? { edition: decodeUri(edition) ?? edition, id: decodeUri(id) ?? id } : null;
}

/** The id of an image of ours by its IRI, or by that of a picture of it; null where it is none. */
export function parseImageIri(iri: string): string | null {
  const start = imageIri('');
  return (iri.startsWith(start) && iri.slice(start.length).split(/[/?#]/)[0]) || null;
}

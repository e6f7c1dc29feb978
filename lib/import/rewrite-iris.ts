import { config } from '@/lib/config';
import { isId } from '@/lib/kernel/ids';
import { isObject, type Json } from '@/lib/kernel/json';
import { SCHOLION_NS, SECTION_PROPERTY } from '@/lib/w3c';

/** The properties of an annotation that have IRIs of the exporting server. */
const IRI_PROPERTIES = [
  ...['id', 'target', 'creator', 'generator', 'via', 'canonical', 'partOf'],
  SECTION_PROPERTY,
];
const ANNOTATION_IRI = /^(https?:\/\/.+)\/groups\/[^/]+\/annotations\/([^/?#]+)$/;

/**
 * The address of the Scholion server that exported a file: by the IRIs of its annotations, where one of them names
 * Scholion as its generator or has a property of ours, or where all of them are of that server. Null for a file of
 * another program.
 */
export function exportingAddressOf(items: { annotation: object }[]): string | null {
  const addresses = new Set<string | null>();
  for (const { annotation } of items) {
    if (!isObject(annotation)) continue;
    const { id, generator } = annotation;
    const [, address, name = ''] = (typeof id === 'string' && ANNOTATION_IRI.exec(id)) || [];
    if (address) {
      const isOurs = isObject(generator) && generator.name === 'Scholion';
      const hasOurs = Object.keys(annotation).some((property) => property.startsWith(SCHOLION_NS));
      if (isOurs || hasOurs || address === config().address) return address;
    }
    addresses.add(address && isId(name) ? address : null);
  }
  const [only] = addresses;
  return addresses.size === 1 && only ? only : null;
}

/**
 * An annotation of another Scholion server with the address in its IRIs replaced by this server's. Texts are not
 * changed.
 */
export function rewriteIris(annotation: Json, from: string): Json {
  const { address } = config();
  if (from === address) return annotation;
  const rewrite = (value: unknown): unknown => {
    if (typeof value === 'string') {
      // Scheme and host are case-insensitive (RFC 3986 §6.2.2.1).
      const [start, rest] = [value.slice(0, from.length), value.slice(from.length)];
      const isOfServer = start.toLowerCase() === from.toLowerCase() && (rest === '' || rest.startsWith('/'));
      return isOfServer ? address + rest : value;
    }
    if (Array.isArray(value)) return value.map(rewrite);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, inner]) => [
        name,
        // Quotes and texts are not IRIs.
        ['exact', 'prefix', 'suffix', 'value'].includes(name) ? inner : rewrite(inner),
      ]),
    );
  };
  return Object.fromEntries(
    Object.entries(annotation).map(([name, value]) => [
      name,
      IRI_PROPERTIES.includes(name) ? rewrite(value) : value,
    ]),
  );
}

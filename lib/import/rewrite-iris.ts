import { config } from '@/lib/config';
import type { Json } from '@/lib/kernel/json';

/** The properties of an annotation that have IRIs of the exporting server. */
const IRI_PROPERTIES = ['id', 'target', 'creator', 'generator', 'via', 'canonical', 'partOf'];
const ANNOTATION_IRI = /^(https?:\/\/.+)\/groups\/[^/]+\/annotations\/[^/?#]+$/;

/**
 * The address of the Scholion server that exported a file, recognised by the IRIs and generators of its annotations;
 * null for a file of another program.
 */
export function exportingAddressOf(items: { annotation: object }[]): string | null {
  for (const { annotation } of items) {
    const { id, generator } = annotation as { id?: unknown; generator?: { name?: unknown; id?: unknown } };
    const [, address] = (typeof id === 'string' && ANNOTATION_IRI.exec(id)) || [];
    if (address) return generator?.name === 'Scholion' || address === config().address ? address : null;
  }
  return null;
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

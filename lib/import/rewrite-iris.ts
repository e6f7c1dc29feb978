import { config } from '@/lib/config';
import type { Json } from '@/lib/kernel/json';

/** Whose IRIs stand in these properties: an annotation's own, and of what it speaks of and by whom. */
const NAMING = ['id', 'target', 'creator', 'generator', 'via', 'canonical', 'partOf'];
const ITEM = /^(https?:\/\/.+)\/groups\/[^/]+\/annotations\/[^/?#]+$/;

/**
 * The address of the Scholion that a file was exported from, told by how its annotations are named and who made
 * them; null where it comes from elsewhere.
 */
export function exportingAddressOf(items: { annotation: object }[]): string | null {
  for (const { annotation } of items) {
    const { id, generator } = annotation as { id?: unknown; generator?: { name?: unknown; id?: unknown } };
    const [, address] = (typeof id === 'string' && ITEM.exec(id)) || [];
    if (address) return generator?.name === 'Scholion' || address === config().address ? address : null;
  }
  return null;
}

/**
 * An annotation of another Scholion as one of this server: its IRIs begin with the address here. What people wrote is
 * left as it is.
 */
export function rewriteIris(annotation: Json, from: string): Json {
  const { address } = config();
  if (from === address) return annotation;
  const here = (value: unknown): unknown => {
    if (typeof value === 'string') {
      // Scheme and host are the same in capitals (RFC 3986 §6.2.2.1).
      const [start, rest] = [value.slice(0, from.length), value.slice(from.length)];
      const isThere = start.toLowerCase() === from.toLowerCase() && (rest === '' || rest.startsWith('/'));
      return isThere ? address + rest : value;
    }
    if (Array.isArray(value)) return value.map(here);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, inner]) => [
        name,
        // The words of a passage are nobody's IRI.
        ['exact', 'prefix', 'suffix', 'value'].includes(name) ? inner : here(inner),
      ]),
    );
  };
  return Object.fromEntries(
    Object.entries(annotation).map(([name, value]) => [name, NAMING.includes(name) ? here(value) : value]),
  );
}

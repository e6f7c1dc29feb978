import { createHash } from 'node:crypto';
import { isObject, type Json } from '@/lib/kernel/json';

/** Conversions that the files of other programs need to become valid Web Annotations. */

export function toArray(value: unknown): unknown[] {
  return Array.isArray(value) ? value : value === undefined || value === null ? [] : [value];
}

const UUID = /^#?([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/i;

/** Whether an id is a bare UUID, as the programs of the Recogito family give them. */
export function isBareUuid(id: unknown): boolean {
  return typeof id === 'string' && UUID.test(id.trim());
}

/** `id` as an IRI (RFC 3987): a UUID becomes a URN (RFC 9562 §4), another name is put below `namespace`; invalid characters are escaped. */
export function externalIri(id: string, namespace: string): string {
  const [, uuid] = UUID.exec(id.trim()) ?? [];
  if (uuid) return `urn:uuid:${uuid.toLowerCase()}`;
  const escaped = id.trim().replace(/[\s\p{Cc}<>"{}|\\^`]|%(?![0-9a-f]{2})/giu, encodeURIComponent);
  if (/^[a-z][a-z0-9+.-]*:./i.test(escaped)) return escaped;
  return `${namespace}${encodeURIComponent(id.trim().replace(/^#/, ''))}`;
}

/**
 * The IRI of an annotation by its id in a file. An id such as `1` means another annotation in another file, so what the
 * annotation is on becomes a part of its IRI.
 */
export function annotationIri({ id, target, created }: Json, pointer: string, namespace: string): string {
  const name = typeof id === 'number' ? String(id) : id;
  const iri = externalIri(typeof name === 'string' && name.trim() !== '' ? name : pointer, namespace);
  if (!iri.startsWith(namespace)) return iri;
  const about = createHash('sha256').update(JSON.stringify([target, created]) ?? '');
  return `${iri}~${about.digest('hex').slice(0, 12)}`;
}

/**
 * Selectors of a text on another site. Paths mean nothing in our text, and positions only where a quote says what stands
 * there. Without a quote they are kept under types in `namespace`, which nothing resolves.
 */
export function portableSelectors(selectors: unknown[], namespace: string): Json[] {
  const known = selectors.filter(isObject).filter(({ type }) => typeof type === 'string');
  const hasQuote = known.some(({ type, exact }) => type === 'TextQuoteSelector' && typeof exact === 'string');
  if (hasQuote)
    return known.filter(({ type }) => !/^(DataPosition|Range|XPath|Css)Selector$/.test(String(type)));
  return known.map((selector) =>
    /^(TextPosition|DataPosition|Range|XPath|Css)Selector$/.test(String(selector.type))
      ? { ...selector, type: `${namespace}${selector.type}` }
      : selector,
  );
}

/** The members whose value is not undefined. */
export function omitUndefined(members: Json): Json {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
}

import { isObject, type Json } from '@/lib/kernel/json';

/** Conversions that the files of Hypothesis and Recogito both need to become valid Web Annotations. */

export function toArray(value: unknown): unknown[] {
  return Array.isArray(value) ? value : value === undefined || value === null ? [] : [value];
}

const UUID = /^#?([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/i;

/** `id` as an IRI (RFC 3987): a UUID becomes a URN (RFC 9562 §4), another name is put below `namespace`; invalid characters are escaped. */
export function externalIri(id: string, namespace: string): string {
  const [, uuid] = UUID.exec(id.trim()) ?? [];
  if (uuid) return `urn:uuid:${uuid.toLowerCase()}`;
  const escaped = id.trim().replace(/[\s\p{Cc}<>"{}|\\^`]|%(?![0-9a-f]{2})/giu, encodeURIComponent);
  if (/^[a-z][a-z0-9+.-]*:./i.test(escaped)) return escaped;
  return `${namespace}${encodeURIComponent(id.trim().replace(/^#/, ''))}`;
}

/** A time in UTC with "Z" (W3C Annotation Model §3.3.1); undefined where `time` is none. */
export function toUtc(time: unknown): string | undefined {
  if (typeof time !== 'string') return undefined;
  if (/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|\+00:00)$/.test(time) && !Number.isNaN(Date.parse(time))) {
    return time.replace('+00:00', 'Z');
  }
  // Python writes UTC without a time zone.
  const date = new Date(/T[\d:.]+$/.test(time) ? `${time}Z` : time);
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}

/**
 * Selectors of a text on another site. Its positions and paths mean nothing in our text, so only the quote is used.
 * Without a quote they are kept under types in `namespace`, which nothing resolves.
 */
export function portableSelectors(selectors: unknown[], namespace: string): Json[] {
  const known = selectors.filter(isObject).filter(({ type }) => typeof type === 'string');
  const isOfTheirText = ({ type }: Json) =>
    /^(TextPosition|DataPosition|Range|XPath|Css)Selector$/.test(String(type));
  const hasQuote = known.some(({ type, exact }) => type === 'TextQuoteSelector' && typeof exact === 'string');
  if (hasQuote) return known.filter((selector) => !isOfTheirText(selector));
  return known.map((selector) =>
    isOfTheirText(selector) ? { ...selector, type: `${namespace}${selector.type}` } : selector,
  );
}

/** The members whose value is not undefined. */
export function omitUndefined(members: Json): Json {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
}

/** Where somebody read last: kept in a cookie, so that the home page can be made with it, on this browser alone. */
export type Place = { edition: string; section: string; paragraph: string | null; group: string | null };

export const PLACE_COOKIE = 'place';

/** The longest part of a cookie that is believed, in UTF-16 code units. */
const LONGEST = 1_000;

/** The address of a place: the reading page, in its group, at its paragraph. */
export function placeAddress({ edition, section, paragraph, group }: Place): string {
  const query = group ? `?group=${encodeURIComponent(group)}` : '';
  const hash = paragraph ? `#${encodeURIComponent(paragraph)}` : '';
  return `/editions/${encodeURIComponent(edition)}/${encodeURIComponent(section)}${query}${hash}`;
}

/** The place that a cookie tells of (percent-encoded or not); null where it tells of none. */
export function readPlace(cookie: string | undefined): Place | null {
  if (!cookie || cookie.length > LONGEST) return null;
  try {
    const url = new URL(cookie.startsWith('/') ? cookie : decodeURIComponent(cookie), 'http://localhost');
    const [, edition, section, ...rest] = url.pathname.split('/').slice(1).map(decodeURIComponent);
    if (!url.pathname.startsWith('/editions/') || !edition || !section || rest.length > 0) return null;
    const paragraph = decodeURIComponent(url.hash.slice(1)) || null;
    return { edition, section, paragraph, group: url.searchParams.get('group') };
  } catch {
    // Not ours, or cut off.
    return null;
  }
}

/** Keeps a place for half a year. */
export function writePlace(place: Place): void {
  const value = encodeURIComponent(placeAddress(place));
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not everywhere yet
  document.cookie = `${PLACE_COOKIE}=${value}; Path=/; Max-Age=15552000; SameSite=Lax`;
}

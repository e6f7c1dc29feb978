/** `text` with its percent-encoding undone (RFC 3986 §2.1); null where the octets are not UTF-8, or `%` begins none. */
export function decodeUri(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

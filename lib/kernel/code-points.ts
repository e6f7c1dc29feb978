/**
 * Conversion between code points and UTF-16; no other file converts them. Offsets in storage and in every interface
 * count Unicode code points (W3C Annotation Model §4.2.4); JavaScript strings count UTF-16 units.
 */

/** Number of code points in `text`. A lone surrogate counts as one. */
export function codePointLength(text: string): number {
  let length = 0;
  for (let i = 0; i < text.length; i += isPair(text, i) ? 2 : 1) length++;
  return length;
}

/** UTF-16 index of the code point offset `offset`; `text.length` where `offset` is past the end. */
export function toUtf16(text: string, offset: number): number {
  let index = 0;
  for (let n = 0; n < offset && index < text.length; n++) index += isPair(text, index) ? 2 : 1;
  return index;
}

/** Code point offset of the UTF-16 index `index`. An index inside a surrogate pair counts as the pair's start. */
export function toCodePoint(text: string, index: number): number {
  let offset = 0;
  for (let i = 0; i < index && i < text.length; offset++) {
    const width = isPair(text, i) ? 2 : 1;
    if (i + width > index) break;
    i += width;
  }
  return offset;
}

/** `text[start, end)` in code points. */
export function sliceCodePoints(text: string, start: number, end: number): string {
  const from = toUtf16(text, start);
  const tail = text.slice(from);
  return tail.slice(0, toUtf16(tail, Math.max(0, end - start)));
}

/** A hash of 30 bits to compare texts by: FNV-1a of the UTF-16 code units, the upper bits of 32. */
export function fingerprint(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  // JavaScript engines store integers of 30 bits without a heap object.
  return hash >>> 2;
}

function isPair(text: string, i: number): boolean {
  const high = text.charCodeAt(i);
  if (high < 0xd800 || high > 0xdbff) return false;
  const low = text.charCodeAt(i + 1);
  return low >= 0xdc00 && low <= 0xdfff;
}

/** Text as XML 1.0 has it (§2.2, §2.4): what is no character there becomes U+FFFD. */
export function escapeXml(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD')
    .replace(/[&<>"\t\r]/g, (character) => `&#${character.charCodeAt(0)};`);
}

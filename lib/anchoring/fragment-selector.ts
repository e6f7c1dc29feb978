import { codePointLength } from '@/lib/kernel/code-points';
import { decodeUri } from '@/lib/kernel/uri';

/** A section to select in: its canonical text, and the offsets of its paragraphs in code points. */
export type SelectableSection = {
  id: string;
  text: string;
  paragraphs: readonly { id: string; start: number; end: number }[];
};

/** Why a selector leads nowhere. */
export type OrphanReason =
  | 'absent'
  | 'ambiguous'
  | 'contradiction'
  | 'empty'
  | 'imprecise'
  | 'malformed'
  | 'no-selector'
  | 'no-such-paragraph'
  | 'out-of-range'
  | 'unknown-type';

/** A half-open range in code points. */
export type TextRange = { start: number; end: number };

/** The paragraph that an id names, in full (`doc1.p3`) or within its section (`p3`). */
export function findParagraph(
  { id: section, paragraphs }: SelectableSection,
  id: string,
): TextRange | undefined {
  return (
    paragraphs.find((paragraph) => paragraph.id === id) ??
    paragraphs.find((paragraph) => paragraph.id === `${section}.${id}`)
  );
}

/**
 * Resolves a fragment (W3C Annotation Model §4.2.1): a paragraph, `doc1.p4-doc1.p6`, words as `doc1.p4@12-40`
 * in code points of the paragraph, or `char=12,40` of RFC 5147 in those of `scope`.
 */
export function resolveFragment(
  section: SelectableSection,
  scope: TextRange,
  value: string,
): (TextRange & { words: boolean }) | { orphaned: OrphanReason } {
  const encoded = value.slice(value.indexOf('#') + 1).trim();
  const fragment = decodeUri(encoded) ?? encoded;
  if (fragment.startsWith('char=')) return resolveCharFragment(section, scope, fragment);
  if (/^[\w:]+=/.test(fragment)) return { orphaned: 'unknown-type' };
  const whole = fragment === section.id ? scope : findParagraph(section, fragment);
  if (whole) return { start: whole.start, end: whole.end, words: false };
  const [, id, from, to] = /^(.+)@(\d+)-(\d+)$/.exec(fragment) ?? [];
  if (id !== undefined) {
    const paragraph = findParagraph(section, id);
    if (!paragraph) return { orphaned: 'no-such-paragraph' };
    const range = { start: paragraph.start + Number(from), end: paragraph.start + Number(to), words: true };
    return range.start <= range.end && range.end <= paragraph.end ? range : { orphaned: 'out-of-range' };
  }
  // An id may have hyphens of its own.
  for (let at = fragment.indexOf('-'); at > 0; at = fragment.indexOf('-', at + 1)) {
    const first = findParagraph(section, fragment.slice(0, at));
    const last = findParagraph(section, fragment.slice(at + 1));
    if (first && last && first.start <= last.start)
      return { start: first.start, end: last.end, words: false };
  }
  return { orphaned: 'no-such-paragraph' };
}

/** RFC 5147 §2.2.1 and §2.3: positions between characters, either of them may be left out; `length` is checked. */
function resolveCharFragment({ text }: SelectableSection, scope: TextRange, fragment: string) {
  const [, from, comma, to, checks = ''] = /^char=(\d*)(,?)(\d*)((?:;.*)?)$/.exec(fragment) ?? [];
  if (from === undefined || (!from && !to)) return { orphaned: 'malformed' as const };
  const length = /;length=(\d+)/.exec(checks)?.[1];
  if (length !== undefined && Number(length) !== codePointLength(text)) {
    return { orphaned: 'contradiction' as const };
  }
  const start = scope.start + Number(from || 0);
  const end = to ? scope.start + Number(to) : comma ? scope.end : start;
  if (start > end || end > scope.end) return { orphaned: 'out-of-range' as const };
  return { start, end, words: true };
}

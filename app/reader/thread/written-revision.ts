/** The revision that a passage was annotated on. Pure. */
import type { Passage } from '@/lib/target/schema';

/** Where a passage stood when it was annotated. */
export type WrittenRevision = NonNullable<Passage['written']>;

/** The revision that a passage was annotated on, where the page shows another one. */
export function writtenRevision(
  { written }: Pick<Passage, 'written'>,
  shown: number,
): WrittenRevision | null {
  return written && written.revision !== shown ? written : null;
}

/** Longest quotation that goes whole into an address, in UTF-16 units; of a longer one the first and last words do. */
const WHOLE = 120;
const WORDS_AT_ENDS = 5;

/** The passage in its revision, as a text fragment: the browser finds and highlights the words itself. */
export function writtenRevisionUrl(
  { edition, section, exact }: Pick<Passage, 'edition' | 'section' | 'exact'>,
  { revision }: WrittenRevision,
): string {
  const words = (exact ?? '').split(/\s+/).filter(Boolean);
  const ends = [words.slice(0, WORDS_AT_ENDS), words.slice(-WORDS_AT_ENDS)];
  const parts = (exact ?? '').length > WHOLE && words.length > 2 * WORDS_AT_ENDS ? ends : [words];
  // Dash and comma separate the parts of a text fragment (URL Fragment Text Directives §3.3).
  const encode = (part: string[]) => encodeURIComponent(part.join(' ')).replaceAll('-', '%2D');
  const path = `/editions/${encodeURIComponent(edition)}/${encodeURIComponent(section)}?revision=${revision}`;
  return words.length > 0 ? `${path}#:~:text=${parts.map(encode).join(',')}` : path;
}

/** What a note says of the text that it was written on. Pure. */
import type { Passage } from '@/lib/annotation/schema';

/** Where a passage stood when it was chosen. */
export type WrittenRevision = NonNullable<Passage['written']>;

/** Where a passage was chosen, if that is another revision than the one that is shown. */
export function writtenRevision(
  { written }: Pick<Passage, 'written'>,
  shown: number,
): WrittenRevision | null {
  return written && written.revision !== shown ? written : null;
}

/** Longest quotation that goes whole into an address; of a longer one its first and last words do. */
const WHOLE = 120;
const ENDS = 5;

/** The words of then on the text of then: the browser looks them up there itself. */
export function writtenRevisionUrl(
  { edition, section, exact }: Pick<Passage, 'edition' | 'section' | 'exact'>,
  { revision }: WrittenRevision,
): string {
  const words = (exact ?? '').split(/\s+/).filter(Boolean);
  const ends = [words.slice(0, ENDS), words.slice(-ENDS)];
  const parts = (exact ?? '').length > WHOLE && words.length > 2 * ENDS ? ends : [words];
  // A dash and a comma have a meaning of their own there (URL Fragment Text Directives §3.3).
  const encode = (part: string[]) => encodeURIComponent(part.join(' ')).replaceAll('-', '%2D');
  const place = `/editions/${encodeURIComponent(edition)}/${encodeURIComponent(section)}?revision=${revision}`;
  return words.length > 0 ? `${place}#:~:text=${parts.map(encode).join(',')}` : place;
}

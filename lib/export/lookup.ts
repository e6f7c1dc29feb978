import { referenceRange } from '@/lib/edition/reference-range';
import type { Edition, Section } from '@/lib/edition/schema';
import type { IndexEntry } from './snapshot';

/**
 * What formats look up while they write. Arguments and results are plain data, so that a worker thread without a
 * database can call it by messages.
 */
export type Lookup = {
  /** Null where there is none any more. */
  edition: (slug: string) => Promise<(Pick<Edition, 'title' | 'language'> & { authors: string[] }) | null>;
  /** A section's IRI and its text in the current revision; null where that has no such section any more. */
  section: (edition: string, id: string) => Promise<{ iri: string; section: Section | null }>;
  /** A canvas's IRI, and the printed page that it shows. */
  canvas: (edition: string, id: string) => Promise<{ iri: string; page: string | null }>;
  /** The TEI source of the current revision. Throws not_found. */
  source: (edition: string) => Promise<string>;
  /** The HTML of a body. */
  markdown: (body: string) => Promise<string>;
  /** The image of a region in JPEG, and whether it is a facsimile; null where the image is on another server. */
  regionImage: (
    region: IndexEntry['regions'][number],
  ) => Promise<{ bytes: Uint8Array; facsimile: boolean } | null>;
};

/** `load`, called once for each list of arguments; those contain no '/'. */
export function memoizeAsync<A extends string[], T>(
  load: (...args: A) => Promise<T>,
): (...args: A) => Promise<T> {
  const results = new Map<string, Promise<T>>();
  return (...args) => {
    const key = args.join('/');
    const result = results.get(key) ?? load(...args);
    results.set(key, result);
    return result;
  };
}

/** How one cites the place of a passage: paragraph id, reference and printed page, '' where unknown. */
export type PassageCitation = { paragraph: string; reference: string; page: string };

/** The citation of a passage; empty where it is orphaned. */
export async function citationOf(
  lookup: Lookup,
  { edition, section: id, start, end }: IndexEntry['passages'][number],
): Promise<PassageCitation> {
  const section = start === null ? null : (await lookup.section(edition, id)).section;
  if (!section || start === null) return { paragraph: '', reference: '', page: '' };
  const paragraph = section.paragraphs.findLast((block) => block.start <= start);
  const page = section.pages.findLast(({ offset }) => offset <= start);
  const last = section.paragraphs.find((block) => block.end >= (end ?? start));
  const reference = referenceRange(paragraph?.reference ?? null, last?.reference ?? null) ?? '';
  return { paragraph: paragraph?.id ?? '', reference, page: page?.label ?? '' };
}

import type { Edition, Section } from '@/lib/edition/schema';
import type { IndexEntry } from './snapshot';

/**
 * What formats look up while they write. All of it is plain data, so that a thread without a database can ask for it
 * by messages.
 */
export type Lookup = {
  /** Null for one that is gone. */
  edition: (slug: string) => Promise<(Pick<Edition, 'title' | 'language'> & { authors: string[] }) | null>;
  /** A section's IRI, and how it stands in the current revision; null where it is gone: its notes keep their quotes. */
  section: (edition: string, id: string) => Promise<{ iri: string; section: Section | null }>;
  /** A canvas's IRI, and the page that it shows. */
  canvas: (edition: string, id: string) => Promise<{ iri: string; page: string | null }>;
  /** The TEI source of the current revision. Throws not_found. */
  source: (edition: string) => Promise<string>;
  /** The HTML of a body. */
  markdown: (body: string) => Promise<string>;
  /** A picture of a region in JPEG, and whether it is of a facsimile; null of an image that is not kept here. */
  picture: (
    region: IndexEntry['regions'][number],
  ) => Promise<{ bytes: Uint8Array; facsimile: boolean } | null>;
};

/** Asks for each thing once. */
export function memoizeAsync<A extends string[], T>(
  ask: (...names: A) => Promise<T>,
): (...names: A) => Promise<T> {
  const answers = new Map<string, Promise<T>>();
  return (...names) => {
    const key = names.join('/');
    const known = answers.get(key) ?? ask(...names);
    answers.set(key, known);
    return known;
  };
}

/** Where a passage stands, in the words that one cites by. */
export type PassageCitation = { paragraph: string; page: string };

/** The place of a passage; empty where the text has it no more. */
export async function citationOf(
  library: Lookup,
  { edition, section: id, start }: IndexEntry['passages'][number],
): Promise<PassageCitation> {
  const section = start === null ? null : (await library.section(edition, id)).section;
  if (!section || start === null) return { paragraph: '', page: '' };
  const paragraph = section.paragraphs.findLast((block) => block.start <= start);
  const page = section.pages.findLast(({ offset }) => offset <= start);
  return { paragraph: paragraph?.id ?? '', page: page?.label ?? '' };
}

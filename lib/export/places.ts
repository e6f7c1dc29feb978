import type { Row } from '@/lib/annotation';
import { getSection } from '@/lib/edition';
import type { Section } from '@/lib/edition/schema';

/** Where a passage stands, in the words that one cites by. */
export type Place = { title: string; paragraph: string; page: string };

const NOWHERE: Place = { title: '', paragraph: '', page: '' };

/** Finds the places of passages; asks for each section once. */
export function placeFinder(): (row: Row) => Promise<Place> {
  const sections = new Map<string, Promise<Section | null>>();
  return async ({ edition, section: id, start }) => {
    const key = `${edition}/${id}`;
    // A section that is gone from the current revision has no place any more; its notes keep their quotes.
    if (!sections.has(key))
      sections.set(
        key,
        getSection(edition, id).catch(() => null),
      );
    const section = await sections.get(key);
    if (!section) return NOWHERE;
    if (start === null) return { ...NOWHERE, title: section.title };
    const paragraph = section.paragraphs.findLast((block) => block.start <= start);
    const page = section.pages.findLast(({ offset }) => offset <= start);
    return { title: section.title, paragraph: paragraph?.id ?? '', page: page?.label ?? '' };
  };
}

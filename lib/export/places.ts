import type { Passage } from '@/lib/annotation';
import { type Canvas, listCanvases } from '@/lib/canvas';
import { getSection } from '@/lib/edition';
import type { Section } from '@/lib/edition/schema';

/** Where a passage stands, in the words that one cites by. */
export type Place = { paragraph: string; page: string };

/** Finds the places of passages; asks for each section once. */
export function placeFinder(): (passage: Pick<Passage, 'edition' | 'section' | 'start'>) => Promise<Place> {
  const sections = sectionFinder();
  return async ({ edition, section: id, start }) => {
    const section = start === null ? null : await sections(edition, id);
    if (!section || start === null) return { paragraph: '', page: '' };
    const paragraph = section.paragraphs.findLast((block) => block.start <= start);
    const page = section.pages.findLast(({ offset }) => offset <= start);
    return { paragraph: paragraph?.id ?? '', page: page?.label ?? '' };
  };
}

/** Gives sections of current revisions; null for one that is gone, whose notes keep their quotes. */
export function sectionFinder(): (edition: string, id: string) => Promise<Section | null> {
  const sections = new Map<string, Promise<Section | null>>();
  return (edition, id) => {
    const key = `${edition}/${id}`;
    const known = sections.get(key) ?? getSection(edition, id).catch(() => null);
    sections.set(key, known);
    return known;
  };
}

/** Finds canvases by edition and id; asks for those of each edition once. */
export function canvasFinder(): (edition: string, id: string) => Promise<Canvas | null> {
  const editions = new Map<string, Promise<Canvas[]>>();
  return async (edition, id) => {
    const known = editions.get(edition) ?? listCanvases(edition).catch(() => []);
    editions.set(edition, known);
    return (await known).find((canvas) => canvas.id === id) ?? null;
  };
}

import { getEdition } from '@/lib/edition';
import { sectionName } from '@/lib/edition/contents';
import { getTranslator } from '@/lib/i18n/server';
import type { Viewer } from '@/lib/identity/schema';
import { nullIfNotFound } from '@/lib/kernel/errors';

/** What a person calls a section, by `edition/section`; a note by its number. */
export type SectionTitles = Map<string, string>;

/** Editions whose contents are looked up for one list, at most. */
const MOST_EDITIONS = 10;

/** The titles of the sections that these annotations stand in; an edition that the viewer may not read has none. */
export async function sectionTitles(
  viewer: Viewer,
  annotations: { edition: string; section: string }[],
): Promise<SectionTitles> {
  const t = await getTranslator('reading');
  const slugs = [...new Set(annotations.map(({ edition }) => edition))].slice(0, MOST_EDITIONS);
  const editions = await Promise.all(slugs.map((slug) => nullIfNotFound(getEdition(viewer, slug))));
  const wanted = new Set(annotations.map(({ edition, section }) => `${edition}/${section}`));
  const titles: SectionTitles = new Map();
  for (const edition of editions) {
    if (!edition) continue;
    for (const { id, title } of edition.sections) {
      const key = `${edition.slug}/${id}`;
      if (wanted.has(key)) titles.set(key, sectionName(title, edition, t('section')));
    }
    for (const { id, label } of edition.notes) {
      const key = `${edition.slug}/${id}`;
      if (wanted.has(key)) titles.set(key, t('note', { label }));
    }
  }
  return titles;
}

import type { ReactNode } from 'react';
import type { FoundPlace } from '@/lib/edition';
import { directionOf } from '@/lib/edition/direction';
import { getTranslator } from '@/lib/i18n/server';
import styles from './found-places-list.module.css';

type Props = {
  places: FoundPlace[];
  /** What stands above the places of one page of an edition. */
  headingOf: (place: FoundPlace) => ReactNode;
};

/** Places where words stand, by the page that they are on; each leads to its words. */
export async function FoundPlacesList({ places, headingOf }: Props) {
  const t = await getTranslator('reading');
  return byPage(places).map(([first, ...others]) => (
    <section key={`${first.edition} ${first.citation ?? first.section}`} className={styles.section}>
      <h2 lang={first.language} dir="auto">
        {headingOf(first)}
      </h2>
      <ol className={styles.places}>
        {[first, ...others].map((place, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the places of a page keep their order
          <li key={i}>
            <a href={addressOf(place)}>
              <span className={styles.where}>{whereOf(t, place)}</span>
              <span className={styles.words} lang={place.language} dir={directionOf(place.language)}>
                {place.before}
                <mark>{place.words}</mark>
                {place.after}
              </span>
            </a>
          </li>
        ))}
      </ol>
    </section>
  ));
}

/** Places on the same page of the same edition that follow one another. */
function byPage(places: FoundPlace[]): [FoundPlace, ...FoundPlace[]][] {
  const pages: [FoundPlace, ...FoundPlace[]][] = [];
  for (const place of places) {
    const last = pages.at(-1);
    if (last && last[0].page === place.page && last[0].edition === place.edition) last.push(place);
    else pages.push([place]);
  }
  return pages;
}

/** What stands beside the words: a note's number, a reference, or a paragraph's number. */
function whereOf(
  t: Awaited<ReturnType<typeof getTranslator<'reading'>>>,
  { label, paragraph }: FoundPlace,
): string {
  if (label !== null) return t('note', { label });
  if (paragraph?.reference) return paragraph.reference;
  return paragraph?.number ? `§\u00a0${paragraph.number}` : '';
}

/** The page with the words lit; without scripts their paragraph. */
function addressOf({ edition, page, section, citation, paragraph }: FoundPlace): string {
  const query = citation ? `?c=${encodeURIComponent(citation)}` : '';
  return `/editions/${edition}/${encodeURIComponent(page)}${query}#${encodeURIComponent(paragraph?.id ?? section)}`;
}

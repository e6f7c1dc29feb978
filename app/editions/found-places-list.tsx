import type { ReactNode } from 'react';
import { ButtonLink } from '@/app/_ui/button';
import { Notice } from '@/app/_ui/notice';
import { type FoundPlace, type FoundPlaces, MOST_PLACES, PLACES_PAGE } from '@/lib/edition';
import { directionOf } from '@/lib/edition/direction';
import { getTranslator } from '@/lib/i18n/server';
import styles from './found-places-list.module.css';

type Props = {
  found: FoundPlaces;
  /** Which page of the places it is, from 1. */
  page: number;
  pageAddress: (page: number) => string;
  /** What stands above the places of one page of an edition. */
  headingOf: (place: FoundPlace) => ReactNode;
  /** What is said where there are none. */
  none: ReactNode;
};

/** A page of the places where words stand: how many there are, the places, and the way to the other pages. */
export async function FoundPlacesList({ found, page, pageAddress, headingOf, none }: Props) {
  const t = await getTranslator('reading');
  const { places, count, state } = found;
  if (state === 'short') return <Notice>{t('findShort')}</Notice>;
  if (count === 0 && state === 'done') return none;
  const from = (page - 1) * PLACES_PAGE + 1;
  const to = from + places.length - 1;
  return (
    <>
      {state === 'stopped' && <Notice look="warning">{t('findStopped')}</Notice>}
      <p role="status" className="muted">
        {count >= MOST_PLACES ? t('foundMost', { count }) : t('found', { count })}
        {count > PLACES_PAGE && places.length > 0 && ` · ${t('foundShown', { from, to })}`}
      </p>
      <Places places={places} headingOf={headingOf} />
      {count > PLACES_PAGE && (
        <nav className={styles.pages} aria-label={t('foundPages')}>
          {page > 1 && (
            <ButtonLink href={pageAddress(page - 1)} prefetch={false}>
              {t('previous')}
            </ButtonLink>
          )}
          {places.length > 0 && to < count && (
            <ButtonLink href={pageAddress(page + 1)} prefetch={false}>
              {t('next')}
            </ButtonLink>
          )}
        </nav>
      )}
    </>
  );
}

/** Places by the page that they are on; each leads to its words. */
async function Places({ places, headingOf }: { places: FoundPlace[] } & Pick<Props, 'headingOf'>) {
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

import { SearchX } from 'lucide';
import { Button, ButtonLink } from '@/app/_ui/button';
import { SearchField } from '@/app/_ui/field';
import { EmptyState, Notice } from '@/app/_ui/notice';
import { type FoundPlace, type FoundPlaces, MOST_PLACES, PLACES_PAGE, searchEdition } from '@/lib/edition';
import { sectionName } from '@/lib/edition/contents';
import { directionOf } from '@/lib/edition/direction';
import type { Edition } from '@/lib/edition/schema';
import { readingPageViewer } from '@/lib/group/page-viewer';
import { getTranslator } from '@/lib/i18n/server';
import styles from './find-results.module.css';

/** What of an edition is looked for: words, and which page of the places. */
export type Find = { words: string; page: number };

/** The field to find words in an edition; it works without scripts. */
export async function FindField({ slug, words = '' }: { slug: string; words?: string }) {
  const t = await getTranslator('reading');
  return (
    <search>
      <form action={`/editions/${slug}`} className={styles.form}>
        <SearchField name="find" label={t('find')} defaultValue={words} maxLength={100} />
        <Button type="submit">{t('findGo')}</Button>
      </form>
    </search>
  );
}

/** The places of an edition where words stand, by section; each leads to its words. */
export async function FindResults({ edition, find }: { edition: Edition; find: Find }) {
  const t = await getTranslator('reading');
  const { slug, title, language } = edition;
  const found = find.words === '' ? null : await searchEdition(await readingPageViewer(), slug, find);
  return (
    <main id="main" className="page form">
      <p>
        <a href={`/editions/${slug}`} lang={language} dir="auto">
          {title}
        </a>
      </p>
      <h1>{t('find')}</h1>
      <FindField slug={slug} words={find.words} />
      <p className="muted small">{t('findHint')}</p>
      {found && <Found edition={edition} find={find} found={found} />}
    </main>
  );
}

async function Found({ edition, find, found }: { edition: Edition; find: Find; found: FoundPlaces }) {
  const t = await getTranslator('reading');
  const { places, count, state } = found;
  if (state === 'short') return <Notice>{t('findShort')}</Notice>;
  if (count === 0 && state === 'done')
    return <EmptyState icon={SearchX} title={t('foundNone', { words: find.words })} />;
  const from = (find.page - 1) * PLACES_PAGE + 1;
  const to = from + places.length - 1;
  const address = (page: number) =>
    `/editions/${edition.slug}?${new URLSearchParams({ find: find.words, page: String(page) })}`;
  return (
    <>
      {state === 'stopped' && <Notice look="warning">{t('findStopped')}</Notice>}
      <p role="status" className="muted">
        {count >= MOST_PLACES ? t('foundMost', { count }) : t('found', { count })}
        {count > PLACES_PAGE && ` · ${t('foundShown', { from, to })}`}
      </p>
      {bySection(places).map((group) => (
        <section key={group[0]?.citation ?? group[0]?.section} className={styles.section}>
          <h2 lang={edition.language} dir="auto">
            {nameOf(edition, group[0]?.page ?? '', t('section'))}
          </h2>
          <ol className={styles.places}>
            {group.map((place, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the places of a page keep their order
              <li key={i}>
                <a href={addressOf(edition.slug, place)}>
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
      ))}
      {count > PLACES_PAGE && (
        <nav className={styles.pages} aria-label={t('foundPages')}>
          {find.page > 1 && (
            <ButtonLink href={address(find.page - 1)} prefetch={false}>
              {t('previous')}
            </ButtonLink>
          )}
          {to < count && (
            <ButtonLink href={address(find.page + 1)} prefetch={false}>
              {t('next')}
            </ButtonLink>
          )}
        </nav>
      )}
    </>
  );
}

/** Places of the same page of the edition that follow one another. */
function bySection(places: FoundPlace[]): FoundPlace[][] {
  const groups: FoundPlace[][] = [];
  for (const place of places) {
    const last = groups.at(-1);
    if (last?.[0]?.page === place.page) last.push(place);
    else groups.push([place]);
  }
  return groups;
}

function nameOf(edition: Edition, page: string, mainText: string): string {
  const title = edition.sections.find(({ id }) => id === page)?.title ?? '';
  return sectionName(title, edition, mainText) || page;
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
function addressOf(slug: string, { page, section, citation, paragraph }: FoundPlace): string {
  const query = citation ? `?c=${encodeURIComponent(citation)}` : '';
  return `/editions/${slug}/${encodeURIComponent(page)}${query}#${encodeURIComponent(paragraph?.id ?? section)}`;
}

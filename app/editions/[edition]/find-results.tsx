import { SearchX } from 'lucide';
import { Button, ButtonLink } from '@/app/_ui/button';
import { SearchField } from '@/app/_ui/field';
import { EmptyState, Notice } from '@/app/_ui/notice';
import { type FoundPlaces, MOST_PLACES, PLACES_PAGE, searchEdition, type TextSearch } from '@/lib/edition';
import { sectionName } from '@/lib/edition/contents';
import type { Edition } from '@/lib/edition/schema';
import { readingPageViewer } from '@/lib/group/page-viewer';
import { getTranslator } from '@/lib/i18n/server';
import { FoundPlacesList } from '../found-places-list';
import styles from './find-results.module.css';

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
export async function FindResults({ edition, find }: { edition: Edition; find: TextSearch }) {
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

async function Found({ edition, find, found }: { edition: Edition; find: TextSearch; found: FoundPlaces }) {
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
      <FoundPlacesList places={places} headingOf={({ page }) => nameOf(edition, page, t('section'))} />
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

function nameOf(edition: Edition, page: string, mainText: string): string {
  const title = edition.sections.find(({ id }) => id === page)?.title ?? '';
  return sectionName(title, edition, mainText) || page;
}

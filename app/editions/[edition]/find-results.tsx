import { SearchX } from 'lucide';
import { Button } from '@/app/_ui/button';
import { SearchField } from '@/app/_ui/field';
import { EmptyState } from '@/app/_ui/notice';
import { searchEdition, type TextSearch } from '@/lib/edition';
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
      {found && (
        <FoundPlacesList
          found={found}
          page={find.page}
          pageAddress={(page) =>
            `/editions/${slug}?${new URLSearchParams({ find: find.words, page: String(page) })}`
          }
          headingOf={({ page }) => nameOf(edition, page, t('section'))}
          none={<EmptyState icon={SearchX} title={t('foundNone', { words: find.words })} />}
        />
      )}
    </main>
  );
}

function nameOf(edition: Edition, page: string, mainText: string): string {
  const title = edition.sections.find(({ id }) => id === page)?.title ?? '';
  return sectionName(title, edition, mainText) || page;
}

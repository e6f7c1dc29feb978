import { LibraryBig, Plus, SearchX } from 'lucide';
import { ButtonLink } from '@/app/_ui/button';
import { ChipLink, Chips } from '@/app/_ui/chip';
import { SearchField } from '@/app/_ui/field';
import { EmptyState } from '@/app/_ui/notice';
import { PageHead } from '@/app/_ui/page-head';
import {
  canBringIn,
  getLibrary,
  LIBRARY_PAGE,
  LIBRARY_SORTS,
  type LibraryFilter,
  type LibrarySort,
} from '@/lib/edition';
import { pageViewer } from '@/lib/group/page-viewer';
import { languageName } from '@/lib/i18n';
import { ClientMessages, getTranslator, requestLocale } from '@/lib/i18n/server';
import { EditionCard } from './edition-card';
import styles from './library.module.css';
import { LibraryMenus } from './library-menus';

import '@/app/reader/page/fonts.css';

type Asked = Record<string, string | string[] | undefined>;
type Choice = LibraryFilter & { sort: LibrarySort; page: number };

export async function generateMetadata() {
  const t = await getTranslator('library');
  return { title: t('title') };
}

/** The library: every text that the viewer may read, as cards that are searched, narrowed and sorted. */
export default async function LibraryPage({ searchParams }: { searchParams: Promise<Asked> }) {
  const viewer = await pageViewer();
  const [t, locale] = [await getTranslator('library'), await requestLocale()];
  const choice = choiceOf(await searchParams);
  const { editions, counts, languages } = await getLibrary(viewer, choice, choice);
  const mayAdd = canBringIn(viewer);
  const from = (choice.page - 1) * LIBRARY_PAGE + 1;
  const to = from + editions.length - 1;
  return (
    <main id="main" className="page">
      <PageHead title={t('title')}>
        {mayAdd && (
          <ButtonLink href="/texts/new" icon={Plus}>
            {t('add')}
          </ButtonLink>
        )}
      </PageHead>
      {counts.all === 0 ? (
        <EmptyState icon={LibraryBig} title={t('empty')}>
          <p>{t(mayAdd ? 'emptyStaff' : 'emptyText')}</p>
        </EmptyState>
      ) : (
        <>
          <search>
            <form className={styles.tools}>
              <SearchField name="q" label={t('search')} defaultValue={choice.q} maxLength={200} />
              {choice.mine && <input type="hidden" name="mine" value="1" />}
              <ClientMessages namespaces={['library']}>
                <LibraryMenus
                  language={choice.language ?? ''}
                  sort={choice.sort}
                  sorts={LIBRARY_SORTS}
                  languages={languages.map(({ language, count }) => ({
                    value: language,
                    text: `${languageName(locale, language)} (${count})`,
                  }))}
                />
              </ClientMessages>
            </form>
          </search>
          {viewer.id !== null && (
            <Chips label={t('filter')}>
              <ChipLink
                isOn={!choice.mine}
                count={counts.all}
                href={addressOf({ ...choice, mine: false, page: 1 })}
              >
                {t('all')}
              </ChipLink>
              <ChipLink
                isOn={choice.mine === true}
                count={counts.mine}
                href={addressOf({ ...choice, mine: true, page: 1 })}
              >
                {t('mine')}
              </ChipLink>
            </Chips>
          )}
          {editions.length === 0 ? (
            <EmptyState icon={SearchX} title={t('none')}>
              <p>{t('noneText')}</p>
              <ButtonLink href="/editions">{t('showAll')}</ButtonLink>
            </EmptyState>
          ) : (
            <>
              <ul className={styles.shelf}>
                {editions.map((edition) => (
                  <li key={edition.slug}>
                    <EditionCard edition={edition} />
                  </li>
                ))}
              </ul>
              <nav className={styles.pages} aria-label={t('pages')}>
                <span className="muted">{t('shown', { from, to, count: counts.found })}</span>
                {choice.page > 1 && (
                  <ButtonLink href={addressOf({ ...choice, page: choice.page - 1 })}>
                    {t('previous')}
                  </ButtonLink>
                )}
                {to < counts.found && (
                  <ButtonLink href={addressOf({ ...choice, page: choice.page + 1 })}>{t('next')}</ButtonLink>
                )}
              </nav>
            </>
          )}
        </>
      )}
    </main>
  );
}

/** What the address asks for; what it cannot mean is left out. */
function choiceOf(asked: Asked): Choice {
  const text = (name: string) => [asked[name]].flat()[0]?.trim().slice(0, 200) || undefined;
  const page = Number(text('page'));
  return {
    q: text('q')?.replaceAll('\u0000', ''),
    language: text('language')?.replaceAll('\u0000', ''),
    mine: text('mine') === '1',
    sort: LIBRARY_SORTS.find((sort) => sort === text('sort')) ?? 'title',
    page: Number.isInteger(page) && page > 0 && page < 10_000 ? page : 1,
  };
}

/** The address of a choice, without what is so anyway. */
function addressOf({ q, language, mine, sort, page }: Choice): string {
  const query = new URLSearchParams();
  if (q) query.set('q', q);
  if (language) query.set('language', language);
  if (mine) query.set('mine', '1');
  if (sort !== 'title') query.set('sort', sort);
  if (page > 1) query.set('page', String(page));
  return query.size > 0 ? `/editions?${query}` : '/editions';
}

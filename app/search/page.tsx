import { SearchX, TextSearch } from 'lucide';
import { searchAnnotations } from '@/lib/annotation';
import { searchLibrary } from '@/lib/edition';
import { pageViewer } from '@/lib/group/page-viewer';
import { getTranslator } from '@/lib/i18n/server';
import type { Viewer } from '@/lib/identity/schema';
import { isId } from '@/lib/kernel/ids';
import { Button, ButtonLink } from '../_ui/button';
import { SearchField } from '../_ui/field';
import { EmptyState } from '../_ui/notice';
import { PageHead } from '../_ui/page-head';
import { SegmentLinks } from '../_ui/segments';
import { FoundPlacesList } from '../editions/found-places-list';
import { DiscussionItem } from '../groups/[slug]/discussion-item';
import talk from '../groups/[slug]/group.module.css';
import { sectionTitles } from '../groups/[slug]/section-titles';
import { GroupChoice } from '../groups/group-choice';
import styles from './search.module.css';

import '@/app/reader/page/fonts.css';

/** Notes on one page. */
const SHOWN = 25;
/** The longest words that are looked for, in code units. */
const LONGEST = 100;

type Asked = Record<string, string | string[] | undefined>;
type Search = {
  q: string;
  in: 'texts' | 'notes';
  /** A slug of one of the viewer's groups; of notes alone. */
  group: string | undefined;
  page: number;
  before: string | undefined;
};

export async function generateMetadata() {
  const t = await getTranslator('search');
  return { title: t('title') };
}

/** Looks for words in every text, or in every note, that the viewer may read. */
export default async function SearchPage({ searchParams }: { searchParams: Promise<Asked> }) {
  const viewer = await pageViewer();
  const t = await getTranslator('search');
  const search = searchOf(await searchParams, viewer);
  return (
    <main id="main" className="page form">
      <PageHead title={t('title')} />
      <search>
        <form action="/search" className={styles.form}>
          <SearchField name="q" label={t('words')} defaultValue={search.q} maxLength={LONGEST} />
          <input type="hidden" name="in" value={search.in} />
          {search.in === 'notes' && viewer.memberships.length > 1 && (
            <GroupChoice
              label={t('group')}
              all={t('allGroups')}
              groups={viewer.memberships}
              chosen={search.group}
            />
          )}
          <Button type="submit">{t('find')}</Button>
        </form>
      </search>
      <SegmentLinks
        label={t('where')}
        choices={(['texts', 'notes'] as const).map((where) => ({
          href: addressOf({ ...search, in: where, page: 1, before: undefined }),
          text: t(where),
          isCurrent: search.in === where,
        }))}
      />
      {search.q === '' ? (
        <p className="muted">{t(search.in === 'texts' ? 'textsHint' : 'notesHint')}</p>
      ) : search.in === 'texts' ? (
        <FoundTexts search={search} viewer={viewer} />
      ) : (
        <FoundNotes search={search} viewer={viewer} />
      )}
    </main>
  );
}

async function FoundTexts({ search, viewer }: { search: Search; viewer: Viewer }) {
  const { q: words, page } = search;
  return (
    <FoundPlacesList
      found={await searchLibrary(viewer, { words, page })}
      page={page}
      pageAddress={(other) => addressOf({ ...search, page: other })}
      headingOf={({ editionTitle, pageTitle }) =>
        pageTitle === '' || pageTitle === editionTitle ? (
          editionTitle
        ) : (
          <>
            <span className={styles.edition} dir="auto">
              {editionTitle}
            </span>{' '}
            {pageTitle}
          </>
        )
      }
      none={<NothingFound search={search} />}
    />
  );
}

async function FoundNotes({ search, viewer }: { search: Search; viewer: Viewer }) {
  const t = await getTranslator('search');
  const { q: words, group, before: cursor } = search;
  const { items, next } = await searchAnnotations(viewer, { words, group }, { limit: SHOWN, cursor });
  if (items.length === 0) return <NothingFound search={search} />;
  const titles = await sectionTitles(
    viewer,
    items.map(({ annotation }) => annotation),
  );
  return (
    <>
      <ul className={talk.talk}>
        {items.map(({ annotation, passage }) => (
          <DiscussionItem key={annotation.id} annotation={annotation} passage={passage} titles={titles} />
        ))}
      </ul>
      {next && (
        <p>
          <ButtonLink href={addressOf({ ...search, before: next })} prefetch={false}>
            {t('more')}
          </ButtonLink>
        </p>
      )}
    </>
  );
}

/** Says so, and offers to look in the other half of what there is. */
async function NothingFound({ search }: { search: Search }) {
  const t = await getTranslator('search');
  const other = search.in === 'texts' ? 'notes' : 'texts';
  const elsewhere = { ...search, in: other, page: 1, before: undefined } as const;
  return (
    <EmptyState icon={SearchX} title={t(search.in === 'texts' ? 'noText' : 'noNote', { words: search.q })}>
      <ButtonLink href={addressOf(elsewhere)} icon={TextSearch} prefetch={false}>
        {t(other === 'texts' ? 'tryTexts' : 'tryNotes')}
      </ButtonLink>
    </EmptyState>
  );
}

/** What an address asks for; what it says wrongly is left out. */
function searchOf(asked: Asked, viewer: Viewer): Search {
  const [q, where, group, page, before] = ['q', 'in', 'group', 'page', 'before'].map(
    (name) => [asked[name]].flat()[0],
  );
  const number = Number(page);
  return {
    q: (q ?? '').replaceAll('\u0000', '').trim().slice(0, LONGEST),
    in: where === 'notes' ? 'notes' : 'texts',
    group: viewer.memberships.some(({ slug }) => slug === group) ? group : undefined,
    page: Number.isInteger(number) && number > 0 && number < 10_000 ? number : 1,
    before: before !== undefined && isId(before) ? before : undefined,
  };
}

function addressOf({ q, in: where, group, page, before }: Search): string {
  const parts: [string, string | undefined][] = [
    ['q', q],
    ['in', where],
    ['group', where === 'notes' ? group : undefined],
    ['page', page > 1 ? String(page) : undefined],
    ['before', before],
  ];
  const known = parts.filter((part): part is [string, string] => part[1] !== undefined && part[1] !== '');
  return `/search?${new URLSearchParams(known)}`;
}

import type { Metadata } from 'next';
import { fullCitation, pageRange, shortCitation } from '@/lib/edition/citation';
import type { Edition, SectionSummary } from '@/lib/edition/schema';
import type { Key, Translate } from '@/lib/i18n';

/**
 * Title, description and the citation_* tags that reference managers read. A section has its own title
 * and its pages within the printed article.
 */
export function describePage(
  edition: Edition,
  address: string,
  t: Translate<Key<'reading'>>,
  section?: SectionSummary,
): Metadata {
  const { header, slug } = edition;
  const { source } = header;
  const title = section?.title ?? edition.title;
  const [firstPage, lastPage] = (section && pageRange(edition, section)?.split('–')) ?? [
    source.firstPage,
    source.lastPage,
  ];
  const url = `${address}/editions/${slug}${section ? `/${section.id}` : ''}`;
  const tags: [string, string | null | undefined][] = [
    ['citation_title', title],
    ['citation_journal_title', source.journal],
    ['citation_volume', source.volume],
    ['citation_publication_date', source.year],
    ['citation_firstpage', firstPage],
    ['citation_lastpage', lastPage ?? firstPage],
    ['citation_language', section?.language ?? edition.language],
    ['citation_fulltext_html_url', url],
  ];
  return {
    title: section ? `${title} · ${shortCitation(header)}` : title,
    description: isSparse(header)
      ? t('descriptionPlain', { title })
      : t('description', { title, source: fullCitation(header) }),
    alternates: { canonical: url },
    other: {
      ...Object.fromEntries(tags.filter((tag): tag is [string, string] => Boolean(tag[1]))),
      citation_author: authorsOf(header, section),
    },
  };
}

/** Who wrote what a page has: those who sent the letter that it is (TEI P5 `correspAction`), else the authors of the work. */
function authorsOf({ authors, correspondence }: Edition['header'], section?: SectionSummary): string[] {
  const letter = correspondence.find((known) => known.section === section?.id);
  const senders = letter?.actions.filter(({ type }) => type === 'sent').flatMap(({ names }) => names) ?? [];
  return senders.length > 0 ? senders : authors;
}

/** Whether the header says nothing of the work but its title. */
function isSparse({ authors, source }: Edition['header']): boolean {
  return authors.length === 0 && !source.journal && !source.year;
}

/** Structured data for search engines: schema.org as JSON-LD, which no browser runs. */
export function StructuredData({
  edition,
  address,
  section,
}: {
  edition: Edition;
  address: string;
  section?: SectionSummary;
}) {
  const { header, slug } = edition;
  const { source, authors } = header;
  const url = `${address}/editions/${slug}`;
  const work = {
    '@type': source.journal ? 'ScholarlyArticle' : 'CreativeWork',
    '@id': url,
    url,
    name: edition.title,
    inLanguage: edition.language,
    author: authors.map((name) => ({ '@type': 'Person', name })),
    datePublished: source.year,
    pageStart: source.firstPage,
    pageEnd: source.lastPage,
    isPartOf: source.journal && {
      '@type': 'PublicationVolume',
      volumeNumber: source.volume,
      isPartOf: { '@type': 'Periodical', name: source.journal },
    },
  };
  const part = section && {
    '@type': 'CreativeWork',
    '@id': `${url}/${section.id}`,
    url: `${url}/${section.id}`,
    name: section.title,
    inLanguage: section.language,
    author: authorsOf(header, section).map((name) => ({ '@type': 'Person', name })),
    isPartOf: work,
  };
  const known = (_: string, value: unknown) =>
    value === null || value === '' || (Array.isArray(value) && value.length === 0) ? undefined : value;
  const data = JSON.stringify({ '@context': 'https://schema.org', ...(part ?? work) }, known);
  // A title that contains "</script>" must not end the element.
  const safe = data.replaceAll('<', '\\u003c');
  // biome-ignore lint/security/noDangerouslySetInnerHtml: JSON of our own, escaped above
  return <script type="application/ld+json" dangerouslySetInnerHTML={{ __html: safe }} />;
}

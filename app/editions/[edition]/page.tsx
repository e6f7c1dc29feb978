import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import styles from '@/app/editions/[edition]/edition.module.css';
import type { PageContext } from '@/app/reader/page/render-context';
import { describePage, StructuredData } from '@/app/reader/page/scholarly-meta';
import { config } from '@/lib/config';
import { getEdition } from '@/lib/edition';
import { fullCitation, pageRange, toBibtex } from '@/lib/edition/citation';
import type { Edition, SectionSummary } from '@/lib/edition/schema';
import { getTranslator } from '@/lib/i18n/server';
import { readingPageViewer } from '@/lib/identity/page-viewer';
import { AppError } from '@/lib/kernel/errors';

type Props = { params: Promise<{ edition: string }> };

/** The title page of an edition: what it is, its contents, how to cite it, and how it was made. */
export default async function EditionPage({ params }: Props) {
  const edition = await load(await params);
  const t = await getTranslator('reading');
  const { header, slug, revision, language } = edition;
  const { address } = config();
  const archive = header.archive;
  return (
    <main id="main" className={styles.page}>
      <StructuredData edition={edition} address={address} />
      <header>
        <h1 lang={language}>{edition.title}</h1>
        <p className={styles.authors}>{t('by', { authors: header.authors.join(', ') })}</p>
        <dl className={styles.facts}>
          <dt>{t('publishedIn')}</dt>
          <dd>{sourceLine(edition)}</dd>
          {archive && (
            <>
              <dt>{t('archive')}</dt>
              <dd>
                <span lang="ro">
                  {[archive.settlement, archive.repository, archive.collection].filter(Boolean).join(', ')}
                </span>
                , {archive.identifier}
              </dd>
            </>
          )}
          <dt>{t('languages')}</dt>
          <dd lang="en">{header.languages.map(({ name }) => name).join(', ')}</dd>
          <dt>{t('digitalEdition')}</dt>
          <dd>{t('revision', { number: revision })}</dd>
        </dl>
      </header>

      <nav aria-labelledby="contents">
        <h2 id="contents">{t('contents')}</h2>
        <ol className={styles.contents}>
          {edition.sections.map((section) => (
            <Part key={section.id} edition={edition} section={section} t={t} />
          ))}
        </ol>
      </nav>

      <section aria-labelledby="cite">
        <h2 id="cite">{t('cite')}</h2>
        <h3>{t('citeEdition')}</h3>
        <p lang="en">{fullCitation(header)}</p>
        <h3>{t('citeDigital')}</h3>
        <p lang="en">
          {fullCitation(header)} Scholion, {slug}, rev. {revision}: {address}/editions/{slug}
        </p>
        <p className={styles.hint}>{t('citeHint')}</p>
        <details>
          <summary>{t('bibtex')}</summary>
          <pre>{toBibtex(slug, header, `${address}/editions/${slug}`)}</pre>
        </details>
      </section>

      <section aria-labelledby="rights">
        <h2 id="rights">{t('rights')}</h2>
        <h3>{t('rightsPrinted')}</h3>
        {header.licence.statement.map((statement) => (
          <p key={statement} lang={language}>
            {statement}
          </p>
        ))}
        {header.licence.encoding && (
          <>
            <h3>{t('rightsEncoding')}</h3>
            <p lang={language}>
              {header.licence.encoding.url ? (
                <a href={header.licence.encoding.url} rel="license">
                  {header.licence.encoding.text}
                </a>
              ) : (
                header.licence.encoding.text
              )}
            </p>
          </>
        )}
      </section>

      <section aria-labelledby="made">
        <h2 id="made">{t('declaration')}</h2>
        {header.declaration.map(({ about, text }) => (
          <div key={about + text}>
            <h3>{aboutLabel(t, about)}</h3>
            <p lang={language}>{text}</p>
          </div>
        ))}
      </section>
    </main>
  );
}

function Part({ edition, section, t }: { edition: Edition; section: SectionSummary; t: PageContext['t'] }) {
  const range = pageRange(edition, section);
  const facts = [
    range && t('pages', { count: range.includes('–') ? 2 : 1, range }),
    t('paragraphs', { count: section.prose }),
    section.notes > 0 && t('noteCount', { count: section.notes }),
  ];
  return (
    <li>
      <a href={`/editions/${edition.slug}/${section.id}`} lang={edition.language}>
        {section.title}
      </a>
      <p className={styles.opening} lang={section.language}>
        {section.opening}
      </p>
      <p className={styles.hint}>{facts.filter(Boolean).join(' · ')}</p>
    </li>
  );
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return describePage(await load(await params), config().address, await getTranslator('reading'));
}

async function load({ edition }: Awaited<Props['params']>): Promise<Edition> {
  try {
    return await getEdition(await readingPageViewer(), decodeURIComponent(edition));
  } catch (error) {
    if (error instanceof AppError && error.code === 'not_found') notFound();
    throw error;
  }
}

function sourceLine({ header: { source } }: Edition) {
  const pages = source.firstPage && `${source.firstPage}–${source.lastPage ?? source.firstPage}`;
  return (
    <>
      <cite lang="en">{source.journal}</cite> {[source.volume, source.year, pages].filter(Boolean).join(', ')}
    </>
  );
}

const ABOUT = [
  'correction',
  'normalization',
  'hyphenation',
  'segmentation',
  'interpretation',
  'quotation',
  'text',
] as const;

/** The heading of a part of the editorial declaration (TEI P5 §2.3.3). */
function aboutLabel(t: PageContext['t'], about: string): string {
  const known = ABOUT.find((key) => key === about);
  return t(`about_${known ?? 'text'}`);
}

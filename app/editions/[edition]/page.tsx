import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import type { ReactNode } from 'react';
import styles from '@/app/editions/[edition]/edition.module.css';
import { contentsHtml } from '@/app/reader/page/contents-html';
import { keepHtml } from '@/app/reader/page/keep-html';
import { KeptHtml } from '@/app/reader/page/kept-html';
import type { PageContext } from '@/app/reader/page/render-context';
import { describePage, StructuredData } from '@/app/reader/page/scholarly-meta';
import { config } from '@/lib/config';
import { getEdition } from '@/lib/edition';
import { fullCitation, toBibtex } from '@/lib/edition/citation';
import { directionOf } from '@/lib/edition/direction';
import type { Edition } from '@/lib/edition/schema';
import { readingPageViewer } from '@/lib/group/page-viewer';
import { getTranslator } from '@/lib/i18n/server';
import { AppError } from '@/lib/kernel/errors';

import '@/app/reader/page/fonts.css';

type Props = { params: Promise<{ edition: string }> };

/** The title page of an edition: what it is, its contents, how to cite it, and how it was made. */
export default async function EditionPage({ params }: Props) {
  const edition = await load(await params);
  const t = await getTranslator('reading');
  const { header, slug, revision, language } = edition;
  const { address } = config();
  const archive = header.archive;
  const source = sourceLine(header);
  const languages = header.languages.map(({ name, code }) => name || code).filter(Boolean);
  const context = { edition, page: '', t };
  const cited = fullCitation(header);
  return (
    <main id="main" className={styles.page}>
      <StructuredData edition={edition} address={address} />
      <header>
        <h1 lang={language} dir="auto">
          {edition.title}
        </h1>
        {header.authors.length > 0 && (
          <p className={styles.authors}>{t('by', { authors: header.authors.join(', ') })}</p>
        )}
        <dl className={styles.facts}>
          {source && <Fact name={t('publishedIn')}>{source}</Fact>}
          {archive && (
            <Fact name={t('archive')}>
              {[archive.settlement, archive.repository, archive.collection, archive.identifier]
                .filter(Boolean)
                .join(', ')}
            </Fact>
          )}
          {languages.length > 0 && <Fact name={t('languages')}>{languages.join(', ')}</Fact>}
          <Fact name={t('digitalEdition')}>{t('revision', { number: revision })}</Fact>
        </dl>
      </header>

      <nav aria-labelledby="contents" className={styles.contents}>
        <h2 id="contents">{t('contents')}</h2>
        <div lang={language} dir={directionOf(language)}>
          <KeptHtml name={keepHtml(contentsHtml(context))} />
        </div>
      </nav>
      <script async src="/marked-sections.js" data-text={t('markedOut')} />

      <section aria-labelledby="cite">
        <h2 id="cite">{t('cite')}</h2>
        {source && (
          <>
            <h3>{t('citeEdition')}</h3>
            <p dir="auto">{cited}</p>
          </>
        )}
        <h3>{t('citeDigital')}</h3>
        <p dir="auto">
          {cited} Scholion, {slug}, rev. {revision}: {address}/editions/{slug}
        </p>
        <p className={styles.hint}>{t('citeHint')}</p>
        <details>
          <summary>{t('bibtex')}</summary>
          <pre>{toBibtex(slug, header, `${address}/editions/${slug}`)}</pre>
        </details>
      </section>

      <Rights edition={edition} t={t} />

      {header.declaration.length > 0 && (
        <section aria-labelledby="made">
          <h2 id="made">{t('declaration')}</h2>
          {header.declaration.map(({ about, text }) => (
            <div key={about + text}>
              <h3>{aboutLabel(t, about)}</h3>
              <p lang={language} dir="auto">
                {text}
              </p>
            </div>
          ))}
        </section>
      )}
    </main>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd dir="auto">{children}</dd>
    </>
  );
}

function Rights({ edition: { header, language }, t }: { edition: Edition; t: PageContext['t'] }) {
  const { statement, encoding } = header.licence;
  if (statement.length === 0 && !encoding) return null;
  return (
    <section aria-labelledby="rights">
      <h2 id="rights">{t('rights')}</h2>
      {statement.length > 0 && <h3>{t('rightsPrinted')}</h3>}
      {statement.map((words) => (
        <p key={words} lang={language} dir="auto">
          {words}
        </p>
      ))}
      {encoding && (
        <>
          <h3>{t('rightsEncoding')}</h3>
          <p lang={language} dir="auto">
            {encoding.url ? (
              <a href={encoding.url} rel="license">
                {encoding.text || encoding.url}
              </a>
            ) : (
              encoding.text
            )}
          </p>
        </>
      )}
    </section>
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

/** Where the text was printed; null where the header does not say. */
function sourceLine({ source }: Edition['header']): ReactNode {
  const pages = source.firstPage && `${source.firstPage}–${source.lastPage ?? source.firstPage}`;
  const facts = [source.volume, source.year, pages].filter(Boolean).join(', ');
  if (!source.journal) return facts || null;
  return (
    <>
      <cite>{source.journal}</cite> {facts}
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

import { BookOpen } from 'lucide';
import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import type { ReactNode } from 'react';
import { CopyButton } from '@/app/_ui/copy-button';
import { Icon } from '@/app/_ui/icon';
import styles from '@/app/editions/[edition]/edition.module.css';
import { contentsHtml } from '@/app/reader/page/contents-html';
import { keepHtml } from '@/app/reader/page/keep-html';
import { KeptHtml } from '@/app/reader/page/kept-html';
import type { PageContext } from '@/app/reader/page/render-context';
import { describePage, StructuredData } from '@/app/reader/page/scholarly-meta';
import { config } from '@/lib/config';
import { getEdition, type TextSearch } from '@/lib/edition';
import { fullCitation, toBibtex } from '@/lib/edition/citation';
import { directionOf } from '@/lib/edition/direction';
import type { Edition } from '@/lib/edition/schema';
import { readingPageViewer } from '@/lib/group/page-viewer';
import { getTranslator } from '@/lib/i18n/server';
import { AppError } from '@/lib/kernel/errors';
import { FindField, FindResults } from './find-results';

import '@/app/reader/page/fonts.css';

type Asked = { find?: string | string[]; page?: string | string[] };
type Props = { params: Promise<{ edition: string }>; searchParams: Promise<Asked> };

/** The title page of an edition: what it is, its contents, how to cite it, and how it was made; or what is found in it. */
export default async function EditionPage({ params, searchParams }: Props) {
  const edition = await load(await params);
  const find = findOf(await searchParams);
  return find ? <FindResults edition={edition} find={find} /> : <TitlePage edition={edition} />;
}

async function TitlePage({ edition }: { edition: Edition }) {
  const t = await getTranslator('reading');
  const { header, slug, revision, language } = edition;
  const { address } = config();
  const archive = header.archive;
  const source = sourceLine(header);
  const languages = header.languages.map(({ name, code }) => name || code).filter(Boolean);
  const context = { edition, page: '', t };
  const [first] = edition.sections;
  return (
    <main id="main" className={styles.page}>
      <StructuredData edition={edition} address={address} />
      <header className={styles.head}>
        {header.authors.length > 0 && (
          <p className={styles.authors} dir="auto">
            {header.authors.join(', ')}
          </p>
        )}
        <h1 lang={language} dir="auto">
          {edition.title}
        </h1>
        {source && (
          <p className={styles.source} dir="auto">
            {source}
          </p>
        )}
        <div className={styles.actions}>
          {first && (
            // No client navigation: the reading page is kept ready-made.
            <a href={`/editions/${slug}/${first.id}`} className={styles.start}>
              <Icon of={BookOpen} />
              {t('start')}
            </a>
          )}
          <FindField slug={slug} />
        </div>
      </header>

      <nav aria-labelledby="contents" className={styles.contents}>
        <h2 id="contents">{t('contents')}</h2>
        <div lang={language} dir={directionOf(language)}>
          <KeptHtml name={keepHtml(contentsHtml(context))} />
        </div>
      </nav>
      <script async src="/marked-sections.js" data-text={t('markedOut')} />

      <div className={styles.about}>
        <dl className={styles.facts}>
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
        <Cite edition={edition} address={address} t={t} />
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
      </div>
    </main>
  );
}

/** What the address looks for in the text; null where it asks for the title page. */
function findOf({ find, page }: Asked): TextSearch | null {
  const [words] = [find].flat();
  if (words === undefined) return null;
  const number = Number([page].flat()[0]);
  const known = Number.isInteger(number) && number > 0 && number < 10_000 ? number : 1;
  return { words: words.replaceAll('\u0000', '').trim().slice(0, 200), page: known };
}

async function Cite({ edition, address, t }: { edition: Edition; address: string; t: PageContext['t'] }) {
  const { header, slug, revision } = edition;
  const common = await getTranslator('common');
  const copy = (what: string) => `${common('copy')}: ${what}`;
  const printed = fullCitation(header);
  const digital = `${printed} Scholion, ${slug}, rev. ${revision}: ${address}/editions/${slug}`.trim();
  const bibtex = toBibtex(slug, header, `${address}/editions/${slug}`);
  return (
    <section aria-labelledby="cite">
      <h2 id="cite">{t('cite')}</h2>
      {sourceLine(header) && (
        <>
          <h3>{t('citeEdition')}</h3>
          <p dir="auto">{printed}</p>
          <CopyButton text={printed} label={copy(t('citeEdition'))} />
        </>
      )}
      <h3>{t('citeDigital')}</h3>
      <p dir="auto">{digital}</p>
      <CopyButton text={digital} label={copy(t('citeDigital'))} />
      <p className={styles.hint}>{t('citeHint')}</p>
      <details>
        <summary>{t('bibtex')}</summary>
        <pre>{bibtex}</pre>
        <CopyButton text={bibtex} label={copy(t('bibtex'))} />
      </details>
    </section>
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

export async function generateMetadata({ params, searchParams }: Props): Promise<Metadata> {
  const about = describePage(await load(await params), config().address, await getTranslator('reading'));
  return findOf(await searchParams) ? { ...about, robots: { index: false } } : about;
}

async function load({ edition }: { edition: string }): Promise<Edition> {
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

import type { Metadata } from 'next';
import { notFound, redirect } from 'next/navigation';
import { Glossing } from '@/app/editions/_glossing/glossing';
import { AboutLetter } from '@/app/editions/_reading/about-letter';
import { Apparatus } from '@/app/editions/_reading/apparatus';
import { ApparatusPopover } from '@/app/editions/_reading/apparatus-popover';
import { Endnotes } from '@/app/editions/_reading/endnotes';
import styles from '@/app/editions/_reading/reading.module.css';
import { ReadingSettings } from '@/app/editions/_reading/reading-settings';
import { describePage, StructuredData } from '@/app/editions/_reading/scholarly-meta';
import { SectionText } from '@/app/editions/_reading/section-text';
import type { View } from '@/app/editions/_reading/view';
import { Breadcrumb, Contents, Neighbours } from '@/app/editions/_reading/way';
import { config } from '@/lib/config';
import { getEdition, getReadingPage } from '@/lib/edition';
import { citeWork } from '@/lib/edition/citation';
import { ClientMessages, getTranslator, requestLocale } from '@/lib/i18n/server';
import { AppError } from '@/lib/kernel/errors';
import '@/app/editions/_reading/text.css';

type Props = { params: Promise<{ edition: string; section: string }> };

/** A section's reading page. It is the same for every reader and is kept ready-made: nothing here asks who reads. */
export default async function SectionPage({ params }: Props) {
  const { edition, page } = await load(await params);
  const { section, notes } = page;
  if (section.home !== null) redirect(`/editions/${edition.slug}/${section.home}#${section.id}`);
  const t = await getTranslator('reading');
  const view: View = { edition, page: section.id, t };
  const texts = [section, ...notes];
  const hasHead = section.paragraphs.some(({ kind }) => kind === 'head');
  return (
    <div className={styles.page}>
      {/* Blocks for a moment, so that the text is painted once, as its reader likes it. */}
      <script src="/reading.js" />
      <StructuredData edition={edition} address={config().address} section={summaryOf(edition, section.id)} />
      <div className={styles.progress} aria-hidden="true" />
      <div className={styles.top}>
        <Breadcrumb view={view} section={section} />
        <ReadingSettings
          labels={settingLabels(t)}
          hasCorrections={texts.some(({ corrections }) => corrections.some(({ kind }) => kind !== 'note'))}
        />
      </div>
      <div className={styles.columns}>
        <main id="main" className={styles.main} tabIndex={-1}>
          <article>
            {!hasHead && <h1 className="visually-hidden">{section.title}</h1>}
            <AboutLetter view={view} locale={await requestLocale()} />
            <SectionText view={view} section={section} />
            <Endnotes view={view} notes={notes} />
          </article>
          <Apparatus view={view} sections={texts} />
          <p className={styles.colophon} lang="en">
            {citeWork(edition.header)} {config().address}/editions/{edition.slug}/{section.id}, rev.{' '}
            {section.revision}
          </p>
          <Neighbours view={view} section={section} />
        </main>
        <div id="glossing" className={styles.margin}>
          <ClientMessages namespaces={['glossing']}>
            <Glossing
              edition={edition.slug}
              section={section.id}
              revision={edition.revision}
              locale={await requestLocale()}
            />
          </ClientMessages>
        </div>
        <Contents view={view} />
      </div>
      <ApparatusPopover openLabel={t('openBelow')} closeLabel={t('close')} />
    </div>
  );
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { edition, page } = await load(await params);
  const section = summaryOf(edition, page.section.home ?? page.section.id);
  return describePage(edition, config().address, await getTranslator('reading'), section);
}

async function load({ edition: slug, section }: Awaited<Props['params']>) {
  try {
    const edition = await getEdition(decodeURIComponent(slug));
    const page = await getReadingPage(edition.slug, decodeURIComponent(section), edition.revision);
    return { edition, page };
  } catch (error) {
    if (error instanceof AppError && error.code === 'not_found') notFound();
    throw error;
  }
}

function summaryOf(edition: Awaited<ReturnType<typeof getEdition>>, id: string) {
  return edition.sections.find((section) => section.id === id);
}

function settingLabels(t: View['t']): Record<string, string> {
  return {
    settings: t('settings'),
    reading: t('reading'),
    reading_printed: t('readingPrinted'),
    reading_corrected: t('readingCorrected'),
    size: t('size'),
    size_small: t('size_small'),
    size_medium: t('size_medium'),
    size_large: t('size_large'),
    size_huge: t('size_huge'),
    face: t('face'),
    face_serif: t('face_serif'),
    face_sans: t('face_sans'),
    margins: t('margins'),
    margins_on: t('margins_on'),
    margins_off: t('margins_off'),
  };
}

import { Search } from 'lucide';
import type { Metadata } from 'next';
import { notFound, redirect } from 'next/navigation';
import { Icon } from '@/app/_ui/icon';
import { PreloadedFaces } from '@/app/_ui/preloaded-faces';
import { Reader } from '@/app/reader';
import { apparatusHtml } from '@/app/reader/page/apparatus-html';
import { ApparatusPopover } from '@/app/reader/page/apparatus-popover';
import { isHeading } from '@/app/reader/page/block-html';
import { Correspondence } from '@/app/reader/page/correspondence';
import { join } from '@/app/reader/page/element-html';
import { endnotesHtml } from '@/app/reader/page/endnotes-html';
import { keepHtml } from '@/app/reader/page/keep-html';
import { KeptHtml } from '@/app/reader/page/kept-html';
import { Breadcrumb, Contents, Neighbours } from '@/app/reader/page/navigation';
import { PrintHead } from '@/app/reader/page/print-head';
import styles from '@/app/reader/page/reading.module.css';
import { ReadingSettings } from '@/app/reader/page/reading-settings';
import { createTextContext, type PageContext } from '@/app/reader/page/render-context';
import { RevisionBanner } from '@/app/reader/page/revision-banner';
import { describePage, StructuredData } from '@/app/reader/page/scholarly-meta';
import { sectionHtmlInTurns } from '@/app/reader/page/section-html';
import { settingLabels } from '@/app/reader/page/setting-labels';
import { ViewModeSwitch } from '@/app/reader/page/view-mode-switch';
import { KeepPlace } from '@/app/reader/place/keep-place';
import { listCanvases } from '@/lib/canvas';
import { config } from '@/lib/config';
import { getCurrentRevision, getEdition, getReadingPage } from '@/lib/edition';
import { fullCitation, pageRange } from '@/lib/edition/citation';
import { sectionName } from '@/lib/edition/contents';
import { readingPageViewer } from '@/lib/group/page-viewer';
import { ClientMessages, getTranslator, requestLocale } from '@/lib/i18n/server';
import { AppError } from '@/lib/kernel/errors';
import { createPacer } from '@/lib/kernel/pacer';
import '@/app/reader/page/fonts.css';
import '@/app/reader/page/text.css';
import '@/app/reader/page/text-blocks.css';
import '@/app/reader/page/text-inline.css';
import '@/app/reader/page/text-apparatus.css';

type Props = {
  params: Promise<{ edition: string; section: string }>;
  searchParams: Promise<{ revision?: string | string[] }>;
};

/** A section's reading page. It is the same for every reader and is kept ready-made: nothing here depends on the viewer. */
export default async function SectionPage({ params, searchParams }: Props) {
  const { edition, page, current } = await load(await params, await searchParams);
  const { section, notes } = page;
  const isCurrent = edition.revision === current;
  const query = isCurrent ? '' : `?revision=${edition.revision}`;
  if (section.home !== null) redirect(`/editions/${edition.slug}/${section.home}${query}#${section.id}`);
  const t = await getTranslator('reading');
  const context: PageContext = { edition, page: section.id, t };
  const texts = [section, ...notes];
  const isIllustrated = isCurrent && (await listCanvases(await readingPageViewer(), edition.slug)).length > 0;
  const { address, SCHOLION_IIIF_HOSTS } = config();
  const textContext = createTextContext(context, texts, [address, ...SCHOLION_IIIF_HOSTS]);
  const giveTurn = createPacer();
  const text = join(
    await sectionHtmlInTurns(textContext, section, giveTurn),
    await endnotesHtml(textContext, notes, giveTurn),
  );
  const apparatus = await apparatusHtml(textContext, texts, giveTurn);
  const hasCorrections = texts.some(({ corrections }) => corrections.some(({ kind }) => kind !== 'note'));
  const hasHead = section.paragraphs.some(isHeading);
  return (
    <div className={isIllustrated ? `${styles.page} ${styles.illustrated}` : styles.page}>
      <PreloadedFaces
        language={section.language}
        besides={await requestLocale()}
        faces={['source-serif-4']}
      />
      <StructuredData edition={edition} address={address} section={summaryOf(edition, section.id)} />
      <div className={styles.progress} aria-hidden="true" />
      <div className={styles.top}>
        <Breadcrumb context={context} section={section} />
        {isIllustrated && <ViewModeSwitch labels={await viewLabels()} />}
        <ReadingSettings labels={settingLabels(t)} hasCorrections={hasCorrections} />
        <search>
          <a href={`/editions/${edition.slug}?find=`} className={styles.tool} title={t('find')}>
            <Icon of={Search} />
            <span className="visually-hidden">{t('find')}</span>
          </a>
        </search>
      </div>
      {!isCurrent && <RevisionBanner edition={edition} section={section.id} current={current} />}
      <div className={styles.columns}>
        <main id="main" className={styles.main} tabIndex={-1}>
          <PrintHead context={context} section={section} hasCorrections={hasCorrections} />
          <div id="text-tools" />
          <article>
            {!hasHead && (
              <h1 className="visually-hidden">{sectionName(section.title, edition, t('section'))}</h1>
            )}
            <Correspondence
              context={context}
              locale={await requestLocale()}
              hasCorrections={hasCorrections}
            />
            <KeptHtml name={keepHtml(text)} />
          </article>
          <div id="notes-under-text" />
          <KeptHtml name={keepHtml(apparatus)} />
          <p className={styles.colophon} lang="en">
            {fullCitation(edition.header)} {address}/editions/{edition.slug}/{section.id}
            {query}, rev. {section.revision}
          </p>
          <div id="notes-at-end" />
          <Neighbours context={context} section={section} />
        </main>
        {isIllustrated && <div id="image" className={styles.image} />}
        <div id="glossing" className={styles.margin}>
          {isCurrent && <p className={styles.needsScripts}>{t('needsScripts')}</p>}
          {isCurrent && (
            <ClientMessages namespaces={isIllustrated ? ['annotation', 'image'] : ['annotation']}>
              <Reader
                edition={edition.slug}
                section={section.id}
                revision={edition.revision}
                locale={await requestLocale()}
                illustrated={
                  isIllustrated ? { firstPage: pageRange(edition, section)?.split('–')[0] ?? null } : null
                }
              />
            </ClientMessages>
          )}
        </div>
        <Contents context={context} />
      </div>
      <ApparatusPopover
        openLabel={t('openBelow')}
        closeLabel={t('close')}
        readingLabels={{ printed: t('readPrinted'), corrected: t('readCorrected') }}
      />
      {isCurrent && <KeepPlace edition={edition.slug} section={section.id} />}
    </div>
  );
}

export async function generateMetadata({ params, searchParams }: Props): Promise<Metadata> {
  const { edition, page, current } = await load(await params, await searchParams);
  const section = summaryOf(edition, page.section.home ?? page.section.id);
  const about = describePage(edition, config().address, await getTranslator('reading'), section);
  return edition.revision === current ? about : { ...about, robots: { index: false } };
}

/** Loads the section in the current revision, or in the requested one. */
async function load(
  { edition: slug, section }: Awaited<Props['params']>,
  { revision }: Awaited<Props['searchParams']>,
) {
  if (revision !== undefined && !/^[1-9]\d{0,8}$/.test(String(revision))) notFound();
  try {
    const viewer = await readingPageViewer();
    const current = await getCurrentRevision(viewer, decodeURIComponent(slug));
    const edition = await getEdition(viewer, decodeURIComponent(slug), revision ? Number(revision) : current);
    const page = await getReadingPage(viewer, edition.slug, decodeURIComponent(section), edition.revision);
    return { edition, page, current };
  } catch (error) {
    if (error instanceof AppError && error.code === 'not_found') notFound();
    throw error;
  }
}

function summaryOf(edition: Awaited<ReturnType<typeof getEdition>>, id: string) {
  return edition.sections.find((section) => section.id === id);
}

async function viewLabels(): Promise<Record<'view' | 'text' | 'both' | 'image', string>> {
  const t = await getTranslator('image');
  return { view: t('view'), text: t('text'), both: t('both'), image: t('image') };
}

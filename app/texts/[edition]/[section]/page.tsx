import Link from 'next/link';
import { notFound } from 'next/navigation';
import { join } from '@/app/reader/page/element-html';
import { endnotesHtml } from '@/app/reader/page/endnotes-html';
import { keepHtml } from '@/app/reader/page/keep-html';
import { KeptHtml } from '@/app/reader/page/kept-html';
import { createTextContext } from '@/app/reader/page/render-context';
import { sectionHtmlInTurns } from '@/app/reader/page/section-html';
import { config } from '@/lib/config';
import { getDraftEdition, getDraftPage } from '@/lib/edition';
import { requireViewer } from '@/lib/group/page-viewer';
import { getTranslator } from '@/lib/i18n/server';
import { AppError } from '@/lib/kernel/errors';
import { createPacer } from '@/lib/kernel/pacer';
import styles from '../../texts.module.css';
import '@/app/reader/page/text.css';
import '@/app/reader/page/text-blocks.css';
import '@/app/reader/page/text-inline.css';
import '@/app/reader/page/text-apparatus.css';

type Props = { params: Promise<{ edition: string; section: string }> };

export async function generateMetadata() {
  const t = await getTranslator('texts');
  return { title: t('draft'), robots: { index: false } };
}

/** A page of a draft as it will read, for those who manage the edition. */
export default async function DraftPage({ params }: Props) {
  const { edition: slug, section: id } = await params;
  const viewer = await requireViewer(`/texts/${slug}/${id}`);
  const { edition, page } = await load(viewer, decodeURIComponent(slug), decodeURIComponent(id));
  const { section, notes } = page;
  const t = await getTranslator('texts');
  const reading = await getTranslator('reading');
  const { address, SCHOLION_IIIF_HOSTS } = config();
  const context = createTextContext(
    { edition, page: section.id, t: reading },
    [section, ...notes],
    [address, ...SCHOLION_IIIF_HOSTS],
  );
  const giveTurn = createPacer();
  const text = join(
    await sectionHtmlInTurns(context, section, giveTurn),
    await endnotesHtml(context, notes, giveTurn),
  );
  const { previous, next } = section;
  return (
    <main id="main" className="page">
      <div className={styles.bar}>
        <strong>{t('preview')}</strong>
        <Link href={`/texts/${slug}`}>{t('preview.back')}</Link>
      </div>
      <article className={styles.preview}>
        <KeptHtml name={keepHtml(text)} />
      </article>
      <nav className={styles.bar} aria-label={t('look')}>
        {[previous, next].map(
          (neighbour) =>
            neighbour && (
              <a
                key={neighbour.id}
                rel={neighbour === previous ? 'prev' : 'next'}
                href={`/texts/${slug}/${encodeURIComponent(neighbour.id)}`}
              >
                <bdi>{neighbour.title}</bdi>
              </a>
            ),
        )}
      </nav>
    </main>
  );
}

async function load(viewer: Parameters<typeof getDraftEdition>[0], slug: string, id: string) {
  try {
    return { edition: await getDraftEdition(viewer, slug), page: await getDraftPage(viewer, slug, id) };
  } catch (error) {
    if (error instanceof AppError) notFound();
    throw error;
  }
}

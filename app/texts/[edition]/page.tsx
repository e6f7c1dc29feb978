import { notFound } from 'next/navigation';
import { Notice } from '@/app/_ui/notice';
import { PublicationPreviewTable } from '@/app/admin/editions/[edition]/publication-preview';
import { ScansForm } from '@/app/admin/editions/[edition]/scans-form';
import { getDraftEdition, requireManagedEdition } from '@/lib/edition';
import type { ImportReport } from '@/lib/edition/import-report';
import type { EditionHeader } from '@/lib/edition/schema';
import { requireViewer } from '@/lib/group/page-viewer';
import { ClientMessages, getTranslator, requestLocale } from '@/lib/i18n/server';
import { AppError, nullIfNotFound } from '@/lib/kernel/errors';
import { getDraft } from '@/lib/publication';
import { EditionAccess } from '../access/edition-access';
import { ImportReportView } from '../import-report';
import { ReplaceTextForm } from '../replace-text-form';
import { Steps } from '../steps';
import styles from '../texts.module.css';
import { DetailsForm, type DraftDetails } from './details-form';
import { DraftActions } from './draft-actions';
import { RenameForm } from './rename-form';

type Props = { params: Promise<{ edition: string }> };

/** Pages that the list names; the contents of the edition have all. */
const MOST_PAGES = 500;

export async function generateMetadata() {
  const t = await getTranslator('texts');
  return { title: t('report') };
}

/** A text for those who manage it: the draft with its report, its pages, and what its publication would do. */
export default async function TextPage({ params }: Props) {
  const slug = decodeURIComponent((await params).edition);
  const viewer = await requireViewer(`/texts/${slug}`);
  const edition = await requireManagedEdition(viewer, slug).catch((error) => {
    if (error instanceof AppError) notFound();
    throw error;
  });
  const draft = await nullIfNotFound(getDraft(viewer, slug));
  const t = await getTranslator('texts');
  const account = await getTranslator('account');
  const pages = draft?.report?.pages ?? [];
  return (
    <main id="main" className="page form stack">
      <h1 dir="auto">{edition.title}</h1>
      {draft && <Steps current="report" />}
      <p className="muted">
        {edition.isPublished ? <a href={`/editions/${slug}`}>{t('read')}</a> : t('draft.never')}
      </p>
      <ClientMessages namespaces={['canvas', 'texts']}>
        {draft ? (
          <>
            <h2>{t('report')}</h2>
            {draft.report && <ImportReportView report={draft.report} t={t} locale={await requestLocale()} />}
            <h2>{t('details')}</h2>
            <p className="muted">{t('details.hint')}</p>
            <DetailsForm
              key={draft.sha256}
              edition={slug}
              details={detailsOf((await getDraftEdition(viewer, slug)).header, draft.report)}
            />
            {draft.current !== null && <PublicationPreviewTable preview={draft} t={account} />}
            <h2>{t('pages', { count: pages.length })}</h2>
            <ol className={styles.pages}>
              {pages.slice(0, MOST_PAGES).map(({ id, title, length }) => (
                <li key={id}>
                  {/* Loaded as a whole: the server writes its text once (KeptHtml). */}
                  <a href={`/texts/${slug}/${encodeURIComponent(id)}`}>
                    <bdi>{title}</bdi>
                  </a>{' '}
                  <span className="muted">{t('characters', { count: length })}</span>
                </li>
              ))}
            </ol>
            <p>
              <a href={`/api/v1/editions/${encodeURIComponent(slug)}/source?draft=1`} download>
                {t('draft.source')}
              </a>
            </p>
          </>
        ) : (
          <Notice>
            <p>{t('draft.none')}</p>
          </Notice>
        )}
        <EditionAccess viewer={viewer} edition={edition} />
        {!draft && (
          <>
            <h2>{t('rename')}</h2>
            <RenameForm edition={slug} title={edition.title} />
          </>
        )}
        <h2>{t('replace')}</h2>
        <p className="muted">{t('replace.hint')}</p>
        <ReplaceTextForm edition={slug} />
        {edition.isPublished && (
          <>
            <h2>{t('images.put')}</h2>
            <ScansForm edition={slug} />
          </>
        )}
        {draft && <DraftActions edition={slug} sha256={draft.sha256} isFirst={draft.current === null} />}
      </ClientMessages>
    </main>
  );
}

/** What the form begins with: the header's words, and the guess where the file says no language. */
function detailsOf(header: EditionHeader, report: ImportReport | null): DraftDetails {
  const { title, source, authors, licence } = header;
  const proposed = report?.decisions.find(({ field }) => field === 'language')?.proposed;
  const language = header.language === 'und' ? (proposed ?? '') : header.language;
  const words = licence.statement.length > 0 ? licence.statement : [licence.encoding?.text ?? ''];
  return { title: source.title || title, authors, language, licence: words.join('\n') };
}

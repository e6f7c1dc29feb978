import Link from 'next/link';
import { notFound } from 'next/navigation';
import { Notice } from '@/app/_ui/notice';
import { EditionAccess } from '@/app/texts/access/edition-access';
import { ReplaceTextForm } from '@/app/texts/replace-text-form';
import { listCanvases, thumbnailUrl } from '@/lib/canvas';
import { listEditions, requireManagedEdition } from '@/lib/edition';
import { requireViewer } from '@/lib/group/page-viewer';
import { formatDate } from '@/lib/i18n';
import { ClientMessages, getTranslator, requestLocale } from '@/lib/i18n/server';
import type { Viewer } from '@/lib/identity/schema';
import { AppError } from '@/lib/kernel/errors';
import { canOnSite } from '@/lib/policy';
import { previewPublication } from '@/lib/publication';
import { ManifestForm } from './manifest-form';
import { PageImages } from './page-images';
import { PublicationPreviewTable } from './publication-preview';
import { PublishButton } from './publish-button';
import { ScansForm } from './scans-form';

type Props = { params: Promise<{ edition: string }> };

export async function generateMetadata() {
  const t = await getTranslator('account');
  return { title: t('correct.title') };
}

/** An edition for its administrators: the draft compared with the published revision, and its page images. */
export default async function CorrectPage({ params }: Props) {
  const slug = decodeURIComponent((await params).edition);
  const viewer = await requireViewer(`/admin/editions/${slug}`);
  if (!canOnSite(viewer, 'manage-editions')) notFound();
  const t = await getTranslator('account');
  const locale = await requestLocale();
  const preview = await previewPublication(viewer, slug).catch((error) => {
    if (error instanceof AppError && error.code === 'not_found') notFound();
    throw error;
  });
  const published = (await listEditions(viewer)).find((edition) => edition.slug === slug);
  return (
    <main id="main" className="page form stack">
      <p>
        <Link href="/admin">{t('admin.title')}</Link>
      </p>
      <h1>{published?.title ?? slug}</h1>
      <p>
        {published ? (
          <a href={`/editions/${slug}`}>{t('correct.current', { number: published.revision })}</a>
        ) : (
          t('correct.never')
        )}
      </p>
      <ClientMessages namespaces={['account', 'canvas', 'texts']}>
        <EditionAccess viewer={viewer} edition={await requireManagedEdition(viewer, slug)} />
        <h2>{t('correct.import')}</h2>
        <ReplaceTextForm edition={slug} />
        <h2>{t('correct.draft')}</h2>
        {preview ? (
          <>
            <p>
              {t('correct.waiting', {
                number: preview.revision,
                date: formatDate(locale, new Date(preview.imported), { time: true }),
              })}
            </p>
            <PublicationPreviewTable preview={preview} t={t} />
            <PublishButton edition={slug} sha256={preview.sha256} revision={preview.revision} />
          </>
        ) : (
          <Notice>
            <p>{t('correct.noDraft')}</p>
          </Notice>
        )}
        {published && <Images viewer={viewer} edition={slug} />}
      </ClientMessages>
    </main>
  );
}

/** The page images of a published edition, and the forms that add more. */
async function Images({ viewer, edition }: { viewer: Viewer; edition: string }) {
  const t = await getTranslator('canvas');
  const images = (await listCanvases(viewer, edition)).map(({ image, label, offset, ...canvas }) => ({
    ...canvas,
    name: label,
    thumbnail: thumbnailUrl(image),
    statement: image.facsimile ? null : t('notFacsimile'),
    isInText: offset !== null,
  }));
  return (
    <>
      <h2>{t('pageImages')}</h2>
      {images.length === 0 ? (
        <Notice>
          <p>{t('manage.none')}</p>
        </Notice>
      ) : (
        <PageImages edition={edition} images={images} />
      )}
      <h3>{t('manage.put')}</h3>
      <ScansForm edition={edition} />
      <h3>{t('manage.fromManifest')}</h3>
      <ManifestForm edition={edition} />
    </>
  );
}

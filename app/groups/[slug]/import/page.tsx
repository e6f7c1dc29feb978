import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getEdition } from '@/lib/edition';
import { requireViewer } from '@/lib/group/page-viewer';
import { ClientMessages, getTranslator } from '@/lib/i18n/server';
import { listImports } from '@/lib/import';
import { loadGroup } from '../load-group';
import { ImportForm } from './import-form';
import { ImportHistory } from './import-history';

type Props = { params: Promise<{ slug: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslator('import'))('title') };
}

/** Imports files of annotations, and undoes imports; for staff. */
export default async function ImportPage({ params }: Props) {
  const { slug } = await params;
  const viewer = await requireViewer(`/groups/${slug}/import`);
  const group = await loadGroup(slug);
  if (!group.can.includes('import')) notFound();
  const t = await getTranslator('import');
  const [imports, edition] = await Promise.all([
    listImports(viewer, slug),
    group.edition ? getEdition(viewer, group.edition) : null,
  ]);
  const sections = (edition?.sections ?? []).map(({ id, title }) => ({ id, title }));
  return (
    <div className="page form stack">
      <h1>{t('title')}</h1>
      <p className="lead">{t('intro')}</p>
      <ClientMessages namespaces={['import']}>
        <ImportForm group={slug} edition={group.edition} sections={sections} />
        <h2>{t('earlier')}</h2>
        <ImportHistory group={slug} imports={imports} />
      </ClientMessages>
    </div>
  );
}

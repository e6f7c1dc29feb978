import { Hash } from 'lucide';
import { notFound } from 'next/navigation';
import { EmptyState } from '@/app/_ui/notice';
import { PageHead } from '@/app/_ui/page-head';
import { listTags } from '@/lib/annotation';
import { requireViewer } from '@/lib/group/page-viewer';
import { ClientMessages, getTranslator } from '@/lib/i18n/server';
import { loadGroup } from '../load-group';
import { OfferForm } from './offer-form';
import { TagTable } from './tag-table';

/** The tags of a group, for staff: which are offered to whoever writes, and what they are called. */
export default async function TagsPage({ params }: { params: Promise<{ slug: string }> }) {
  const { slug } = await params;
  const viewer = await requireViewer(`/groups/${slug}/tags`);
  const { can, archived } = await loadGroup(slug);
  if (!can.includes('assign')) notFound();
  const t = await getTranslator('groups');
  const tags = await listTags(viewer, slug);
  const offered = tags.filter(({ offered }) => offered).map(({ tag }) => tag);
  const sets = can.includes('settings') && !archived;
  return (
    <div className="page stack">
      <PageHead title={t('tags.title')} />
      <p className="muted">{t('tags.lead')}</p>
      <ClientMessages namespaces={['groups']}>
        {sets && <OfferForm group={slug} offered={offered} />}
        {tags.length === 0 ? (
          <EmptyState icon={Hash} title={t('tags.none')}>
            <p>{t('tags.noneText')}</p>
          </EmptyState>
        ) : (
          <TagTable group={slug} tags={tags} offered={offered} sets={sets} renames={!archived} />
        )}
      </ClientMessages>
    </div>
  );
}

import { notFound } from 'next/navigation';
import { ButtonLink } from '@/app/_ui/button';
import { listListable } from '@/lib/edition';
import { listMembers, listReadingList } from '@/lib/group';
import { requireViewer } from '@/lib/group/page-viewer';
import { ClientMessages, getTranslator } from '@/lib/i18n/server';
import { loadGroup } from '../load-group';
import { CopyForm } from './copy-form';
import { ArchiveButton, DeleteGroup, HandOverForm } from './group-life';
import { ModerationForm } from './moderation-form';
import { ReadingListForm } from './reading-list-form';
import { ResearchForm } from './research-form';
import { SettingsForm } from './settings-form';

export default async function SettingsPage({ params }: { params: Promise<{ slug: string }> }) {
  const { slug } = await params;
  const viewer = await requireViewer(`/groups/${slug}/settings`);
  const group = await loadGroup(slug);
  if (!group.can.includes('settings')) notFound();
  const t = await getTranslator('groups');
  const [list, editions, members] = await Promise.all([
    listReadingList(viewer, slug),
    listListable(viewer),
    listMembers(viewer, slug),
  ]);
  return (
    <div className="page form stack">
      <h1>{t('settings.title')}</h1>
      <ClientMessages namespaces={['groups']}>
        {!group.archived && (
          <>
            <h2>{t('reading.title')}</h2>
            <p className="muted">{t('reading.lead')}</p>
            <ReadingListForm
              group={slug}
              list={list.map(({ edition, sections }) => ({ edition, sections }))}
              editions={editions.map(({ slug, title, isPublished }) => ({ slug, title, isPublished }))}
            />
          </>
        )}
        <h2>{t('settings.group')}</h2>
        {!group.archived && <SettingsForm group={group} />}
        <p className="muted">{t('settings.slug', { slug })}</p>
        {!group.archived && (
          <>
            <h2>{t('moderation.title')}</h2>
            <ModerationForm group={group} />
            <h2>{t('research.title')}</h2>
            <p className="muted">{t('research.lead')}</p>
            <ResearchForm group={group} />
          </>
        )}
        <h2>{t('tags.title')}</h2>
        <p className="muted">{t('tags.lead')}</p>
        <p>
          <ButtonLink href={`/groups/${slug}/tags`}>{t('tags.open')}</ButtonLink>
        </p>
        <h2>{t('copy.title')}</h2>
        <p className="muted">{t('copy.lead')}</p>
        <CopyForm group={slug} />
        <h2>{t('archive.title')}</h2>
        <p className="muted">{t('archive.lead')}</p>
        <ArchiveButton group={group} />
        {group.can.includes('own') && (
          <>
            {!group.archived && (
              <>
                <h2>{t('handOver.title')}</h2>
                <p className="muted">{t('handOver.lead')}</p>
                <HandOverForm group={slug} members={members.filter(({ id }) => id !== viewer.id)} />
              </>
            )}
            <h2>{t('delete.title')}</h2>
            <p className="muted">{t('delete.lead')}</p>
            <DeleteGroup group={group} />
          </>
        )}
      </ClientMessages>
    </div>
  );
}

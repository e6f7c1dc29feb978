import { MapPinCheck } from 'lucide';
import type { Metadata } from 'next';
import { ButtonLink } from '@/app/_ui/button';
import { EmptyState } from '@/app/_ui/notice';
import { listPendingAnchors } from '@/lib/anchor';
import { requireViewer } from '@/lib/group/page-viewer';
import { getTranslator } from '@/lib/i18n/server';
import { loadGroup } from '../load-group';
import { PendingAnchorCard } from './pending-anchor';

type Props = { params: Promise<{ slug: string }>; searchParams: Promise<{ cursor?: string | string[] }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslator('annotation'))('pendingAnchors') };
}

/** The anchors that a publication left in doubt or orphaned, and that this viewer may resolve. */
export default async function PendingAnchorsPage({ params, searchParams }: Props) {
  const { slug } = await params;
  const [cursor] = [(await searchParams).cursor].flat();
  await loadGroup(slug);
  const viewer = await requireViewer(`/groups/${slug}/anchors`);
  const t = await getTranslator('annotation');
  const { items, next } = await listPendingAnchors(viewer, slug, { limit: 20, cursor });
  return (
    <div className="page stack">
      <h1>{t('pendingAnchors')}</h1>
      <p className="muted">{t('pendingAnchorsIntro')}</p>
      {items.length === 0 && <EmptyState icon={MapPinCheck} title={t('pendingAnchorsNone')} />}
      {items.map((waiting) => (
        <PendingAnchorCard key={waiting.annotation.id} waiting={waiting} />
      ))}
      {next && (
        <p>
          <ButtonLink href={`/groups/${slug}/anchors?cursor=${next}`}>{t('showMore')}</ButtonLink>
        </p>
      )}
    </div>
  );
}

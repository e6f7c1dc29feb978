import { notFound } from 'next/navigation';
import { requireViewer } from '@/lib/group/page-viewer';
import { ClientMessages, getTranslator } from '@/lib/i18n/server';
import { loadGroup } from '../../load-group';
import { AssignmentForm } from '../assignment-form';
import { loadAssignable } from '../load-form';

export default async function NewAssignmentPage({ params }: { params: Promise<{ slug: string }> }) {
  const { slug } = await params;
  const viewer = await requireViewer(`/groups/${slug}/assignments/new`);
  const { can } = await loadGroup(slug);
  if (!can.includes('assign')) notFound();
  const t = await getTranslator('assignments');
  return (
    <div className="page form stack">
      <h1>{t('new')}</h1>
      <ClientMessages namespaces={['assignments', 'groups']}>
        <AssignmentForm group={slug} editions={await loadAssignable(viewer, slug)} />
      </ClientMessages>
    </div>
  );
}

import { notFound } from 'next/navigation';
import { requireViewer } from '@/lib/group/page-viewer';
import { ClientMessages, getTranslator } from '@/lib/i18n/server';
import { loadGroup } from '../../../load-group';
import { AssignmentForm } from '../../assignment-form';
import { loadAssignable } from '../../load-form';
import { loadAssignment } from '../load-assignment';
import { DeleteAssignment } from './delete-assignment';

type Props = { params: Promise<{ slug: string; id: string }> };

export default async function EditAssignmentPage({ params }: Props) {
  const { slug, id } = await params;
  const viewer = await requireViewer(`/groups/${slug}/assignments/${id}/edit`);
  const { can } = await loadGroup(slug);
  if (!can.includes('assign')) notFound();
  const t = await getTranslator('assignments');
  const assignment = await loadAssignment(viewer, slug, id);
  const listed = await loadAssignable(viewer, slug);
  const isListed = listed.some((edition) => edition.slug === assignment.edition);
  const editions = isListed ? listed : [...listed, { slug: assignment.edition, title: assignment.edition }];
  return (
    <div className="page form stack">
      <h1 dir="auto">{assignment.title}</h1>
      <ClientMessages namespaces={['assignments', 'groups']}>
        <AssignmentForm group={slug} editions={editions} assignment={assignment} />
        <DeleteAssignment group={slug} id={id} label={t('deleteText')} />
      </ClientMessages>
    </div>
  );
}

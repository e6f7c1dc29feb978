import { notFound } from 'next/navigation';
import { Button } from '@/app/_ui/button';
import { Choice } from '@/app/_ui/field';
import { requireViewer } from '@/lib/group/page-viewer';
import { ClientMessages, getTranslator } from '@/lib/i18n/server';
import { groupBy } from '@/lib/kernel/group-by';
import { loadGroup } from '../../load-group';
import { AssignmentForm } from '../assignment-form';
import { loadAssignable } from '../load-form';
import { loadTemplates } from '../load-templates';

type Props = { params: Promise<{ slug: string }>; searchParams: Promise<{ from?: string | string[] }> };

/** A new assignment, empty or with what an earlier one asked for. */
export default async function NewAssignmentPage({ params, searchParams }: Props) {
  const { slug } = await params;
  const { from } = await searchParams;
  const home = `/groups/${slug}/assignments/new`;
  const viewer = await requireViewer(home);
  const { can } = await loadGroup(slug);
  if (!can.includes('assign')) notFound();
  const t = await getTranslator('assignments');
  const templates = await loadTemplates(viewer);
  const template = templates.find(({ key }) => key === from);
  return (
    <div className="page form stack">
      <h1>{t('new')}</h1>
      {templates.length > 0 && (
        <form action={home} className="fields">
          <Choice
            label={t('template.label')}
            hint={t('template.hint')}
            name="from"
            defaultValue={template?.key ?? ''}
          >
            <option value="">{t('template.none')}</option>
            {[...groupBy(templates, ({ group }) => group)].map(([group, items]) => (
              <optgroup key={group} label={group}>
                {items.map(({ key, assignment }) => (
                  <option key={key} value={key}>
                    {assignment.title}
                  </option>
                ))}
              </optgroup>
            ))}
          </Choice>
          <Button type="submit">{t('template.use')}</Button>
        </form>
      )}
      <ClientMessages namespaces={['assignments', 'groups']}>
        <AssignmentForm
          key={template?.key ?? ''}
          group={slug}
          editions={await loadAssignable(viewer, slug)}
          template={template?.assignment}
        />
      </ClientMessages>
    </div>
  );
}

import { ClipboardList, Plus } from 'lucide';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { ButtonLink } from '@/app/_ui/button';
import { EmptyState } from '@/app/_ui/notice';
import { PageHead } from '@/app/_ui/page-head';
import { listAssignments } from '@/lib/assignment';
import type { Assignment } from '@/lib/assignment/schema';
import { requireViewer } from '@/lib/group/page-viewer';
import { ClientMessages, getTranslator } from '@/lib/i18n/server';
import { loadGroup } from '../load-group';
import { AssignmentDates, AssignmentSight, OwnProgress } from './assignment-facts';
import styles from './assignments.module.css';

/** The assignments of a group: for a student with what they owe, for staff with the way to each one's progress. */
export default async function AssignmentsPage({ params }: { params: Promise<{ slug: string }> }) {
  const { slug } = await params;
  const viewer = await requireViewer(`/groups/${slug}/assignments`);
  const { can } = await loadGroup(slug);
  if (!can.includes('members')) notFound();
  const t = await getTranslator('assignments');
  const isStaff = can.includes('assign');
  const assignments = (await listAssignments(viewer, slug)).sort(byDueDate);
  const home = `/groups/${slug}/assignments`;
  return (
    <div className="page stack">
      <PageHead title={t('title')}>
        {isStaff && (
          <ButtonLink href={`${home}/new`} look="primary" icon={Plus} prefetch={false}>
            {t('new')}
          </ButtonLink>
        )}
      </PageHead>
      <p className="muted">{t('lead')}</p>
      {assignments.length === 0 && (
        <EmptyState icon={ClipboardList} title={t('none')}>
          <p>{t(isStaff ? 'noneStaff' : 'noneStudent')}</p>
        </EmptyState>
      )}
      <ClientMessages namespaces={['assignments']}>
        <ul className={styles.list}>
          {assignments.map((assignment) => (
            <li key={assignment.id} className={styles.card}>
              <h2>
                <Link href={`${home}/${assignment.id}`} prefetch={false} dir="auto">
                  {assignment.title}
                </Link>
              </h2>
              <AssignmentDates assignment={assignment} />
              {isStaff ? <p className="muted">{t(`modeHint_${assignment.mode}`)}</p> : null}
              {!isStaff && <AssignmentSight assignment={assignment} />}
              {!isStaff && <OwnProgress assignment={assignment} />}
              {isStaff && (
                <p>
                  <Link href={`/groups/${slug}/overview?assignment=${assignment.id}`} prefetch={false}>
                    {t('progress')}
                  </Link>
                </p>
              )}
            </li>
          ))}
        </ul>
      </ClientMessages>
    </div>
  );
}

/** What is due next first, what has no date after that, and what is closed last. */
function byDueDate(a: Assignment, b: Assignment): number {
  const rank = ({ closed, due, repliesDue }: Assignment) =>
    `${closed ? 1 : 0} ${due ?? repliesDue ?? 'without a date'}`;
  return rank(a) < rank(b) ? -1 : rank(a) > rank(b) ? 1 : 0;
}

import { Download, UserPlus } from 'lucide';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { ButtonLink } from '@/app/_ui/button';
import { ChipLink, Chips } from '@/app/_ui/chip';
import { EmptyState } from '@/app/_ui/notice';
import { PageHead } from '@/app/_ui/page-head';
import { getOverview, listAssignments } from '@/lib/assignment';
import { listMembers } from '@/lib/group';
import { requireViewer } from '@/lib/group/page-viewer';
import { ClientMessages, getTranslator } from '@/lib/i18n/server';
import { REMINDER_LIMIT } from '@/lib/notice';
import { loadGroup } from '../load-group';
import { SeeAsStudent } from '../see-as-student';
import { Owing } from './owing';
import { ProgressTable } from './progress-table';

type Props = { params: Promise<{ slug: string }>; searchParams: Promise<{ assignment?: string | string[] }> };

/** What each student did, in one assignment or in all, for staff. */
export default async function OverviewPage({ params, searchParams }: Props) {
  const { slug } = await params;
  const { assignment: wanted } = await searchParams;
  const home = `/groups/${slug}/overview`;
  const viewer = await requireViewer(home);
  const { can } = await loadGroup(slug);
  if (!can.includes('assign')) notFound();
  const t = await getTranslator('assignments');
  const assignments = await listAssignments(viewer, slug);
  const chosen = assignments.find(({ id }) => id === wanted);
  if (wanted !== undefined && !chosen) notFound();
  const [rows, members] = await Promise.all([
    getOverview(viewer, slug, chosen?.id),
    chosen ? listMembers(viewer, slug) : [],
  ]);
  const owing = new Set(rows.filter(({ owes }) => owes).map(({ member }) => member.id));
  const emails = members.flatMap(({ id, email }) => (owing.has(id) && email ? [email] : []));
  return (
    <div className="page stack">
      <PageHead title={t('progress')}>
        <ButtonLink href={`/api/v1/groups/${slug}/gradebook.csv`} icon={Download} prefetch={false} download>
          {t('csv')}
        </ButtonLink>
      </PageHead>
      <p className="muted">{t('progressLead')}</p>
      <p className="row">
        <ClientMessages namespaces={['groups']}>
          <SeeAsStudent group={slug} />
        </ClientMessages>
        <Link href={`/groups/${slug}/heat`} prefetch={false}>
          {t('heat.title')}
        </Link>
        <Link href={`/groups/${slug}/tags`} prefetch={false}>
          {(await getTranslator('groups'))('tags.title')}
        </Link>
      </p>
      {assignments.length > 0 && (
        <Chips label={t('choose')}>
          <ChipLink href={home} isOn={!chosen}>
            {t('all')}
          </ChipLink>
          {assignments.map(({ id, title }) => (
            <ChipLink key={id} href={`${home}?assignment=${id}`} isOn={id === chosen?.id}>
              {title}
            </ChipLink>
          ))}
        </Chips>
      )}
      {chosen && owing.size > 0 && (
        <ClientMessages namespaces={['assignments']}>
          <p>
            <Owing
              group={slug}
              assignment={chosen.id}
              count={owing.size}
              emails={emails}
              limit={REMINDER_LIMIT}
            />
          </p>
        </ClientMessages>
      )}
      {rows.length === 0 ? (
        <EmptyState icon={UserPlus} title={t('noStudents')}>
          <p>{t('noStudentsText')}</p>
        </EmptyState>
      ) : (
        <ClientMessages namespaces={['assignments']}>
          <ProgressTable group={slug} assignment={chosen?.id ?? null} rows={rows} />
        </ClientMessages>
      )}
    </div>
  );
}

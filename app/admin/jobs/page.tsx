import { CircleCheck, Clock, Loader, TriangleAlert } from 'lucide';
import { notFound } from 'next/navigation';
import { StateLabel } from '@/app/_ui/badge';
import { EmptyState } from '@/app/_ui/notice';
import { RowActions, Table } from '@/app/_ui/table';
import { LocalTime } from '@/app/_ui/time';
import { requireViewer } from '@/lib/group/page-viewer';
import { ClientMessages, getTranslator } from '@/lib/i18n/server';
import { listJobs } from '@/lib/job';
import { canOnSite } from '@/lib/policy';
import { RetryButton } from './retry-button';

export async function generateMetadata() {
  const t = await getTranslator('notices');
  return { title: t('jobs.title') };
}

const LOOKS = {
  waiting: { look: 'neutral', icon: Clock },
  running: { look: 'attention', icon: Loader },
  failed: { look: 'bad', icon: TriangleAlert },
} as const;

/** What the servers do later, and what they could not do: for administrators. */
export default async function JobsPage() {
  const viewer = await requireViewer('/admin/jobs');
  if (!canOnSite(viewer, 'manage-accounts')) notFound();
  const t = await getTranslator('notices');
  const jobs = await listJobs(viewer);
  return (
    <main id="main" className="page stack">
      <h1>{t('jobs.title')}</h1>
      <p className="muted">{t('jobs.lead')}</p>
      {jobs.length === 0 ? (
        <EmptyState icon={CircleCheck} title={t('jobs.none')} />
      ) : (
        <ClientMessages namespaces={['notices']}>
          <Table
            caption={t('jobs.title')}
            rows={jobs}
            keyOf={({ id }) => id}
            columns={[
              { head: t('jobs.task'), cell: ({ task }) => <code>{task}</code> },
              {
                head: t('jobs.state'),
                cell: ({ state }) => <StateLabel {...LOOKS[state]}>{t(`jobs.${state}`)}</StateLabel>,
              },
              { head: t('jobs.due'), cell: ({ due }) => <LocalTime when={due} withTime /> },
              { head: t('jobs.attempts'), cell: ({ attempts }) => attempts },
              { head: t('jobs.error'), cell: ({ error }) => error?.split('\n')[0] ?? '' },
              {
                head: '',
                cell: ({ id, state }) =>
                  state === 'failed' && (
                    <RowActions>
                      <RetryButton id={id} />
                    </RowActions>
                  ),
              },
            ]}
          />
        </ClientMessages>
      )}
    </main>
  );
}

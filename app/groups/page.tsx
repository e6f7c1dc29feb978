import { Plus, Users } from 'lucide';
import { listGroupActivity } from '@/lib/annotation';
import { listDeletedGroups, listGroups, listTeachers } from '@/lib/group';
import { pageViewer } from '@/lib/group/page-viewer';
import { ClientMessages, getTranslator } from '@/lib/i18n/server';
import { countQueues } from '@/lib/moderation';
import { ButtonLink } from '../_ui/button';
import { EmptyState, Notice } from '../_ui/notice';
import { PageHead } from '../_ui/page-head';
import { DeletedGroups } from './deleted-groups';
import styles from './groups.module.css';
import { SeminarList } from './seminar-list';

export async function generateMetadata() {
  const t = await getTranslator('groups');
  return { title: t('list.title') };
}

export default async function GroupsPage() {
  const viewer = await pageViewer();
  const t = await getTranslator('groups');
  const common = await getTranslator('common');
  const [groups, teachers, activity, queues, deleted] = await Promise.all([
    listGroups(viewer),
    listTeachers(viewer),
    listGroupActivity(viewer),
    countQueues(viewer),
    listDeletedGroups(viewer),
  ]);
  const mine = groups.filter(({ role }) => role !== null);
  const others = groups.filter(({ role }) => role === null);
  return (
    <main id="main" className="page">
      <PageHead title={t('list.title')}>
        {viewer.id !== null && (
          <ButtonLink href="/groups/new" icon={Plus}>
            {t('create.title')}
          </ButtonLink>
        )}
      </PageHead>
      {viewer.id === null ? (
        <Notice>
          <p>{t('list.signIn')}</p>
          <ButtonLink href="/signin?callbackUrl=/groups" look="primary">
            {common('signIn')}
          </ButtonLink>
        </Notice>
      ) : mine.length === 0 ? (
        <EmptyState icon={Users} title={t('list.none')}>
          <p>{t('list.noneText')}</p>
        </EmptyState>
      ) : (
        <section aria-labelledby="mine" className={styles.section}>
          <h2 id="mine">{t('list.mine')}</h2>
          <SeminarList groups={mine} teachers={teachers} activity={activity} queues={queues} />
        </section>
      )}
      {deleted.length > 0 && (
        <section aria-labelledby="deleted" className={styles.section}>
          <h2 id="deleted">{t('delete.list')}</h2>
          <p className="muted">{t('delete.listLead')}</p>
          <ClientMessages namespaces={['groups']}>
            <DeletedGroups groups={deleted} />
          </ClientMessages>
        </section>
      )}
      {others.length > 0 && (
        <section aria-labelledby="public" className={styles.section}>
          <h2 id="public">{t('list.public')}</h2>
          <SeminarList groups={others} />
        </section>
      )}
    </main>
  );
}

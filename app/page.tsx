import { Users } from 'lucide';
import Link from 'next/link';
import { listGroupActivity, listOwnOpenQuestions } from '@/lib/annotation';
import { getLibrary } from '@/lib/edition';
import { listGroups, listTeachers } from '@/lib/group';
import { pageViewer } from '@/lib/group/page-viewer';
import { getTranslator } from '@/lib/i18n/server';
import type { Viewer } from '@/lib/identity/schema';
import { countQueues } from '@/lib/moderation';
import { ContinueReading } from './_home/continue-reading';
import { ForYou } from './_home/for-you';
import styles from './_home/home.module.css';
import { Introduction } from './_home/introduction';
import { ButtonLink } from './_ui/button';
import { EmptyState } from './_ui/notice';
import { SeminarList } from './groups/seminar-list';

import '@/app/reader/page/fonts.css';

/** For a guest what this is; for a member where they were, their seminars with what is new there, and what waits for them. */
export default async function HomePage() {
  const viewer = await pageViewer();
  if (viewer.id !== null) return <MemberHome viewer={viewer} />;
  const { editions } = await getLibrary(viewer, {}, { sort: 'title', page: 1 });
  const [first] = editions;
  return (
    <main id="main" className="page">
      <Introduction example={first ? `/editions/${first.slug}` : null} />
    </main>
  );
}

/** Open questions of the viewer's own that are shown. */
const QUESTIONS = 5;

async function MemberHome({ viewer }: { viewer: Viewer }) {
  const t = await getTranslator('home');
  const [groups, teachers, activity, queues, questions] = await Promise.all([
    listGroups(viewer),
    listTeachers(viewer),
    listGroupActivity(viewer),
    countQueues(viewer),
    listOwnOpenQuestions(viewer, QUESTIONS),
  ]);
  const mine = groups.filter(({ role }) => role !== null);
  return (
    <main id="main" className="page">
      <h1 className="visually-hidden">{t('welcome', { name: viewer.name })}</h1>
      <ContinueReading viewer={viewer} />
      <div className={styles.columns}>
        <section aria-labelledby="seminars">
          <div className={styles.head}>
            <h2 id="seminars">{t('seminars')}</h2>
            <Link href="/groups" className="small" prefetch={false}>
              {t('allSeminars')}
            </Link>
          </div>
          {mine.length === 0 ? (
            <EmptyState icon={Users} title={t('noSeminars')}>
              <p>{t('noSeminarsText')}</p>
              <ButtonLink href="/groups/new">{t('create')}</ButtonLink>
            </EmptyState>
          ) : (
            <SeminarList groups={mine} teachers={teachers} activity={activity} queues={queues} />
          )}
        </section>
        <ForYou groups={mine} queues={queues} questions={questions} />
      </div>
    </main>
  );
}

import { Plus } from 'lucide';
import Link from 'next/link';
import { ButtonLink } from '@/app/_ui/button';
import { listOpenQuestions } from '@/lib/annotation';
import { pageViewer } from '@/lib/group/page-viewer';
import { ClientMessages, getTranslator } from '@/lib/i18n/server';
import { listWarnings } from '@/lib/moderation';
import { getResearchConsent } from '@/lib/privacy';
import styles from './group.module.css';
import { JoinButton } from './join-button';
import { LatestDiscussion } from './latest-discussion';
import { loadGroup } from './load-group';
import { NewToYou } from './new-to-you';
import { OpenQuestions } from './open-questions';
import { OwnWarnings } from './own-warnings';
import { People } from './people';
import { ReadingListView } from './reading-list';
import { ResearchConsent } from './research-consent';
import { WaitingWork } from './waiting-work';

/** Open questions that are shown. */
const QUESTIONS = 5;

/** What a group reads, its open questions and latest discussion; beside it the people, and for staff what waits. */
export default async function GroupPage({ params }: { params: Promise<{ slug: string }> }) {
  const { slug, can, unread } = await loadGroup((await params).slug);
  const viewer = await pageViewer();
  const t = await getTranslator('groups');
  const texts = await getTranslator('texts');
  const questions = await listOpenQuestions(viewer, slug, QUESTIONS);
  const own =
    viewer.id !== null && can.includes('members') ? await listWarnings(viewer, slug, viewer.id) : [];
  const research = can.includes('members') ? await getResearchConsent(viewer, slug) : null;
  const warnings = own.filter(({ acknowledged }) => acknowledged === null);
  return (
    <div className={`page ${styles.columns}`}>
      {can.includes('moderate') && <WaitingWork slug={slug} />}
      <div className={styles.main}>
        {warnings.length > 0 && (
          <ClientMessages namespaces={['moderation']}>
            <OwnWarnings group={slug} warnings={warnings} />
          </ClientMessages>
        )}
        {can.includes('join') && (
          <ClientMessages namespaces={['groups']}>
            <JoinButton by={{ group: slug }} text={t('home.join')} />
          </ClientMessages>
        )}
        <section aria-labelledby="reads">
          <div className={styles.sectionHead}>
            <h2 id="reads">{t('home.reads')}</h2>
            {can.includes('settings') && (
              <ButtonLink href={`/texts/new?group=${slug}`} look="quiet" small icon={Plus} prefetch={false}>
                {texts('add')}
              </ButtonLink>
            )}
          </div>
          <ReadingListView slug={slug} />
        </section>
        {unread > 0 && <NewToYou slug={slug} count={unread} />}
        <OpenQuestions questions={questions} />
        <section aria-labelledby="latest">
          <div className={styles.sectionHead}>
            <h2 id="latest">{t('home.discussion')}</h2>
          </div>
          <LatestDiscussion slug={slug} />
        </section>
      </div>
      <aside className={styles.aside}>
        {research && research.wording !== '' && (
          <ClientMessages namespaces={['groups']}>
            <ResearchConsent group={slug} wording={research.wording} hasAgreed={research.agreed !== null} />
          </ClientMessages>
        )}
        {can.includes('members') && (
          <section aria-labelledby="people">
            <div className={styles.sectionHead}>
              <h2 id="people">{t('home.people')}</h2>
              {can.includes('invite') && (
                <Link href={`/groups/${slug}/members`} className="small" prefetch={false}>
                  {t('home.invite')}
                </Link>
              )}
            </div>
            <People slug={slug} />
          </section>
        )}
        {can.includes('members') && (
          <section aria-labelledby="record">
            <div className={styles.sectionHead}>
              <h2 id="record">{t('record.title')}</h2>
            </div>
            <p className="muted small">{t('record.lead')}</p>
            <a
              href={`/api/v1/groups/${slug}/moderation/head`}
              download={`${slug}-head.json`}
              className="small"
            >
              {t('record.take')}
            </a>
          </section>
        )}
      </aside>
    </div>
  );
}

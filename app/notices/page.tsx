import { BellRing } from 'lucide';
import { requireViewer } from '@/lib/group/page-viewer';
import { ClientMessages, getTranslator } from '@/lib/i18n/server';
import { groupBy } from '@/lib/kernel/group-by';
import { describeNotices, type NoticeDetails, noticeQuerySchema } from '@/lib/notice';
import { ButtonLink } from '../_ui/button';
import { EmptyState } from '../_ui/notice';
import { PageHead } from '../_ui/page-head';
import { SegmentLinks } from '../_ui/segments';
import { MarkAllRead } from './mark-all-read';
import { NoticeGroup } from './notice-group';
import styles from './notices.module.css';

export async function generateMetadata() {
  const t = await getTranslator('notices');
  return { title: t('title') };
}

const SHOWN = 50;

type Props = { searchParams: Promise<{ unread?: string; cursor?: string }> };

/** What the viewer was told, newest first, by thread: everything, or what is unread. */
export default async function NoticesPage({ searchParams }: Props) {
  const viewer = await requireViewer('/notices');
  const t = await getTranslator('notices');
  const { unread, cursor } = await searchParams;
  const asked = noticeQuerySchema.safeParse({
    limit: SHOWN,
    ...(unread && { unread }),
    ...(cursor && { cursor }),
  });
  const query = asked.success ? asked.data : { limit: SHOWN };
  const { items, next } = await describeNotices(viewer, query);
  const more = new URLSearchParams({ ...(query.unread && { unread: '1' }), ...(next && { cursor: next }) });
  return (
    <main id="main" className="page stack">
      <ClientMessages namespaces={['notices']}>
        <PageHead title={t('title')}>
          <MarkAllRead />
        </PageHead>
        <div>
          <SegmentLinks
            label={t('show')}
            choices={[
              { href: '/notices', text: t('all'), isCurrent: query.unread === undefined },
              { href: '/notices?unread=1', text: t('unread'), isCurrent: query.unread !== undefined },
            ]}
          />
        </div>
        {items.length === 0 ? (
          <EmptyState icon={BellRing} title={t(query.unread ? 'noneUnread' : 'none')}>
            <p>{t('noneText')}</p>
            <ButtonLink href="/account#mail">{t('mail.settings')}</ButtonLink>
          </EmptyState>
        ) : (
          <ol className={styles.list}>
            {byThread(items).map((notices) => (
              <NoticeGroup key={notices[0]?.id} notices={notices} />
            ))}
          </ol>
        )}
        {next && <ButtonLink href={`/notices?${more}`}>{t('earlier')}</ButtonLink>}
      </ClientMessages>
    </main>
  );
}

/** Notices by the thread that they are about, in the order of the newest of each. */
function byThread(notices: NoticeDetails[]): NoticeDetails[][] {
  const threads = groupBy(notices, ({ rootId, assignmentId, id }) => rootId ?? assignmentId ?? id);
  return [...threads.values()];
}

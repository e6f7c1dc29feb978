import { AtSign, BadgeCheck, CalendarClock, Eye, Flag, type IconNode, MessageCircleReply } from 'lucide';
import { Icon } from '@/app/_ui/icon';
import { RelativeTime } from '@/app/_ui/time';
import { getTranslator } from '@/lib/i18n/server';
import { type NoticeDetails, type NoticeKind, sentenceOf } from '@/lib/notice';
import { NoticeLink } from './notice-link';
import styles from './notices.module.css';

const ICONS: Record<NoticeKind, IconNode> = {
  mention: AtSign,
  answer: MessageCircleReply,
  watched: Eye,
  decision: BadgeCheck,
  report: Flag,
  date: CalendarClock,
};

/** The notices of one thread or assignment, newest first, below the words that it is on. */
export async function NoticeGroup({ notices }: { notices: NoticeDetails[] }) {
  const t = await getTranslator('notices');
  const [newest] = notices as [NoticeDetails];
  const passage = newest.about?.passage;
  return (
    <li>
      <p className="muted small">{newest.groupName}</p>
      {passage && (
        <p className={`quote ${styles.passage}`} dir="auto">
          «{passage}»
        </p>
      )}
      <ul>
        {notices.map((notice) => (
          <li key={notice.id} data-unread={notice.readAt === null || undefined}>
            <Icon of={ICONS[notice.kind]} />
            <div>
              <NoticeLink id={notice.id} href={pathOf(notice)}>
                {notice.readAt === null && <span className="visually-hidden">{t('unreadOne')} </span>}
                {sentenceOf(notice, t)}
              </NoticeLink>
              {notice.words !== null && (
                <p className={styles.words} dir="auto">
                  {notice.words}
                </p>
              )}
              {notice.about && notice.kind !== 'report' && <Words html={notice.about.annotation.html} />}
            </div>
            <span className="muted small">
              <RelativeTime when={notice.createdAt.toISOString()} />
            </span>
          </li>
        ))}
      </ul>
    </li>
  );
}

function pathOf({ kind, about, groupSlug, assignmentId, personId }: NoticeDetails): string {
  if (kind === 'report') return `/groups/${groupSlug}/moderation`;
  if (about) return `/annotations/${about.annotation.id}`;
  return `/groups/${groupSlug}/${assignmentId ? `assignments/${assignmentId}` : `people/${personId}`}`;
}

function Words({ html }: { html: string }) {
  // biome-ignore lint/security/noDangerouslySetInnerHtml: lib/markdown has sanitised it
  return <div className={styles.words} dir="auto" dangerouslySetInnerHTML={{ __html: html }} />;
}

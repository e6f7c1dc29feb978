import { EyeOff, Flag, Hourglass } from 'lucide';
import { Avatar } from '@/app/_ui/avatar';
import { StateLabel } from '@/app/_ui/badge';
import { Difference } from '@/app/_ui/difference';
import { RelativeTime } from '@/app/_ui/time';
import { getTranslator } from '@/lib/i18n/server';
import type { QueueItem as Item } from '@/lib/moderation/schema';
import type { SectionTitles } from '../section-titles';
import styles from './moderation.module.css';
import { ModerationActions } from './moderation-actions';

/** An item of the queue: who flagged it for what reason, its passage, the thread it is in, and its text; what it said when it was sent back, and what its author says against a decision. */
export async function QueueItem({
  item: { annotation, root, flags, resubmission, appeal, record, urgency },
  titles,
  reasons,
}: {
  item: Item;
  titles: SectionTitles;
  /** The group's own reasons, by id and title. */
  reasons: { id: string; title: string }[];
}) {
  const t = await getTranslator('moderation');
  const { id, author, created, html, state, version, can, edition, section } = annotation;
  const passage = (root ?? annotation).exact;
  return (
    <article className={styles.item} aria-label={author.name}>
      <div className={styles.why}>
        {appeal && (
          <StateLabel look="attention" icon={EyeOff}>
            {t('appealed')}
          </StateLabel>
        )}
        {state === 'pending' && (
          <StateLabel look="attention" icon={Hourglass}>
            {t(resubmission ? 'resubmitted' : 'pending')}
          </StateLabel>
        )}
        {flags.length > 0 && (
          <StateLabel look="bad" icon={Flag}>
            {t('flagged', { count: flags.length })}
          </StateLabel>
        )}
        <ul>
          {flags.map((flag) => (
            <li key={flag.by.id}>
              <b>{t(`reason.${flag.reason}`)}</b>
              {flag.note && <>: “{flag.note}”</>}{' '}
              <span className="muted small">
                {flag.by.name}, <RelativeTime when={flag.created} />
              </span>
            </li>
          ))}
        </ul>
      </div>
      <div className={styles.said}>
        <a href={`/annotations/${id}`} className={`quote ${styles.passage}`} dir="auto" title={t('open')}>
          {passage ? `«${passage}»` : t('wholeSection')}
        </a>
        {root && (
          <div className={styles.root}>
            <p className="muted small">
              {t('inThread')} · {root.author.name}
            </p>
            {/* biome-ignore lint/security/noDangerouslySetInnerHtml: lib/markdown has sanitised it */}
            <div dir="auto" dangerouslySetInnerHTML={{ __html: root.html }} />
          </div>
        )}
        <p className={styles.who}>
          <Avatar name={author.name} />
          <b>{author.name}</b>
          <span className="muted small" dir="auto">
            {titles.get(`${edition}/${section}`) ?? section}
          </span>
          <span className="muted small">
            <RelativeTime when={created} />
          </span>
        </p>
        <p className="muted small">
          {t('record', record)} {t('readBy', { count: urgency.readers })}
        </p>
        {/* biome-ignore lint/security/noDangerouslySetInnerHtml: lib/markdown has sanitised it */}
        <div className={styles.note} dir="auto" dangerouslySetInnerHTML={{ __html: html }} />
        {resubmission && (
          <>
            <p className="muted small">
              {t('sentBackBy', { name: resubmission.by.name, reason: resubmission.reason })}
            </p>
            <p className={styles.difference} dir="auto">
              <Difference parts={resubmission.difference} />
            </p>
          </>
        )}
        {appeal && (
          <>
            <p className="muted small">
              {t('appealAgainst', {
                action: t(`did.${appeal.decision.action as 'hide'}`),
                name: appeal.decision.actor?.name ?? '',
                reason: appeal.decision.reason,
              })}
            </p>
            <blockquote className={styles.appeal} dir="auto">
              {appeal.words}
            </blockquote>
          </>
        )}
      </div>
      <div className="row">
        <ModerationActions id={id} version={version} can={can} reasons={reasons} />
        <a href={`/annotations/${id}`} data-action="open">
          {t('open')}
        </a>
      </div>
    </article>
  );
}

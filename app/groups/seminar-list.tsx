import { Flag } from 'lucide';
import Link from 'next/link';
import { StateLabel } from '@/app/_ui/badge';
import { RelativeTime } from '@/app/_ui/time';
import type { Group } from '@/lib/group';
import { getTranslator } from '@/lib/i18n/server';
import styles from './seminar-list.module.css';

type Props = {
  groups: Group[];
  /** By slug: who teaches it, what was written in the last week, how many notes wait for this viewer. */
  teachers?: Map<string, string[]>;
  activity?: Map<string, { notes: number; latest: Date | null }>;
  queues?: Map<string, number>;
};

/** Seminars with the signs of their life: who teaches, how many people, what was written of late, what waits for staff. */
export async function SeminarList({ groups, teachers, activity, queues }: Props) {
  const t = await getTranslator('groups');
  return (
    <ul className={styles.list}>
      {groups.map(({ slug, name, role, members }) => {
        const life = activity?.get(slug);
        const waiting = queues?.get(slug) ?? 0;
        const about = [...(teachers?.get(slug) ?? []).slice(0, 3), t('members', { count: members })];
        return (
          <li key={slug}>
            <h3>
              <Link href={`/groups/${slug}`} prefetch={false} dir="auto">
                {name}
              </Link>
            </h3>
            <p className={styles.facts}>
              <span>{about.join(' · ')}</span>
              {role && <span>{t(`role.${role}`)}</span>}
              {role && !life && <span>{t('list.quiet')}</span>}
              {life && (
                <span>
                  <b>{t('list.week', { count: life.notes })}</b>
                  {life.latest && (
                    <>
                      , {t('list.latest')} <RelativeTime when={life.latest.toISOString()} />
                    </>
                  )}
                </span>
              )}
              {waiting > 0 && (
                <Link href={`/groups/${slug}/moderation`} prefetch={false}>
                  <StateLabel look="attention" icon={Flag}>
                    {t('list.review', { count: waiting })}
                  </StateLabel>
                </Link>
              )}
            </p>
          </li>
        );
      })}
    </ul>
  );
}

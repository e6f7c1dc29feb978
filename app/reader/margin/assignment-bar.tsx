'use client';
import { useId } from 'react';
import type { Assignment } from '@/lib/assignment/schema';
import { useLocale, useTranslations } from '@/lib/i18n/client';
import { formatDate } from '@/lib/i18n/translate';
import { canInGroup } from '@/lib/policy';
import { isWritable } from '../data/assignments';
import { useReader, useReaderStore } from '../state/use-reader';
import styles from './assignment-bar.module.css';

/** In which assignment one writes on this page, what is owed, and who sees what when. Nothing where there is none. */
export default function AssignmentBar() {
  const t = useTranslations('annotation');
  const store = useReaderStore();
  const id = useId();
  const assignments = useReader((state) => state.assignments);
  const chosen = useReader((state) => state.assignment);
  const group = useReader((state) => state.group);
  const writable = assignments.filter((assignment) =>
    isWritable(assignment, canInGroup(group?.role ?? null, 'assign')),
  );
  const assignment = writable.find((candidate) => candidate.id === chosen);
  if (!group || writable.length === 0) return null;
  return (
    <div className={styles.bar}>
      <div className={styles.choice}>
        <label htmlFor={id}>{t('assignmentLabel')}</label>
        <select
          id={id}
          value={assignment?.id ?? ''}
          onChange={({ currentTarget }) => store.set({ assignment: currentTarget.value || null })}
        >
          {writable.map(({ id, title }) => (
            <option key={id} value={id}>
              {title}
            </option>
          ))}
          <option value="">{t('assignmentNone')}</option>
        </select>
        {assignment && (
          <a href={`/groups/${group.slug}/assignments/${assignment.id}`}>{t('assignmentAbout')}</a>
        )}
      </div>
      {assignment && <Facts assignment={assignment} />}
    </div>
  );
}

function Facts({ assignment }: { assignment: Assignment }) {
  const t = useTranslations('annotation');
  const locale = useLocale();
  const { mode, mine, expected, due, reveal } = assignment;
  const moment = (when: string) => formatDate(locale, new Date(when), { time: true, zone: 'local' });
  const glosses = expected.glosses - (mine?.glosses ?? 0);
  const replies = expected.replies - (mine?.replies ?? 0);
  const facts = [
    due !== null && t('assignmentDue', { when: moment(due) }),
    glosses > 0 && t('assignmentOwesGlosses', { n: glosses }),
    replies > 0 && t('assignmentOwesReplies', { n: replies }),
  ].filter((fact) => fact !== false);
  return (
    <>
      {facts.length > 0 && <p className="muted">{facts.join(' · ')}</p>}
      <p role="status">{sight()}</p>
    </>
  );

  function sight(): string {
    if (mode === 'post-first') return t(mine?.sees ? 'assignmentSee_unlocked' : 'assignmentSee_post-first');
    if (mode !== 'blind-until') return t(`assignmentSee_${mode}`);
    if (mine?.sees) return t('assignmentSee_open');
    return reveal === null
      ? t('assignmentSee_blindUndated')
      : t('assignmentSee_blind', { when: moment(reveal) });
  }
}

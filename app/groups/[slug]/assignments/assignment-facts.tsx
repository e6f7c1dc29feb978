import { CalendarClock, Lock, Pencil } from 'lucide';
import { StateLabel } from '@/app/_ui/badge';
import { LocalTime } from '@/app/_ui/time';
import type { Assignment } from '@/lib/assignment/schema';
import { getTranslator } from '@/lib/i18n/server';
import styles from './assignments.module.css';

const DATES = ['opens', 'due', 'repliesDue', 'reveal', 'closes'] as const;

/** Whether one writes in an assignment now, and its dates; those of the caller, where they have their own. */
export async function AssignmentDates({ assignment }: { assignment: Assignment }) {
  const t = await getTranslator('assignments');
  const { closed, opens, extended } = assignment;
  const isPlanned = opens !== null && new Date(opens) > new Date();
  const dates = DATES.flatMap((name) => {
    const when = assignment[name];
    return when === null ? [] : [{ name, when }];
  });
  return (
    <>
      <p>
        {closed ? (
          <StateLabel icon={Lock}>{t('isClosed')}</StateLabel>
        ) : isPlanned ? (
          <StateLabel icon={CalendarClock}>{t('isPlanned')}</StateLabel>
        ) : (
          <StateLabel look="done" icon={Pencil}>
            {t('isOpen')}
          </StateLabel>
        )}
      </p>
      {dates.length > 0 && (
        <dl className={styles.dates}>
          {dates.map(({ name, when }) => (
            <div key={name}>
              <dt>{t(`date.${name}`)}</dt>
              <dd>
                <LocalTime when={when} withTime />
                {extended && (name === 'due' || name === 'repliesDue') && ` (${t('extended')})`}
              </dd>
            </div>
          ))}
        </dl>
      )}
    </>
  );
}

/** Who sees what in an assignment, in words, as it is for the caller now. */
export async function AssignmentSight({ assignment }: { assignment: Assignment }) {
  const t = await getTranslator('assignments');
  const { mode, reveal, mine } = assignment;
  if (mode === 'blind-until' && reveal !== null && !mine?.sees) {
    return (
      <p>
        {t('see_blind')} <LocalTime when={reveal} withTime />.
      </p>
    );
  }
  if (mode === 'blind-until') return <p>{t(mine?.sees ? 'see_revealed' : 'see_blindUndated')}</p>;
  if (mode === 'post-first') return <p>{t(mine?.sees ? 'see_unlocked' : 'see_post-first')}</p>;
  return <p>{t(`see_${mode}`)}</p>;
}

/** What the caller has written and still owes; nothing for somebody who does not write. */
export async function OwnProgress({ assignment }: { assignment: Assignment }) {
  const t = await getTranslator('assignments');
  const { mine, expected } = assignment;
  if (!mine) return null;
  const owed = [
    expected.glosses > mine.glosses && t('mine.owedGlosses', { n: expected.glosses - mine.glosses }),
    expected.replies > mine.replies && t('mine.owedReplies', { n: expected.replies - mine.replies }),
  ].filter((sentence) => sentence !== false);
  const written = [
    t('mine.glosses', { n: mine.glosses }),
    t('mine.replies', { n: mine.replies }),
    mine.late > 0 && t('mine.late', { n: mine.late }),
  ].filter((sentence) => sentence !== false);
  const expects = expected.glosses + expected.replies > 0;
  return (
    <p>
      {written.join(' · ')}
      {expects && <> — {owed.length > 0 ? owed.join(', ') : t('mine.nothingOwed')}</>}
    </p>
  );
}

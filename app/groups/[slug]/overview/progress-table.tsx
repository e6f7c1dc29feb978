'use client';
import { CircleCheck, Clock, Hourglass } from 'lucide';
import Link from 'next/link';
import { useState } from 'react';
import { Avatar } from '@/app/_ui/avatar';
import { StateLabel } from '@/app/_ui/badge';
import { Button } from '@/app/_ui/button';
import { type Column, RowActions, Table } from '@/app/_ui/table';
import { RelativeTime } from '@/app/_ui/time';
import type { StudentProgress } from '@/lib/assignment/schema';
import { useTranslations } from '@/lib/i18n/client';
import styles from './overview.module.css';
import { ParticipationDialog } from './participation-dialog';

type Props = {
  group: string;
  /** The assignment that the rows are of; null for all. */
  assignment: string | null;
  rows: StudentProgress[];
};

const expects = ({ expected }: StudentProgress) => expected.glosses + expected.replies > 0;

/** Students with what they wrote and owe; in one assignment their dates and grades can be set. */
export function ProgressTable({ group, assignment, rows }: Props) {
  const t = useTranslations('assignments');
  const [managed, setManaged] = useState<StudentProgress | null>(null);
  const count = (n: number, of: number) => (of > 0 ? t('ofExpected', { n, of }) : n);
  const ofAssignment: Column<StudentProgress>[] = [
    { head: t('grade'), cell: ({ grade }) => grade ?? '–' },
    {
      head: '',
      cell: (row) => (
        <RowActions>
          <Button
            small
            aria-label={t('manageFor', { name: row.member.name })}
            onClick={() => setManaged(row)}
          >
            {t('manage')}
          </Button>
        </RowActions>
      ),
    },
  ];
  return (
    <>
      <Table
        caption={t('progress')}
        rows={rows}
        keyOf={({ member }) => member.id}
        columns={[
          {
            head: t('student'),
            cell: (row) => (
              <>
                <span className={styles.student}>
                  <Avatar name={row.member.name} />
                  <Link href={`/groups/${group}/people/${row.member.id}`} prefetch={false}>
                    {row.member.name}
                  </Link>
                </span>
                <Marks row={row} />
              </>
            ),
          },
          {
            head: t('glosses'),
            isFigure: true,
            cell: ({ glosses, expected }) => count(glosses, expected.glosses),
          },
          {
            head: t('replies'),
            isFigure: true,
            cell: ({ replies, expected }) => count(replies, expected.replies),
          },
          { head: t('late'), isFigure: true, cell: ({ late }) => late },
          {
            head: t('last'),
            cell: ({ last }) => (last === null ? t('never') : <RelativeTime when={last} />),
          },
          ...(assignment === null ? [] : ofAssignment),
        ]}
      />
      {managed && assignment !== null && (
        <ParticipationDialog
          group={group}
          assignment={assignment}
          row={managed}
          onClose={() => setManaged(null)}
        />
      )}
    </>
  );
}

/** How a student stands, in words with an icon. */
function Marks({ row }: { row: StudentProgress }) {
  const t = useTranslations('assignments');
  return (
    <div className={styles.marks}>
      {expects(row) &&
        (!row.owes ? (
          <StateLabel look="done" icon={CircleCheck}>
            {t('complete')}
          </StateLabel>
        ) : (
          <StateLabel look="attention" icon={Hourglass}>
            {t('owes')}
          </StateLabel>
        ))}
      {row.done && <StateLabel icon={CircleCheck}>{t('isDone')}</StateLabel>}
      {row.request !== null && (
        <StateLabel look="attention" icon={Clock}>
          {t('moreTime')}
        </StateLabel>
      )}
      {row.due !== null && (
        <StateLabel icon={Clock}>{t('extendedTo', { when: new Date(row.due) })}</StateLabel>
      )}
    </div>
  );
}

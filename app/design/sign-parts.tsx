import { CircleCheck, Clock, Flag, MessagesSquare, ShieldCheck } from 'lucide';
import { Avatar, Person } from '@/app/_ui/avatar';
import { Badge, StateLabel } from '@/app/_ui/badge';
import { Button } from '@/app/_ui/button';
import { EmptyState, Notice } from '@/app/_ui/notice';
import { RowActions, Table } from '@/app/_ui/table';
import { Tabs } from '@/app/_ui/tabs';
import { LocalTime, RelativeTime } from '@/app/_ui/time';
import styles from './design.module.css';

const PEOPLE = [
  { name: 'Irina Ionescu', role: 'Instructor', notes: 12, joined: '2026-09-28T08:00:00Z' },
  { name: 'Zoë van der Meer', role: 'Student', notes: 4, joined: '2026-10-02T09:30:00Z' },
  { name: 'Дарья Соколова', role: 'Student', notes: 118, joined: '2026-10-05T17:12:00Z' },
];

/** Numbers, states, people; tabs, a table, notices and an empty list. */
export function SignParts() {
  return (
    <>
      <h3>How many, what waits; a state in an icon, a word and a colour</h3>
      <div className="row">
        <Badge>24</Badge>
        <Badge waiting>3</Badge>
        <StateLabel icon={ShieldCheck}>Administrator</StateLabel>
        <StateLabel look="done" icon={CircleCheck}>
          Done
        </StateLabel>
        <StateLabel look="attention" icon={Clock}>
          Owes 1 reply
        </StateLabel>
        <StateLabel look="bad" icon={Flag}>
          2 reports
        </StateLabel>
      </div>
      <h3>People: two letters, six cloths; staff have a ring</h3>
      <div className="row">
        {PEOPLE.map(({ name }, i) => (
          <Avatar key={name} name={name} staff={i === 0} size={i === 2 ? 'large' : 'medium'} />
        ))}
        <Person name="Sofia Stan" />
      </div>
      <h3>Tabs</h3>
      <Tabs
        label="Seminar"
        tabs={[
          { href: '/design', text: 'Overview' },
          { href: '/design#people', text: 'People' },
          { href: '/design#moderation', text: 'Moderation', waiting: 3 },
        ]}
      />
      <h3>A table, whose rows are cards on a phone</h3>
      <Table
        caption="People"
        rows={PEOPLE}
        keyOf={({ name }) => name}
        columns={[
          { head: 'Name', cell: ({ name }) => <Person name={name} /> },
          { head: 'Role', cell: ({ role }) => role },
          { head: 'Notes', cell: ({ notes }) => notes, isFigure: true },
          { head: 'Joined', cell: ({ joined }) => <LocalTime when={joined} /> },
          { head: 'Last', cell: ({ joined }) => <RelativeTime when={joined} /> },
          {
            head: '',
            cell: () => (
              <RowActions>
                <Button small look="danger">
                  Remove
                </Button>
              </RowActions>
            ),
          },
        ]}
      />
      <h3>Notices</h3>
      <div className="stack">
        <Notice>
          <p>You will see what others write once you have posted your own note.</p>
        </Notice>
        <Notice look="warning">
          <p>No connection. What you write is kept here and saved when the line is back.</p>
        </Notice>
        <Notice look="problem">
          <p>Not saved: the note is too long (60,000 of 50,000 characters).</p>
        </Notice>
        <Notice look="success">
          <p>Published. Your seminar can read it now.</p>
        </Notice>
      </div>
      <h3>An empty list says what will be here, and how to begin</h3>
      <div className={styles.frame}>
        <EmptyState icon={MessagesSquare} title="No notes yet">
          <p>Select words in the text to write the first.</p>
        </EmptyState>
      </div>
    </>
  );
}

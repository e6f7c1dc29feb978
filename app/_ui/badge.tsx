import type { IconNode } from 'lucide';
import type { ReactNode } from 'react';
import styles from './badge.module.css';
import { Icon } from './icon';

/** A number: grey for how many, rubric (`waiting`) for what waits for the reader or is new. */
export function Badge({ waiting = false, children }: { waiting?: boolean; children: ReactNode }) {
  return <span className={waiting ? `${styles.badge} ${styles.waiting}` : styles.badge}>{children}</span>;
}

type State = 'neutral' | 'done' | 'attention' | 'bad';

/** A state in an icon, a word and a colour together, so that none of them has to be seen alone. */
export function StateLabel({
  look = 'neutral',
  icon,
  children,
}: {
  look?: State;
  icon?: IconNode;
  children: ReactNode;
}) {
  return (
    <span className={look === 'neutral' ? styles.state : `${styles.state} ${styles[look]}`}>
      {icon && <Icon of={icon} small />}
      {children}
    </span>
  );
}

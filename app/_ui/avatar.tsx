import type { ReactNode } from 'react';
import styles from './avatar.module.css';
import { clothOf, initialsOf } from './initials';

type Props = {
  name: string;
  size?: 'small' | 'medium' | 'large';
  /** Staff of a group have a ring. */
  staff?: boolean;
};

/** A person as two letters on a cloth. It is hidden from screen readers, because the name always stands beside it. */
export function Avatar({ name, size = 'medium', staff = false }: Props) {
  const classes = [styles.avatar, styles[`cloth${clothOf(name)}`], styles[size], staff && styles.staff];
  return (
    <span aria-hidden="true" className={classes.filter(Boolean).join(' ')} data-initials={initialsOf(name)} />
  );
}

/** A person's avatar with the name beside it, and what else is said of them. */
export function Person({ name, staff, children }: Props & { children?: ReactNode }) {
  return (
    <span className={styles.person}>
      <Avatar name={name} staff={staff} />
      <span>
        {name}
        {children}
      </span>
    </span>
  );
}

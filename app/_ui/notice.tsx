import type { ReactNode } from 'react';
import styles from './notice.module.css';

/** Something to know before going on. */
export function Notice({ children }: { children: ReactNode }) {
  return <div className={styles.notice}>{children}</div>;
}

/** What went wrong, read out at once. Always in the page, so that a screen reader knows the place. */
export function ProblemNotice({ text }: { text: string | undefined }) {
  return <div role="alert">{text && <p className={`${styles.notice} ${styles.problem}`}>{text}</p>}</div>;
}

/** Where a list has nothing in it yet: why, and what to do. */
export function EmptyState({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className={styles.empty}>
      <p>
        <strong>{title}</strong>
      </p>
      {children}
    </div>
  );
}

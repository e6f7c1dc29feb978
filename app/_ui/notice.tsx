import type { ReactNode } from 'react';
import styles from './notice.module.css';

/** A notice that is read before the page's content. */
export function Notice({ children }: { children: ReactNode }) {
  return <div className={styles.notice}>{children}</div>;
}

/** What went wrong, announced at once. The element is always there, because screen readers must know a live region before it speaks. */
export function ProblemNotice({ text }: { text: string | undefined }) {
  return <div role="alert">{text && <p className={`${styles.notice} ${styles.problem}`}>{text}</p>}</div>;
}

/** The content of an empty list: why it is empty, and what to do. */
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

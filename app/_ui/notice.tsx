import { CircleAlert, CircleCheck, type IconNode, Info, TriangleAlert } from 'lucide';
import type { ReactNode } from 'react';
import { Icon } from './icon';
import styles from './notice.module.css';

const LOOKS = { info: Info, warning: TriangleAlert, problem: CircleAlert, success: CircleCheck } as const;

/** A notice that is read before the page's content: an icon, words and a ground say what it is, never the ground alone. */
export function Notice({ look = 'info', children }: { look?: keyof typeof LOOKS; children: ReactNode }) {
  return (
    <div className={`${styles.notice} ${styles[look] ?? ''}`}>
      <Icon of={LOOKS[look]} />
      <div>{children}</div>
    </div>
  );
}

/** What went wrong, announced at once. The element is always there, because screen readers must know a live region before it speaks. */
export function ProblemNotice({ text }: { text: string | undefined }) {
  return (
    <div role="alert">
      {text && (
        <Notice look="problem">
          <p>{text}</p>
        </Notice>
      )}
    </div>
  );
}

/** The content of an empty list: what will be here, and how to begin. */
export function EmptyState({
  icon,
  title,
  children,
}: {
  icon?: IconNode;
  title: string;
  children?: ReactNode;
}) {
  return (
    <div className={styles.empty}>
      {icon && <Icon of={icon} />}
      <b>{title}</b>
      {children}
    </div>
  );
}

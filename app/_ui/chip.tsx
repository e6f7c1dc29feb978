import Link from 'next/link';
import type { ComponentProps, ReactNode } from 'react';
import styles from './chip.module.css';

/** A row of chips. */
export function Chips({ label, children }: { label: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for the fields of a form
    <div role="group" aria-label={label} className={styles.chips}>
      {children}
    </div>
  );
}

type Common = { isOn: boolean; count?: number; children: ReactNode };

/** A filter that is on or off, with how many it would show. */
export function Chip({
  isOn,
  count,
  children,
  ...rest
}: Common & Omit<ComponentProps<'button'>, 'className' | 'type'>) {
  return (
    <button {...rest} type="button" aria-pressed={isOn} className={styles.chip}>
      {children}
      {count !== undefined && <span className={styles.count}>{count}</span>}
    </button>
  );
}

/** A filter at an address of its own. */
export function ChipLink({ isOn, count, href, children }: Common & { href: string }) {
  return (
    <Link href={href} aria-current={isOn ? 'true' : undefined} prefetch={false} className={styles.chip}>
      {children}
      {count !== undefined && <span className={styles.count}>{count}</span>}
    </Link>
  );
}

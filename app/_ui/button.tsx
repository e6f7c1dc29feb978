'use client';
import Link from 'next/link';
import type { ComponentProps } from 'react';
import styles from './button.module.css';

type Look = 'plain' | 'primary' | 'danger';

function classOf(look: Look): string {
  return look === 'plain' ? styles.button! : `${styles.button} ${styles[look]}`;
}

/** A button. While `busy` it stays focusable, is announced as disabled, and does nothing. */
export function Button({
  look = 'plain',
  busy = false,
  type = 'button',
  onClick,
  ...rest
}: Omit<ComponentProps<'button'>, 'className'> & { look?: Look; busy?: boolean }) {
  return (
    <button
      {...rest}
      type={type}
      className={classOf(look)}
      aria-disabled={busy || undefined}
      onClick={(event) => (busy ? event.preventDefault() : onClick?.(event))}
    />
  );
}

/** A link that looks like a button, for the main action of a page. */
export function ButtonLink({ look = 'plain', ...rest }: ComponentProps<typeof Link> & { look?: Look }) {
  return <Link {...rest} className={classOf(look)} />;
}

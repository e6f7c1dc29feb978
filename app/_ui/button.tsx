'use client';
import type { IconNode } from 'lucide';
import Link from 'next/link';
import type { ComponentProps } from 'react';
import styles from './button.module.css';
import { Icon } from './icon';

/**
 * The ranks of a button: `primary` is a block of ink, once in a view; `plain` a tint; `quiet` words alone. `danger` takes
 * something away and asks first; `destroy` is the answer in the dialog that asks.
 */
export type ButtonLook = 'primary' | 'plain' | 'quiet' | 'danger' | 'destroy';

type Common = { look?: ButtonLook; small?: boolean; icon?: IconNode };

function classOf(look: ButtonLook, small: boolean, isSquare = false): string {
  const classes = [styles.button, look !== 'plain' && styles[look], small && styles.small];
  return [...classes, isSquare && styles.square].filter(Boolean).join(' ');
}

/** A button. While `busy` it stays focusable, is announced as disabled, and does nothing. */
export function Button({
  look = 'plain',
  small = false,
  icon,
  busy = false,
  type = 'button',
  onClick,
  children,
  ...rest
}: Omit<ComponentProps<'button'>, 'className'> & Common & { busy?: boolean }) {
  return (
    <button
      {...rest}
      type={type}
      className={classOf(look, small)}
      aria-disabled={busy || undefined}
      onClick={(event) => (busy ? event.preventDefault() : onClick?.(event))}
    >
      {busy ? <span className={styles.spinner} /> : icon && <Icon of={icon} small={small} />}
      {children}
    </button>
  );
}

/** A button of an icon alone; `label` is its name and its tooltip. */
export function IconButton({
  icon,
  label,
  look = 'quiet',
  small = false,
  type = 'button',
  ...rest
}: Omit<ComponentProps<'button'>, 'className' | 'children'> & Common & { icon: IconNode; label: string }) {
  return (
    <button {...rest} type={type} className={classOf(look, small, true)} aria-label={label} title={label}>
      <Icon of={icon} small={small} />
    </button>
  );
}

/**
 * A link that looks like a button, for the main action of a page. A reading page is loaded as a whole: the server writes
 * its text once (KeptHtml), and React cannot take it over into another page.
 */
export function ButtonLink({
  look = 'plain',
  small = false,
  icon,
  href,
  prefetch,
  children,
  ...rest
}: Omit<ComponentProps<'a'>, 'className'> & Common & { href: string; prefetch?: boolean }) {
  const content = (
    <>
      {icon && <Icon of={icon} small={small} />}
      {children}
    </>
  );
  if (href.startsWith('/editions/')) {
    return (
      <a {...rest} href={href} className={classOf(look, small)}>
        {content}
      </a>
    );
  }
  return (
    <Link {...rest} href={href} prefetch={prefetch} className={classOf(look, small)}>
      {content}
    </Link>
  );
}

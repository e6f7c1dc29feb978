import type { IconNode } from 'lucide';
import { createElement } from 'react';
import styles from './icon.module.css';

/**
 * An icon of lucide, drawn in the colour of the words beside it. It is hidden from screen readers: the words say what it
 * means, or the name of the control that holds it.
 */
export function Icon({ of, small = false }: { of: IconNode; small?: boolean }) {
  return (
    <svg aria-hidden="true" viewBox="0 0 24 24" className={small ? styles.small : styles.icon}>
      {of.map(([tag, attributes], at) => createElement(tag, { key: at, ...attributes }))}
    </svg>
  );
}

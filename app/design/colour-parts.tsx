import Link from 'next/link';
import styles from './design.module.css';

const TOKENS = [
  ...['paper', 'surface', 'raised', 'wash', 'ink', 'muted', 'act', 'accent', 'accent-wash', 'mark'],
  ...['rule', 'edge', 'focus', 'danger', 'danger-wash', 'warning', 'warning-wash', 'success', 'success-wash'],
] as const;

/** Each colour token with its name, in the theme that is chosen in the menu of the header. */
export function ColourParts() {
  return (
    <>
      <ul className={styles.swatches}>
        {TOKENS.map((token) => (
          <li key={token}>
            <span className={styles[token]} />
            {token}
          </li>
        ))}
      </ul>
      <p className={styles.words}>
        ink <span className="muted">muted</span> <Link href="/design">a link of the page</Link>{' '}
        <mark>the lit passage</mark>
      </p>
    </>
  );
}

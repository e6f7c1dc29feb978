import Link from 'next/link';
import type { ReactNode } from 'react';
import styles from './tabs.module.css';

type Choice = { href: string; text: ReactNode; isCurrent: boolean };

/** Two to four views of one page, all seen at once, each at an address of its own. */
export function SegmentLinks({ label, choices }: { label: string; choices: Choice[] }) {
  return (
    <nav aria-label={label} className={styles.segments}>
      {choices.map(({ href, text, isCurrent }) => (
        <Link key={href} href={href} aria-current={isCurrent ? 'page' : undefined} prefetch={false}>
          {text}
        </Link>
      ))}
    </nav>
  );
}

type Props<Value extends string> = {
  label: string;
  value: Value;
  options: readonly { value: Value; text: ReactNode }[];
  onChoose: (value: Value) => void;
};

/** One of two to four values, all seen at once. */
export function Segments<Value extends string>({ label, value, options, onChoose }: Props<Value>) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out in a line of a panel everywhere
    <span role="group" aria-label={label} className={styles.segments}>
      {options.map((option) => (
        <button
          key={option.value}
          type="button"
          aria-pressed={option.value === value}
          onClick={() => onChoose(option.value)}
        >
          {option.text}
        </button>
      ))}
    </span>
  );
}

'use client';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { Badge } from './badge';
import styles from './tabs.module.css';

export type Tab = {
  href: string;
  text: string;
  /** How many things wait for the reader there; 0 shows nothing. */
  waiting?: number;
};

/** Links to the pages of one thing, with the current one marked. On a phone the row scrolls by itself, not the page. */
export function Tabs({ label, tabs }: { label: string; tabs: Tab[] }) {
  const path = usePathname();
  return (
    <nav aria-label={label} className={styles.tabs}>
      {tabs.map(({ href, text, waiting = 0 }) => (
        <Link key={href} href={href} aria-current={path === href ? 'page' : undefined} prefetch={false}>
          {text}
          {waiting > 0 && <Badge waiting>{waiting}</Badge>}
        </Link>
      ))}
    </nav>
  );
}

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
  const [home] = tabs;
  /** The page itself, or one below it; every page is below the first. */
  const currentOf = ({ href }: Tab) => {
    if (path === href) return 'page';
    return href !== home?.href && path.startsWith(`${href}/`) ? 'true' : undefined;
  };
  return (
    <nav aria-label={label} className={styles.tabs}>
      {tabs.map((tab) => (
        <Link key={tab.href} href={tab.href} aria-current={currentOf(tab)} prefetch={false}>
          {tab.text}
          {tab.waiting !== undefined && tab.waiting > 0 && <Badge waiting>{tab.waiting}</Badge>}
        </Link>
      ))}
    </nav>
  );
}

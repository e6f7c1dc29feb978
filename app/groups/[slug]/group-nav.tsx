'use client';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import styles from './group.module.css';

/** Links to the pages of a group, with the current one marked. */
export function GroupNav({ label, links }: { label: string; links: { href: string; text: string }[] }) {
  const path = usePathname();
  return (
    <nav aria-label={label} className={styles.nav}>
      {links.map(({ href, text }) => (
        <Link key={href} href={href} aria-current={path === href ? 'page' : undefined} prefetch={false}>
          {text}
        </Link>
      ))}
    </nav>
  );
}

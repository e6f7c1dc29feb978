'use client';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import styles from './site-frame.module.css';

/** The places of the site, with the one marked that the page belongs to. */
export function SiteNav({ label, links }: { label: string; links: { href: string; text: string }[] }) {
  const path = usePathname();
  return (
    <nav aria-label={label} className={styles.nav}>
      {links.map(({ href, text }) => (
        <Link
          key={href}
          href={href}
          prefetch={false}
          aria-current={path === href ? 'page' : path.startsWith(`${href}/`) ? 'true' : undefined}
        >
          {text}
        </Link>
      ))}
    </nav>
  );
}

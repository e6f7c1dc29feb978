import type { IconNode } from 'lucide';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { Badge } from './badge';
import { Icon } from './icon';
import styles from './waiting-list.module.css';

/** Something that waits for the reader, at an address; with how many there are, where it is not one. */
export type Waiting = { href: string; icon: IconNode; text: ReactNode; count?: number };

type Props = { id: string; title: string; none: string; items: Waiting[]; className?: string | undefined };

/** A panel of what waits for the reader; `none` says that nothing does. */
export function WaitingList({ id, title, none, items, className = '' }: Props) {
  return (
    <aside className={`${styles.panel} ${className}`} aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {items.length === 0 && <p className="muted">{none}</p>}
      <ul>
        {items.map((waiting) => (
          <li key={waiting.href}>
            <WaitingLink {...waiting} />
          </li>
        ))}
      </ul>
    </aside>
  );
}

function WaitingLink({ href, icon, text, count }: Waiting) {
  const content = (
    <>
      <Icon of={icon} />
      <span>{text}</span>
      {count !== undefined && <Badge waiting>{count}</Badge>}
    </>
  );
  // The short address of a note leads to a reading page, which is loaded as a whole.
  if (href.startsWith('/annotations/')) return <a href={href}>{content}</a>;
  return (
    <Link href={href} prefetch={false}>
      {content}
    </Link>
  );
}

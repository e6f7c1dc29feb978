'use client';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { type Tab, Tabs } from '@/app/_ui/tabs';
import { useTranslations } from '@/lib/i18n/client';
import styles from './group.module.css';

type Props = { home: string; name: string; description: string; facts: string; tabs: Tab[] };

/** The head of every page of a group: on its own page its name as the title, elsewhere a way back there; and its tabs. */
export function GroupHead({ home, name, description, facts, tabs }: Props) {
  const t = useTranslations('groups');
  return (
    <div className={styles.head}>
      {usePathname() === home ? (
        <>
          <Link href="/groups" className={styles.crumb} prefetch={false}>
            {t('list.title')}
          </Link>
          <h1 dir="auto">{name}</h1>
          {description && (
            <p className="lead" dir="auto">
              {description}
            </p>
          )}
          <p className="muted">{facts}</p>
        </>
      ) : (
        <Link href={home} className={styles.name} prefetch={false} dir="auto">
          {name}
        </Link>
      )}
      <Tabs label={t('nav.label')} tabs={tabs} />
    </div>
  );
}

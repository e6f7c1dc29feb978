import { Search } from 'lucide';
import Link from 'next/link';
import { Icon } from '@/app/_ui/icon';
import { getTranslator } from '@/lib/i18n/server';
import { AccountMenu } from './account-menu';
import styles from './site-frame.module.css';
import { SiteNav } from './site-nav';

/** The header of every page. It is the same for all readers; AccountMenu asks for the current user in the browser. */
export async function SiteHeader() {
  const t = await getTranslator('common');
  return (
    <>
      <a href="#main" className={styles.skip}>
        {t('skip')}
      </a>
      <header className={styles.header}>
        <Link href="/" className={styles.brand} prefetch={false} aria-label="Scholion">
          <svg aria-hidden="true" viewBox="0 0 14 18">
            <path d="M2 2l10 7-10 7" />
          </svg>
          <span>Scholion</span>
        </Link>
        <SiteNav
          label={t('navigation')}
          links={[
            { href: '/editions', text: t('library') },
            { href: '/groups', text: t('groups') },
          ]}
        />
        <div className={styles.end}>
          <Link
            href="/search"
            prefetch={false}
            className={`${styles.bell} ${styles.search}`}
            aria-label={t('search')}
            title={t('search')}
          >
            <Icon of={Search} />
          </Link>
          <AccountMenu />
        </div>
      </header>
    </>
  );
}

import Link from 'next/link';
import { localeNames, locales } from '@/lib/i18n';
import { getTranslator, requestLocale } from '@/lib/i18n/server';
import { AccountLink } from './account-link';
import styles from './site-header.module.css';
import { ThemeSwitch } from './theme-switch';

/** The header of every page. It is the same for all readers; AccountLink asks for the current user in the browser. */
export async function SiteHeader() {
  const t = await getTranslator('common');
  const current = await requestLocale();
  return (
    <>
      <a href="#main" className={styles.skip}>
        {t('skip')}
      </a>
      <header className={styles.header}>
        <Link href="/" className={styles.brand} prefetch={false}>
          Scholion
        </Link>
        <nav aria-label={t('navigation')} className={styles.nav}>
          <Link href="/" prefetch={false}>
            {t('editions')}
          </Link>
          <Link href="/groups" prefetch={false}>
            {t('groups')}
          </Link>
          <AccountLink />
        </nav>
        <form method="post" action="/locale" className={styles.locales} aria-label={t('language')}>
          {locales.map((locale) => (
            <button
              type="submit"
              key={locale}
              name="to"
              value={locale}
              lang={locale}
              aria-current={locale === current || undefined}
            >
              {localeNames[locale]}
            </button>
          ))}
        </form>
        <ThemeSwitch />
      </header>
    </>
  );
}

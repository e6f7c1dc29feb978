import { localeNames, locales } from '@/lib/i18n';
import { getTranslator, requestLocale } from '@/lib/i18n/server';
import styles from './site-frame.module.css';

/** The foot of every page: what this is, and the languages, which are to be had without scripts too. */
export async function SiteFooter() {
  const t = await getTranslator('common');
  const current = await requestLocale();
  return (
    <footer className={styles.footer}>
      <span>{t('footer')}</span>
      <nav aria-label={t('footer.about')} className={styles.statements}>
        <a href="/about/privacy">{t('footer.privacy')}</a>
        <a href="/about/consent">{t('footer.consent')}</a>
        <a href="/about/accessibility">{t('footer.accessibility')}</a>
        <a href="/about/not-done">{t('footer.notDone')}</a>
        <a href="/notice-of-content">{t('footer.notice')}</a>
      </nav>
      <form method="post" action="/locale" aria-label={t('language')}>
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
    </footer>
  );
}

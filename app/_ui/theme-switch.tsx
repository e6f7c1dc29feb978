'use client';
import { useEffect, useState } from 'react';
import { useTranslations } from '@/lib/i18n/client';
import styles from './site-header.module.css';

const THEMES = ['system', 'light', 'sepia', 'dark'] as const;
/** The storage key that `public/theme.js` reads before the first paint. */
const KEY = 'scholion.theme';

/** Chooses the colour theme of this browser. */
export function ThemeSwitch() {
  const t = useTranslations('common');
  const [theme, setTheme] = useState('system');
  useEffect(() => setTheme(document.documentElement.dataset.theme ?? 'system'), []);

  function choose(chosen: string): void {
    setTheme(chosen);
    const root = document.documentElement;
    if (chosen === 'system') delete root.dataset.theme;
    else root.dataset.theme = chosen;
    try {
      if (chosen === 'system') localStorage.removeItem(KEY);
      else localStorage.setItem(KEY, chosen);
    } catch {
      // Without storage the choice holds for this page only.
    }
  }

  return (
    <label className={styles.switch}>
      <span className="visually-hidden">{t('theme')}</span>
      <select value={theme} onChange={(event) => choose(event.target.value)}>
        {THEMES.map((name) => (
          <option key={name} value={name}>
            {t(`theme.${name}`)}
          </option>
        ))}
      </select>
    </label>
  );
}

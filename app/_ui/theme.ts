import { readSetting, writeSetting } from './stored-setting';

export const THEMES = ['system', 'light', 'sepia', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

/** The storage key that `public/theme.js` reads before the first paint. */
const KEY = 'scholion.theme';

/** The theme that this browser keeps; `system` where none was chosen. */
export function readTheme(): Theme {
  const kept = readSetting(KEY);
  return THEMES.find((theme) => theme === kept) ?? 'system';
}

/** Shows the page in `theme` and keeps the choice in this browser. */
export function chooseTheme(theme: Theme): void {
  const root = document.documentElement;
  if (theme === 'system') delete root.dataset.theme;
  else root.dataset.theme = theme;
  writeSetting(KEY, theme === 'system' ? null : theme);
}

import type { PageContext } from './render-context';

const KEYS = [
  'settings',
  'size',
  'size_small',
  'size_medium',
  'size_large',
  'size_huge',
  'face',
  'face_serif',
  'face_sans',
  'leading',
  'leading_close',
  'leading_book',
  'leading_open',
  'measure',
  'measure_narrow',
  'measure_book',
  'measure_wide',
  'theme',
  'theme_system',
  'theme_light',
  'theme_sepia',
  'theme_dark',
  'margins',
  'margins_on',
  'margins_off',
  'print',
  'print_none',
  'print_foot',
  'print_end',
  'printNow',
] as const;

/** What *Display* says, by setting and choice. */
export function settingLabels(t: PageContext['t']): Record<string, string> {
  return {
    ...Object.fromEntries(KEYS.map((key) => [key, t(key)])),
    reading: t('reading'),
    reading_printed: t('readingPrinted'),
    reading_corrected: t('readingCorrected'),
  };
}

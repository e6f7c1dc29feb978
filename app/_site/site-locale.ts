import type { Locale } from '@/lib/i18n/locales';

/** Shows the site in `locale` from now on, as the form at the foot of the page does without scripts, and comes back to this page. */
export function chooseLocale(locale: Locale): void {
  const form = document.createElement('form');
  form.method = 'post';
  form.action = '/locale';
  const field = document.createElement('input');
  field.type = 'hidden';
  field.name = 'to';
  field.value = locale;
  form.append(field);
  document.body.append(form);
  form.submit();
}

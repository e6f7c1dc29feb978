'use client';
import { useTranslations } from '@/lib/i18n/client';
import { type Locale, localeNames, locales } from '@/lib/i18n/locales';
import { PERSON_NAME_LIMIT } from '@/lib/identity/constants';
import { api } from '../_ui/api-client';
import { Button } from '../_ui/button';
import { Choice, Field } from '../_ui/field';
import { ProblemNotice } from '../_ui/notice';
import { useSubmit } from '../_ui/use-submit';

/** The name that others see, and the language of pages and mail. */
export function ProfileForm({ name, locale }: { name: string; locale: Locale }) {
  const t = useTranslations('account');
  const common = useTranslations('common');
  const form = useSubmit(common('failed'), async ({ name, locale }) => {
    await api('PATCH /me', { json: { name, locale: locale as Locale } });
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not everywhere yet
    document.cookie = `locale=${locale}; Path=/; Max-Age=31536000; SameSite=Lax`;
    window.location.reload();
  });
  return (
    <form method="post" onSubmit={form.onSubmit} className="stack">
      <ProblemNotice text={form.problem} />
      <Field
        label={t('account.name')}
        name="name"
        autoComplete="name"
        required
        maxLength={PERSON_NAME_LIMIT}
        defaultValue={name}
        error={form.errorOf('name')}
      />
      <Choice label={t('account.language')} name="locale" defaultValue={locale}>
        {locales.map((option) => (
          <option key={option} value={option} lang={option}>
            {localeNames[option]}
          </option>
        ))}
      </Choice>
      <Button type="submit" busy={form.busy}>
        {common('save')}
      </Button>
    </form>
  );
}

import { Field } from '@/app/_ui/field';
import { useTranslations } from '@/lib/i18n/client';

/** The language of a text, as a tag of BCP 47: 35 characters are room enough for any in use (RFC 5646 §4.4.1). */
export function LanguageField({ language, error }: { language?: string; error: string | undefined }) {
  const t = useTranslations('texts');
  return (
    <Field
      label={t('language')}
      hint={t('language.hint')}
      name="language"
      maxLength={35}
      autoCapitalize="none"
      spellCheck={false}
      defaultValue={language}
      error={error}
    />
  );
}

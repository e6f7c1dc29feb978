'use client';
import { Button } from '@/app/_ui/button';
import { RowChoice } from '@/app/_ui/field';
import { useTranslations } from '@/lib/i18n/client';
import styles from './library.module.css';

type Props = {
  language: string;
  languages: { value: string; text: string }[];
  sort: string;
  sorts: readonly ('title' | 'author' | 'year' | 'newest')[];
};

/** Language and order of the library. A choice is carried out at once; without scripts by the button. */
export function LibraryMenus({ language, languages, sort, sorts }: Props) {
  const t = useTranslations('library');
  return (
    <div className={styles.menus}>
      <RowChoice
        label={t('language')}
        name="language"
        defaultValue={language}
        onChange={(event) => event.target.form?.requestSubmit()}
      >
        <option value="">{t('anyLanguage')}</option>
        {languages.map(({ value, text }) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </RowChoice>
      <RowChoice
        label={t('sort')}
        name="sort"
        defaultValue={sort}
        onChange={(event) => event.target.form?.requestSubmit()}
      >
        {sorts.map((name) => (
          <option key={name} value={name}>
            {t(`sort.${name}`)}
          </option>
        ))}
      </RowChoice>
      <Button type="submit">{t('find')}</Button>
    </div>
  );
}

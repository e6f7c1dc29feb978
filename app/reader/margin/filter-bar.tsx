'use client';
import { useTranslations } from '@/lib/i18n/client';
import { FILTER_SCOPES } from '../data/threads';
import { useReader, useReaderStore } from '../state/use-reader';
import styles from './margin.module.css';

/** Which annotations are shown: all, one's own, questions, what nobody answered; and a search in their texts. */
export function FilterBar() {
  const t = useTranslations('annotation');
  const { dispatch } = useReaderStore();
  const filter = useReader((state) => state.filter);
  return (
    <>
      <fieldset className={styles.filters}>
        <legend>{t('filterLabel')}</legend>
        {FILTER_SCOPES.map((scope) => (
          <button
            key={scope}
            type="button"
            aria-pressed={filter.scope === scope}
            onClick={() => dispatch({ type: 'filter', filter: { scope } })}
          >
            {t(`scope_${scope}`)}
          </button>
        ))}
      </fieldset>
      <input
        type="search"
        className={styles.search}
        aria-label={t('searchLabel')}
        placeholder={t('searchLabel')}
        value={filter.words}
        onChange={(event) => dispatch({ type: 'filter', filter: { words: event.target.value } })}
      />
    </>
  );
}

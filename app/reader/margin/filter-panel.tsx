'use client';
import { Chip, Chips } from '@/app/_ui/chip';
import { KINDS } from '@/lib/annotation/constants';
import type { Kind } from '@/lib/annotation/schema';
import { useTranslations } from '@/lib/i18n/client';
import type { ThreadFilter } from '../data/thread-filter';
import { useReader, useReaderStore } from '../state/use-reader';
import styles from './filter-bar.module.css';

/** Every condition of the filter, each with the number of notes that it would keep besides the others. */
export default function FilterPanel() {
  const t = useTranslations('annotation');
  const { dispatch } = useReaderStore();
  const filter = useReader((state) => state.filter);
  const counts = useReader(({ threads }) => threads.counts);
  const authors = [...counts.authors].sort(([, a], [, b]) => a.name.localeCompare(b.name));
  const tags = [...counts.tags].sort(([a, one], [b, other]) => other - one || a.localeCompare(b));
  const isDay = filter.since !== null && /^\d/.test(filter.since);
  function set(change: Partial<ThreadFilter>): void {
    dispatch({ type: 'filter', filter: change });
  }
  return (
    <>
      <label className={styles.search}>
        {t('searchLabel')}
        <input type="search" value={filter.words} onChange={(event) => set({ words: event.target.value })} />
        <span className={styles.hint}>{t('searchHint')}</span>
      </label>
      <div className={styles.fields}>
        <label>
          {t('kindLabel')}
          <select
            value={filter.kind ?? ''}
            onChange={(event) => set({ kind: (event.target.value || null) as Kind | null })}
          >
            <option value="">{t('anyKind')}</option>
            {KINDS.map((kind) => (
              <option key={kind} value={kind}>
                {t('withCount', { label: t(`kind_${kind}`), count: counts.kinds.get(kind) ?? 0 })}
              </option>
            ))}
          </select>
        </label>
        <label>
          {t('authorLabel')}
          <select
            value={filter.author ?? ''}
            onChange={(event) => set({ author: event.target.value || null })}
          >
            <option value="">{t('anybody')}</option>
            {filter.author && !counts.authors.has(filter.author) && <option value={filter.author}>…</option>}
            {authors.map(([id, { name, count }]) => (
              <option key={id} value={id}>
                {t('withCount', { label: name, count })}
              </option>
            ))}
          </select>
        </label>
        <label>
          {t('sinceLabel')}
          <select
            value={isDay ? 'day' : (filter.since ?? '')}
            onChange={({ target: { value } }) => set({ since: value === 'day' ? today() : value || null })}
          >
            <option value="">{t('anyTime')}</option>
            <option value="today">{t('since_today')}</option>
            <option value="week">{t('since_week')}</option>
            <option value="day">{t('since_day')}</option>
          </select>
        </label>
        {isDay && (
          <label>
            {t('dayLabel')}
            <input
              type="date"
              value={filter.since ?? ''}
              max={today()}
              onChange={(event) => set({ since: event.target.value || null })}
            />
          </label>
        )}
      </div>
      <Chips label={t('stateLabel')}>
        <Chip
          isOn={filter.unresolved}
          count={counts.unresolved}
          title={t('filterTitle_unresolved')}
          onClick={() => set({ unresolved: !filter.unresolved })}
        >
          {t('filter_unresolved')}
        </Chip>
      </Chips>
      {tags.length > 0 && (
        <fieldset className={styles.group}>
          <legend>{t('tagsLabel')}</legend>
          <div className={styles.tags}>
            <Chips label={t('tagsLabel')}>
              {tags.map(([tag, count]) => {
                const isOn = filter.tags.includes(tag);
                const others = filter.tags.filter((other) => other !== tag);
                return (
                  <Chip
                    key={tag}
                    isOn={isOn}
                    count={count}
                    onClick={() => set({ tags: isOn ? others : [...others, tag] })}
                  >
                    <span className={styles.tagName}>#{tag}</span>
                  </Chip>
                );
              })}
            </Chips>
          </div>
        </fieldset>
      )}
    </>
  );
}

/** The day of the reader's zone, as 2026-01-31. */
function today(): string {
  const now = new Date();
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()]
    .map((part) => String(part).padStart(2, '0'))
    .join('-');
}

'use client';
import { type KeyboardEvent, useId, useMemo, useState } from 'react';
import { useTranslations } from '@/lib/i18n/client';
import { useReader } from '../state/use-reader';
import styles from './editor.module.css';

/** Tags as chips; those that the group already uses are suggested. */
export function TagsField({
  tags,
  error,
  onChange,
}: {
  tags: string[];
  error?: string;
  onChange: (tags: string[]) => void;
}) {
  const t = useTranslations('annotation');
  const allTags = useReader((state) => state.tags);
  const id = useId();
  const [typed, setTyped] = useState('');
  const known = useMemo(() => {
    return allTags.filter((tag) => !tags.includes(tag)).sort((a, b) => a.localeCompare(b));
  }, [allTags, tags]);

  function add(): void {
    const tag = typed.trim();
    if (tag !== '' && !tags.includes(tag)) onChange([...tags, tag]);
    setTyped('');
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (
      event.key === ',' ||
      (event.key === 'Enter' && !event.ctrlKey && !event.metaKey && typed.trim() !== '')
    ) {
      event.preventDefault();
      add();
    } else if (event.key === 'Backspace' && typed === '' && tags.length > 0) onChange(tags.slice(0, -1));
  }

  return (
    <div className={styles.field}>
      <label htmlFor={id}>{t('tagsLabel')}</label>
      <span className={styles.chips}>
        {tags.map((tag) => (
          <button
            key={tag}
            type="button"
            className={styles.chip}
            aria-label={t('removeTag', { tag })}
            onClick={() => onChange(tags.filter((other) => other !== tag))}
          >
            {tag} <span aria-hidden="true">×</span>
          </button>
        ))}
        <input
          id={id}
          list={`${id}-known`}
          value={typed}
          autoComplete="off"
          aria-describedby={`${id}-hint`}
          aria-invalid={error !== undefined}
          onChange={(event) => setTyped(event.target.value)}
          onKeyDown={onKeyDown}
          onBlur={add}
        />
        <datalist id={`${id}-known`}>
          {known.map((tag) => (
            <option key={tag} value={tag} />
          ))}
        </datalist>
      </span>
      <span id={`${id}-hint`} className={styles.hint}>
        {t('tagsHint')}
      </span>
      {error && <p className={styles.error}>{error}</p>}
    </div>
  );
}

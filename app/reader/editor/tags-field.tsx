'use client';
import { type ClipboardEvent, type KeyboardEvent, useEffect, useId, useMemo, useState } from 'react';
import { api } from '@/app/_ui/api-client';
import { isComposing } from '@/app/_ui/composition';
import { useTranslations } from '@/lib/i18n/client';
import { useReader } from '../state/use-reader';
import styles from './tags-field.module.css';

/** What stands between the tags of a list. */
const SEPARATORS = /[,;\n\t]/;

/**
 * Tags as chips. Those that staff offers are suggested first, then those that the group already uses, the most used first, then
 * those of the page.
 */
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
  const pageTags = useReader((state) => state.tags);
  const group = useReader((state) => state.group?.slug);
  const [groupTags, setGroupTags] = useState<string[]>([]);
  // They are counted over the whole group, which is asked for by whoever writes tags alone.
  const [isWanted, setWanted] = useState(false);
  const id = useId();
  const [typed, setTyped] = useState('');
  const known = useMemo(() => {
    const others = pageTags.toSorted((a, b) => a.localeCompare(b));
    return [...new Set([...groupTags, ...others])].filter((tag) => !tags.includes(tag));
  }, [groupTags, pageTags, tags]);

  useEffect(() => {
    if (!group || !isWanted) return;
    const controller = new AbortController();
    // Without an answer those of the page are suggested alone.
    api('GET /groups/:group/tags', { param: { group }, signal: controller.signal })
      .then(({ items }) => setGroupTags(items.map(({ tag }) => tag)))
      .catch(() => {});
    return () => controller.abort();
  }, [group, isWanted]);

  function add(text = typed): void {
    const added = text.split(SEPARATORS).map((tag) => tag.trim());
    const all = new Set([...tags, ...added.filter((tag) => tag !== '')]);
    if (all.size > tags.length) onChange([...all]);
    setTyped('');
  }

  /** A pasted list is several tags; a field of one line would join its lines. */
  function onPaste(event: ClipboardEvent): void {
    const text = event.clipboardData.getData('text');
    if (!SEPARATORS.test(text)) return;
    event.preventDefault();
    add(typed + text);
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (isComposing(event.nativeEvent)) return;
    if (
      event.key === ',' ||
      (event.key === 'Enter' && !event.ctrlKey && !event.metaKey && typed.trim() !== '')
    ) {
      event.preventDefault();
      add();
    } else if (event.key === 'Backspace' && typed === '' && tags.length > 0) onChange(tags.slice(0, -1));
  }

  return (
    <span className={styles.field}>
      {tags.map((tag) => (
        <button
          key={tag}
          type="button"
          className={styles.tag}
          aria-label={t('removeTag', { tag })}
          onClick={() => onChange(tags.filter((other) => other !== tag))}
        >
          <span>{tag}</span> <span aria-hidden="true">×</span>
        </button>
      ))}
      <input
        aria-label={t('tagsLabel')}
        list={`${id}-known`}
        value={typed}
        autoComplete="off"
        placeholder={tags.length === 0 ? t('addTag') : ''}
        aria-describedby={`${id}-hint`}
        aria-invalid={error !== undefined}
        onFocus={() => setWanted(true)}
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={onKeyDown}
        onPaste={onPaste}
        onBlur={() => add()}
      />
      <datalist id={`${id}-known`}>
        {known.map((tag) => (
          <option key={tag} value={tag} />
        ))}
      </datalist>
      <span id={`${id}-hint`} className="visually-hidden">
        {t('tagsHint')}
      </span>
      {error && <span className={styles.error}>{error}</span>}
    </span>
  );
}

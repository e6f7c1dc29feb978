'use client';
import { type MouseEvent, useMemo } from 'react';
import { useTranslations } from '@/lib/i18n/client';
import { writeFilter } from '../data/filter-address';
import { NO_FILTER } from '../data/thread-filter';
import { changeFilter } from '../state/change-filter';
import { useReader, useReaderStore } from '../state/use-reader';
import styles from './annotation.module.css';

/** The tags of a note, each a link to the notes of the page that have it. */
export function TagLinks({ tags }: { tags: readonly string[] }) {
  const t = useTranslations('annotation');
  if (tags.length === 0) return null;
  return (
    <ul className={styles.tags} aria-label={t('tagsLabel')}>
      {tags.map((tag) => (
        <li key={tag}>
          <TagLink tag={tag} />
        </li>
      ))}
    </ul>
  );
}

function TagLink({ tag }: { tag: string }) {
  const store = useReaderStore();
  const { edition, section, group } = store.getState();
  const isChosen = useReader(({ filter }) => filter.tags.includes(tag));
  const href = useMemo(() => {
    const search = new URLSearchParams(group ? { group: group.slug } : {});
    writeFilter(search, { ...NO_FILTER, tags: [tag] });
    return `/editions/${edition}/${section}?${search}`;
  }, [edition, section, group, tag]);

  function filter(event: MouseEvent): void {
    // Opened in a tab of its own it is a link like any other.
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const { tags } = store.getState().filter;
    changeFilter(store, { tags: [...tags.filter((other) => other !== tag), tag] });
  }

  return (
    <a href={href} className={styles.tag} aria-current={isChosen ? 'true' : undefined} onClick={filter}>
      {tag}
    </a>
  );
}

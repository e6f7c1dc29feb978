'use client';
import { useTranslations } from '@/lib/i18n/client';
import styles from './image.module.css';
import type { ShownRegion } from './region-layer';

/** A region with the author and an excerpt of its annotation. */
export interface ListedRegion extends ShownRegion {
  author: string;
  words: string;
}

/** A list of the regions of a page, so that each can be reached without seeing the image. */
export function RegionList({
  regions,
  onSelect,
}: {
  regions: readonly ListedRegion[];
  onSelect: (id: string, from: HTMLElement) => void;
}) {
  const t = useTranslations('image');
  if (regions.length === 0) return null;
  return (
    <details className={styles.regions} open>
      <summary>{t('regions', { count: regions.length })}</summary>
      <ol>
        {regions.map(({ id, label, look, isSelected, author, words }) => (
          <li key={id}>
            <button
              type="button"
              aria-current={isSelected ? 'true' : undefined}
              data-region={id}
              data-look={look}
              onClick={(event) => onSelect(id, event.currentTarget)}
            >
              <span className={styles.number}>{label}</span>
              <span>
                <strong>{author}</strong> {words}
                {look === 'own' && <span className={styles.badge}>{t('own')}</span>}
                {look === 'orphaned' && <span className={styles.badge}>{t('orphaned')}</span>}
              </span>
            </button>
          </li>
        ))}
      </ol>
    </details>
  );
}

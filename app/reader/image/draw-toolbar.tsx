'use client';
import { useTranslations } from '@/lib/i18n/client';
import { Icon } from './icon';
import styles from './image.module.css';
import type { Tool } from './region-layer';

/** A way of making a region. */
export type Way = Tool | 'keyboard';

const WAYS: readonly Way[] = ['rectangle', 'polygon', 'keyboard'];

/** The ways of making a region, one of which may be on. */
export function DrawBar({ way, onChoose }: { way: Way | null; onChoose: (way: Way | null) => void }) {
  const t = useTranslations('image');
  return (
    <div className={styles.group}>
      {WAYS.map((each) => (
        <button
          key={each}
          type="button"
          aria-pressed={each === way}
          aria-label={t(each)}
          title={t(each)}
          onClick={() => onChoose(each === way ? null : each)}
        >
          <Icon sign={each} />
        </button>
      ))}
    </div>
  );
}

/** What to do while a region is drawn by hand. */
export function DrawHint({
  tool,
  onFinish,
  onCancel,
}: {
  tool: Tool;
  onFinish: () => void;
  onCancel: () => void;
}) {
  const t = useTranslations('image');
  return (
    <div className={styles.hint}>
      <p role="status">{t(`${tool}How`)}</p>
      {tool === 'polygon' && (
        <button type="button" onClick={onFinish}>
          {t('finish')}
        </button>
      )}
      <button type="button" onClick={onCancel}>
        {t('cancel')}
      </button>
    </div>
  );
}

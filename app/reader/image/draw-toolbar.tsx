'use client';
import { useTranslations } from '@/lib/i18n/client';
import styles from './image.module.css';
import type { DrawingTool } from './region-layer';
import { ToolbarIcon } from './toolbar-icon';

/** A way of making a region. */
export type DrawMode = DrawingTool | 'keyboard';

const DRAW_MODES: readonly DrawMode[] = ['rectangle', 'polygon', 'keyboard'];

/** The ways of making a region, one of which may be on. */
export function DrawToolbar({
  way,
  onChoose,
}: {
  way: DrawMode | null;
  onChoose: (way: DrawMode | null) => void;
}) {
  const t = useTranslations('image');
  return (
    <div className={styles.group}>
      {DRAW_MODES.map((each) => (
        <button
          key={each}
          type="button"
          aria-pressed={each === way}
          aria-label={t(each)}
          title={t(each)}
          onClick={() => onChoose(each === way ? null : each)}
        >
          <ToolbarIcon sign={each} />
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
  tool: DrawingTool;
  onFinish: () => void;
  onCancel: () => void;
}) {
  const t = useTranslations('image');
  return (
    <div className={styles.hint}>
      <p role="status">{t(`${tool}Hint`)}</p>
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

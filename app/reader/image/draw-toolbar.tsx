'use client';
import { useTranslations } from '@/lib/i18n/client';
import styles from './image.module.css';
import type { DrawingTool } from './region-layer';
import { ToolbarIcon } from './toolbar-icon';

/** How a region is made. */
export type DrawMode = DrawingTool | 'keyboard';

const DRAW_MODES: readonly DrawMode[] = ['rectangle', 'polygon', 'keyboard'];

/** Buttons for the drawing modes, one of which may be on. */
export function DrawToolbar({
  current,
  onChoose,
}: {
  current: DrawMode | null;
  onChoose: (current: DrawMode | null) => void;
}) {
  const t = useTranslations('image');
  return (
    <div className={styles.group}>
      {DRAW_MODES.map((mode) => (
        <button
          key={mode}
          type="button"
          aria-pressed={mode === current}
          aria-label={t(mode)}
          title={t(mode)}
          onClick={() => onChoose(mode === current ? null : mode)}
        >
          <ToolbarIcon sign={mode} />
        </button>
      ))}
    </div>
  );
}

/** Instructions while a region is drawn by hand. */
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

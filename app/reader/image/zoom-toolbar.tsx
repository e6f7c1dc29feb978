'use client';
import { type RefObject, useEffect, useState } from 'react';
import type { Key } from '@/lib/i18n';
import { useTranslations } from '@/lib/i18n/client';
import styles from './image.module.css';
import { type IconName, ToolbarIcon } from './toolbar-icon';

/** Buttons to zoom, rotate, reset and show full screen. */
export function ZoomToolbar({
  onZoom,
  onRotate,
  onReset,
  pane,
}: {
  /** Number of steps; negative to zoom out. */
  onZoom: (steps: number) => void;
  /** Quarter turns, clockwise. */
  onRotate: (quarters: number) => void;
  onReset: () => void;
  pane: RefObject<HTMLElement | null>;
}) {
  const t = useTranslations('image');
  const [full, setFull] = useState(false);

  useEffect(() => {
    const onChange = () =>
      setFull(document.fullscreenElement !== null && document.fullscreenElement === pane.current);
    document.addEventListener('fullscreenchange', onChange);
    return () => document.removeEventListener('fullscreenchange', onChange);
  }, [pane]);

  const buttons: [IconName & Key<'image'>, () => void][] = [
    ['zoomOut', () => onZoom(-1)],
    ['zoomIn', () => onZoom(1)],
    ['turnLeft', () => onRotate(-1)],
    ['turnRight', () => onRotate(1)],
    ['reset', onReset],
  ];
  return (
    <div className={styles.group}>
      {buttons.map(([sign, act]) => (
        <button key={sign} type="button" aria-label={t(sign)} title={t(sign)} onClick={act}>
          <ToolbarIcon sign={sign} />
        </button>
      ))}
      {/* iPhones show only video full screen. */}
      {document.fullscreenEnabled && (
        <button
          type="button"
          aria-label={t('full')}
          title={t('full')}
          aria-pressed={full}
          onClick={() => void (full ? document.exitFullscreen() : pane.current?.requestFullscreen())}
        >
          <ToolbarIcon sign="full" />
        </button>
      )}
    </div>
  );
}

'use client';
import { type FormEvent, type KeyboardEvent, useEffect, useId, useRef } from 'react';
import { focusUnlessTyping } from '@/app/_ui/deferred-focus';
import type { Region } from '@/lib/canvas/schema';
import { useTranslations } from '@/lib/i18n/client';
import { adjustRegion, type ImageSize } from '../data/region-geometry';
import styles from './image.module.css';

/** Step of an arrow key, as a fraction of the view. */
const STEP = 1 / 40;

const MOVES: Record<string, [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

const SIDES = ['x', 'y', 'w', 'h'] as const;

/** A region made by keyboard: arrow keys move and resize a rectangle, whose numbers are spoken and can be typed. */
export function KeyboardRegion({
  canvas,
  region,
  from,
  visibleRegion,
  onChange,
  onTake,
  onLeave,
}: {
  canvas: ImageSize;
  region: Region;
  /** The element that had the focus when it was opened. */
  from: Element;
  /** The visible part of the canvas, which the size of a step depends on. */
  visibleRegion: () => Region;
  onChange: (region: Region) => void;
  onTake: () => void;
  onLeave: () => void;
}) {
  const t = useTranslations('image');
  const id = useId();
  const panel = useRef<HTMLDivElement>(null);
  useEffect(() => focusUnlessTyping(panel.current, from), [from]);

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      onLeave();
      return;
    }
    const move = MOVES[event.key];
    if (event.target !== panel.current) return;
    if (event.key === 'Enter') {
      event.preventDefault();
      onTake();
      return;
    }
    if (!move) return;
    event.preventDefault();
    const view = visibleRegion();
    const step = event.ctrlKey || event.altKey ? 1 : Math.max(1, Math.round(Math.min(view.w, view.h) * STEP));
    const [across, down] = [move[0] * step, move[1] * step];
    onChange(adjustRegion(region, event.shiftKey ? { w: across, h: down } : { x: across, y: down }, canvas));
  }

  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    onTake();
  }

  const { x, y, w, h } = region;
  return (
    <form className={styles.keyed} onSubmit={onSubmit} onKeyDown={onKeyDown}>
      <div
        ref={panel}
        className={styles.keys}
        // Screen readers pass arrow keys only to an application.
        role="application"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: this panel is what takes the keys
        tabIndex={0}
        aria-label={t('keyboardLabel')}
        aria-describedby={`${id}-how`}
      >
        <p role="status">{t('regionBounds', { x, y, w, h })}</p>
        <p id={`${id}-how`}>{t('keyboardHelp')}</p>
      </div>
      {SIDES.map((side) => (
        <label key={side}>
          {t(`side_${side}`)}
          <input
            type="number"
            inputMode="numeric"
            min={side === 'w' || side === 'h' ? 1 : 0}
            max={side === 'x' || side === 'w' ? canvas.width : canvas.height}
            value={region[side]}
            onChange={(event) =>
              onChange(adjustRegion({ ...region, [side]: event.target.valueAsNumber || 0 }, {}, canvas))
            }
          />
        </label>
      ))}
      <button type="submit">{t('annotateRegion')}</button>
      <button type="button" onClick={onLeave}>
        {t('cancel')}
      </button>
    </form>
  );
}

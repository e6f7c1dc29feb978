'use client';
import { type FormEvent, type KeyboardEvent, useEffect, useId, useRef } from 'react';
import { focusUnlessTyping } from '@/app/_ui/deferred-focus';
import type { Region } from '@/lib/canvas/schema';
import { useTranslations } from '@/lib/i18n/client';
import { adjustRegion, type ImageSize } from '../data/region-geometry';
import styles from './image.module.css';

/** Part of what is seen that a key moves a region by. */
const STEP = 1 / 40;

const MOVES: Record<string, [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

const SIDES = ['x', 'y', 'w', 'h'] as const;

/** A region made without a pointer: a rectangle that arrow keys move and size, its numbers spoken and open to typing. */
export function KeyboardRegion({
  canvas,
  region,
  from,
  seen,
  onChange,
  onTake,
  onLeave,
}: {
  canvas: ImageSize;
  region: Region;
  /** Where it was asked for by a key. */
  from: Element;
  /** What is seen of the canvas now: a step is a part of it. */
  seen: () => Region;
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
    const view = seen();
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
        // A screen reader passes the arrow keys on to an application only.
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

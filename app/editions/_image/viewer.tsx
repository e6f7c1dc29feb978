'use client';
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import type { CanvasView } from '@/lib/canvas/schema';
import { useTranslations } from '@/lib/i18n/client';
import { Help } from './help';
import styles from './image.module.css';
import { addressOf, type ImagePlace, isHere, PageBar } from './page-bar';
import { mountStage, type Stage } from './stage';
import { StageBar } from './stage-bar';

/** Factor of a step of zooming, degrees of a turn, part of the view of a movement. */
const ZOOM = 1.4;
const TURN = 90;
const MOVE = 0.15;

/** One page image with what can be done with it. */
export function Viewer({
  canvas,
  onTurn,
  ...place
}: ImagePlace & { canvas: CanvasView; onTurn: (canvas: CanvasView) => void }) {
  const t = useTranslations('image');
  const id = useId();
  const pane = useRef<HTMLDivElement>(null);
  const frame = useRef<HTMLDivElement>(null);
  const stage = useRef<Stage | null>(null);
  const [status, setStatus] = useState<'loading' | 'open' | 'failed'>('loading');

  useEffect(() => {
    const mounted = mountStage(frame.current!, {
      onOpen: () => setStatus('open'),
      onFailed: () => setStatus('failed'),
    });
    stage.current = mounted;
    return () => {
      stage.current = null;
      mounted.destroy();
    };
  }, []);

  useEffect(() => {
    setStatus('loading');
    stage.current?.open(canvas);
  }, [canvas]);

  useEffect(() => {
    const element = stage.current?.viewer.canvas;
    element?.setAttribute('role', 'application');
    element?.setAttribute('aria-label', t('imageOf', { label: canvas.label }));
    element?.setAttribute('aria-describedby', `${id}-keys`);
  }, [canvas, id, t]);

  function turn(by: number): void {
    const to = place.canvases[place.canvases.indexOf(canvas) + by];
    if (!to) return;
    if (isHere(place, to)) onTurn(to);
    else window.location.assign(addressOf(place.edition, to));
  }

  /** Keys of the image itself, before OpenSeadragon's own. */
  function onKeyDown(event: KeyboardEvent): void {
    const on = stage.current;
    if (!on || event.target !== on.viewer.canvas || event.ctrlKey || event.metaKey || event.altKey) return;
    const act = KEYS[event.key] ?? KEYS[event.code];
    if (event.key === 'PageDown' || event.key === 'PageUp') turn(event.key === 'PageDown' ? 1 : -1);
    else if (act) act(on);
    else {
      // The rest of its keys flip and scale the image, which nobody asked for.
      if (event.key.length === 1) event.stopPropagation();
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  }

  return (
    <div ref={pane} className={styles.viewer}>
      <div className={styles.bar}>
        <PageBar {...place} onTurn={onTurn} />
        <StageBar
          onZoom={(times) => stage.current?.zoom(ZOOM ** times)}
          onRotate={(times) => stage.current?.rotate(TURN * times)}
          onReset={() => stage.current?.reset()}
          pane={pane}
        />
        <Help />
      </div>
      <div className={styles.stage} onKeyDownCapture={onKeyDown}>
        <div ref={frame} className={styles.frame} />
        <p id={`${id}-keys`} className={styles.unseen}>
          {t('keys')}
        </p>
        {status === 'failed' && (
          <div className={styles.over} role="alert">
            <p>{t('imageFailed')}</p>
            <button
              type="button"
              onClick={() => {
                setStatus('loading');
                stage.current?.open(canvas);
              }}
            >
              {t('retry')}
            </button>
          </div>
        )}
      </div>
      <p className={styles.unseen} role="status">
        {t('imageOf', { label: canvas.label })}
      </p>
      {canvas.statement && <p className={styles.statement}>{canvas.statement}</p>}
    </div>
  );
}

/** What a key does, by what it writes or where it is. */
const KEYS: Record<string, (stage: Stage) => void> = {
  '+': (stage) => stage.zoom(ZOOM),
  '=': (stage) => stage.zoom(ZOOM),
  '-': (stage) => stage.zoom(1 / ZOOM),
  '0': (stage) => stage.reset(),
  r: (stage) => stage.rotate(TURN),
  R: (stage) => stage.rotate(-TURN),
  // On a keyboard of other letters.
  KeyR: (stage) => stage.rotate(TURN),
  ArrowLeft: (stage) => stage.pan(-MOVE, 0),
  ArrowRight: (stage) => stage.pan(MOVE, 0),
  ArrowUp: (stage) => stage.pan(0, -MOVE),
  ArrowDown: (stage) => stage.pan(0, MOVE),
};

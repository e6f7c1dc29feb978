'use client';
import { type KeyboardEvent, useCallback, useEffect, useId, useMemo, useRef, useState } from 'react';
import type { CanvasView, Region } from '@/lib/canvas/schema';
import { useTranslations } from '@/lib/i18n/client';
import { shortenLabel } from '../data/canvas-label';
import { adjustRegion } from '../data/region-geometry';
import { canvasUrl } from '../state/canvas-url';
import { DrawHint, type DrawMode, DrawToolbar } from './draw-toolbar';
import styles from './image.module.css';
import { ImageHelp } from './image-help';
import { KeyboardRegion } from './keyboard-region';
import { mountOsdViewer, type OsdViewer } from './osd-viewer';
import { type CanvasPosition, isOnThisPage, PageToolbar } from './page-toolbar';
import type { ShownRegion } from './region-layer';
import { type ListedRegion, RegionList } from './region-list';
import { useRegionLayer } from './use-region-layer';
import { ZoomToolbar } from './zoom-toolbar';

/** Steps of the keys and buttons: zoom factor, degrees of rotation, fraction of the view to move by. */
const ZOOM = 1.4;
const TURN = 90;
const MOVE = 0.15;

/** The annotated regions of the shown image, and what drawing and selecting do. */
export interface RegionAnnotations {
  /** Null for a reader without a group. */
  regions: readonly ListedRegion[] | null;
  canDraw: boolean;
  /** The region that a gloss is being written on. */
  draft: Region | null;
  onDrawn: (region: Region) => void;
  onChanged: (region: Region) => void;
  onSelect: (id: string, from: HTMLElement | null) => void;
}

/** A page image with its toolbars, its regions and their list. */
export function CanvasViewer({
  canvas,
  annotations,
  onTurn,
  ...position
}: CanvasPosition & {
  canvas: CanvasView;
  annotations: RegionAnnotations;
  onTurn: (canvas: CanvasView) => void;
}) {
  const t = useTranslations('image');
  const id = useId();
  const pane = useRef<HTMLDivElement>(null);
  const frame = useRef<HTMLDivElement>(null);
  const [osd, setOsd] = useState<OsdViewer | null>(null);
  const [opened, setOpened] = useState<{ id: string; failed: boolean } | null>(null);
  const [drawMode, setDrawMode] = useState<DrawMode | null>(null);
  const [keyboardRegion, setKeyboardRegion] = useState<Region | null>(null);
  const [tries, setTries] = useState(0);
  const latest = useRef(canvas);

  useEffect(() => {
    const mounted = mountOsdViewer(frame.current!, {
      onOpen: () => setOpened({ id: latest.current.id, failed: false }),
      onFailed: () => setOpened({ id: latest.current.id, failed: true }),
    });
    setOsd(mounted);
    return () => mounted.destroy();
  }, []);

  const isOpen = opened?.id === canvas.id && !opened.failed;
  const { regions, draft, canDraw, onDrawn, onChanged, onSelect } = annotations;
  const drawn = keyboardRegion ?? draft;
  const shown = useMemo<ShownRegion[] | null>(() => {
    if (!regions || !drawn) return regions && [...regions];
    return [...regions, { ...drawn, id: 'draft', label: '+', look: 'draft', isSelected: false }];
  }, [regions, drawn]);
  const handlers = {
    onDrawn: (region: Region) => {
      setDrawMode(null);
      leaveFullScreen();
      onDrawn(region);
    },
    onChanged: keyboardRegion ? setKeyboardRegion : onChanged,
    onSelect: (region: string) => {
      leaveFullScreen();
      onSelect(region, null);
    },
    onLost: () => setOpened({ id: canvas.id, failed: true }),
  };
  const layer = useRegionLayer(osd, canvas, isOpen, shown, handlers, tries);

  // After the effect that removes the regions of the earlier image.
  useEffect(() => {
    latest.current = canvas;
    setOpened(null);
    setDrawMode(null);
    setKeyboardRegion(null);
    osd?.open(canvas);
  }, [osd, canvas]);

  useEffect(() => {
    const element = osd?.viewer.canvas;
    element?.setAttribute('role', 'application');
    element?.setAttribute('aria-label', t('imageOf', { label: shortenLabel(canvas.label, t('pageShort')) }));
    element?.setAttribute('aria-describedby', `${id}-keys`);
  }, [osd, canvas, id, t]);

  const tool = drawMode === 'keyboard' ? null : drawMode;
  useEffect(() => {
    if (!layer || !tool) return;
    layer.startDrawing(tool);
    const onKey = (event: globalThis.KeyboardEvent) => {
      if (event.key === 'Escape') setDrawMode(null);
    };
    document.addEventListener('keydown', onKey);
    return () => {
      document.removeEventListener('keydown', onKey);
      layer.cancel();
    };
  }, [layer, tool]);

  const selected = regions?.find(({ isSelected }) => isSelected);
  useEffect(() => {
    if (isOpen && selected) osd?.reveal(selected, canvas);
  }, [osd, isOpen, selected, canvas]);

  const choose = useCallback(
    (next: DrawMode | null) => {
      setDrawMode(next);
      setKeyboardRegion(
        next === 'keyboard' && osd && isOpen ? (draft ?? middleOf(osd.visibleRegion(canvas), canvas)) : null,
      );
    },
    [osd, isOpen, draft, canvas],
  );

  // The mode may have been chosen before the image was open.
  useEffect(() => {
    if (isOpen && drawMode === 'keyboard' && !keyboardRegion) choose(drawMode);
  }, [isOpen, drawMode, keyboardRegion, choose]);

  function turn(by: number): void {
    const to = position.canvases[position.canvases.indexOf(canvas) + by];
    if (!to) return;
    if (isOnThisPage(position, to)) onTurn(to);
    else window.location.assign(canvasUrl(position.edition, to));
  }

  /** Handles the keys of the image before OpenSeadragon does. */
  function onKeyDown(event: KeyboardEvent): void {
    const { key, code } = event;
    if (!osd || event.target !== osd.viewer.canvas || event.ctrlKey || event.metaKey || event.altKey) return;
    const act = KEYS[key] ?? KEYS[code];
    if (key === 'PageDown' || key === 'PageUp') turn(key === 'PageDown' ? 1 : -1);
    else if (canDraw && (key === 'n' || code === 'KeyN')) choose('keyboard');
    else if (act) act(osd);
    else {
      // OpenSeadragon's other keys flip and scale the image.
      if (key.length === 1) event.stopPropagation();
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  }

  function leaveKeyboard(): void {
    setDrawMode(null);
    setKeyboardRegion(null);
    osd?.viewer.canvas.focus({ preventScroll: true });
  }

  return (
    <div ref={pane} className={styles.viewer}>
      <div className={styles.bar}>
        <PageToolbar {...position} onTurn={onTurn} />
        <ZoomToolbar
          onZoom={(times) => osd?.zoom(ZOOM ** times)}
          onRotate={(times) => osd?.rotate(TURN * times)}
          onReset={() => osd?.reset()}
          pane={pane}
        />
        {canDraw && <DrawToolbar current={drawMode} onChoose={choose} />}
        <ImageHelp withRegions={regions !== null} canDraw={canDraw} />
      </div>
      {drawMode === 'keyboard' && keyboardRegion && (
        <KeyboardRegion
          canvas={canvas}
          region={keyboardRegion}
          from={osd!.viewer.canvas}
          visibleRegion={() => osd!.visibleRegion(canvas)}
          onChange={(region) => {
            setKeyboardRegion(region);
            osd?.reveal(region, canvas);
          }}
          onTake={() => {
            setDrawMode(null);
            setKeyboardRegion(null);
            leaveFullScreen();
            onDrawn(keyboardRegion);
          }}
          onLeave={leaveKeyboard}
        />
      )}
      {tool && <DrawHint tool={tool} onFinish={() => layer?.finish()} onCancel={() => setDrawMode(null)} />}
      <div className={styles.stage} onKeyDownCapture={onKeyDown} data-drawing={tool ?? undefined}>
        <div ref={frame} className={styles.frame} />
        <p id={`${id}-keys`} className="visually-hidden">
          {t('keys')}
        </p>
        {opened?.failed && (
          <div className={styles.over} role="alert">
            <p>{t('imageFailed')}</p>
            <button
              type="button"
              onClick={() => {
                setOpened(null);
                setTries(tries + 1);
                osd?.open(canvas);
              }}
            >
              {t('retry')}
            </button>
          </div>
        )}
      </div>
      <p className="visually-hidden" role="status">
        {t('imageOf', { label: shortenLabel(canvas.label, t('pageShort')) })}
      </p>
      {canvas.statement && <p className={styles.statement}>{canvas.statement}</p>}
      {regions && <RegionList regions={regions} onSelect={onSelect} />}
    </div>
  );
}

/** The editor and the threads are beside the image, not in it. */
function leaveFullScreen(): void {
  if (document.fullscreenElement) void document.exitFullscreen();
}

/** A rectangle in the middle of the view. */
function middleOf({ x, y, w, h }: Region, canvas: CanvasView): Region {
  return adjustRegion({ x: x + w / 3, y: y + h / 3, w: w / 3, h: h / 3, svg: null }, {}, canvas);
}

/** The action of each key, by its character or its code. */
const KEYS: Record<string, (osd: OsdViewer) => void> = {
  '+': (osd) => osd.zoom(ZOOM),
  '=': (osd) => osd.zoom(ZOOM),
  '-': (osd) => osd.zoom(1 / ZOOM),
  '0': (osd) => osd.reset(),
  r: (osd) => osd.rotate(TURN),
  R: (osd) => osd.rotate(-TURN),
  // By its position, on keyboards with other letters.
  KeyR: (osd) => osd.rotate(TURN),
  ArrowLeft: (osd) => osd.pan(-MOVE, 0),
  ArrowRight: (osd) => osd.pan(MOVE, 0),
  ArrowUp: (osd) => osd.pan(0, -MOVE),
  ArrowDown: (osd) => osd.pan(0, MOVE),
};

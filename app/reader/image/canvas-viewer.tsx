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

/** Factor of a step of zooming, degrees of a turn, part of the view of a movement. */
const ZOOM = 1.4;
const TURN = 90;
const MOVE = 0.15;

/** What is written on the shown image, and what may be. */
export interface RegionAnnotations {
  /** Null where nobody's glosses are to be seen. */
  regions: readonly ListedRegion[] | null;
  canDraw: boolean;
  /** The region that a gloss is being written on. */
  draft: Region | null;
  onDrawn: (region: Region) => void;
  onChanged: (region: Region) => void;
  onSelect: (id: string, from: HTMLElement | null) => void;
}

/** One page image with what can be done with it. */
export function CanvasViewer({
  canvas,
  annotations,
  onTurn,
  ...place
}: CanvasPosition & {
  canvas: CanvasView;
  annotations: RegionAnnotations;
  onTurn: (canvas: CanvasView) => void;
}) {
  const t = useTranslations('image');
  const id = useId();
  const pane = useRef<HTMLDivElement>(null);
  const frame = useRef<HTMLDivElement>(null);
  const [stage, setStage] = useState<OsdViewer | null>(null);
  const [opened, setOpened] = useState<{ id: string; failed: boolean } | null>(null);
  const [way, setWay] = useState<DrawMode | null>(null);
  const [keyed, setKeyed] = useState<Region | null>(null);
  const [tries, setTries] = useState(0);
  const latest = useRef(canvas);

  useEffect(() => {
    const mounted = mountOsdViewer(frame.current!, {
      onOpen: () => setOpened({ id: latest.current.id, failed: false }),
      onFailed: () => setOpened({ id: latest.current.id, failed: true }),
    });
    setStage(mounted);
    return () => mounted.destroy();
  }, []);

  const isOpen = opened?.id === canvas.id && !opened.failed;
  const { regions, draft, canDraw, onDrawn, onChanged, onSelect } = annotations;
  const drawn = keyed ?? draft;
  const shown = useMemo<ShownRegion[] | null>(() => {
    if (!regions || !drawn) return regions && [...regions];
    return [...regions, { ...drawn, id: 'draft', label: '+', look: 'draft', isSelected: false }];
  }, [regions, drawn]);
  const handlers = {
    onDrawn: (region: Region) => {
      setWay(null);
      leaveFullScreen();
      onDrawn(region);
    },
    onChanged: keyed ? setKeyed : onChanged,
    onSelect: (region: string) => {
      leaveFullScreen();
      onSelect(region, null);
    },
    onLost: () => setOpened({ id: canvas.id, failed: true }),
  };
  const layer = useRegionLayer(stage, canvas, isOpen, shown, handlers, tries);

  // After the regions of the image before have gone.
  useEffect(() => {
    latest.current = canvas;
    setOpened(null);
    setWay(null);
    setKeyed(null);
    stage?.open(canvas);
  }, [stage, canvas]);

  useEffect(() => {
    const element = stage?.viewer.canvas;
    element?.setAttribute('role', 'application');
    element?.setAttribute('aria-label', t('imageOf', { label: shortenLabel(canvas.label) }));
    element?.setAttribute('aria-describedby', `${id}-keys`);
  }, [stage, canvas, id, t]);

  const tool = way === 'keyboard' ? null : way;
  useEffect(() => {
    if (!layer || !tool) return;
    layer.startDrawing(tool);
    const onKey = (event: globalThis.KeyboardEvent) => {
      if (event.key === 'Escape') setWay(null);
    };
    document.addEventListener('keydown', onKey);
    return () => {
      document.removeEventListener('keydown', onKey);
      layer.cancel();
    };
  }, [layer, tool]);

  const selected = regions?.find(({ isSelected }) => isSelected);
  useEffect(() => {
    if (isOpen && selected) stage?.reach(selected, canvas);
  }, [stage, isOpen, selected, canvas]);

  const choose = useCallback(
    (next: DrawMode | null) => {
      setWay(next);
      setKeyed(
        next === 'keyboard' && stage && isOpen ? (draft ?? middleOf(stage.seen(canvas), canvas)) : null,
      );
    },
    [stage, isOpen, draft, canvas],
  );

  // Where it was asked for before there was an image.
  useEffect(() => {
    if (isOpen && way === 'keyboard' && !keyed) choose(way);
  }, [isOpen, way, keyed, choose]);

  function turn(by: number): void {
    const to = place.canvases[place.canvases.indexOf(canvas) + by];
    if (!to) return;
    if (isOnThisPage(place, to)) onTurn(to);
    else window.location.assign(canvasUrl(place.edition, to));
  }

  /** Keys of the image itself, before OpenSeadragon's own. */
  function onKeyDown(event: KeyboardEvent): void {
    const { key, code } = event;
    if (!stage || event.target !== stage.viewer.canvas || event.ctrlKey || event.metaKey || event.altKey)
      return;
    const act = KEYS[key] ?? KEYS[code];
    if (key === 'PageDown' || key === 'PageUp') turn(key === 'PageDown' ? 1 : -1);
    else if (canDraw && (key === 'n' || code === 'KeyN')) choose('keyboard');
    else if (act) act(stage);
    else {
      // The rest of its keys flip and scale the image, which nobody asked for.
      if (key.length === 1) event.stopPropagation();
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  }

  function leaveKeyboard(): void {
    setWay(null);
    setKeyed(null);
    stage?.viewer.canvas.focus({ preventScroll: true });
  }

  return (
    <div ref={pane} className={styles.viewer}>
      <div className={styles.bar}>
        <PageToolbar {...place} onTurn={onTurn} />
        <ZoomToolbar
          onZoom={(times) => stage?.zoom(ZOOM ** times)}
          onRotate={(times) => stage?.rotate(TURN * times)}
          onReset={() => stage?.reset()}
          pane={pane}
        />
        {canDraw && <DrawToolbar way={way} onChoose={choose} />}
        <ImageHelp withRegions={regions !== null} canDraw={canDraw} />
      </div>
      {way === 'keyboard' && keyed && (
        <KeyboardRegion
          canvas={canvas}
          region={keyed}
          from={stage!.viewer.canvas}
          seen={() => stage!.seen(canvas)}
          onChange={(region) => {
            setKeyed(region);
            stage?.reach(region, canvas);
          }}
          onTake={() => {
            setWay(null);
            setKeyed(null);
            leaveFullScreen();
            onDrawn(keyed);
          }}
          onLeave={leaveKeyboard}
        />
      )}
      {tool && <DrawHint tool={tool} onFinish={() => layer?.finish()} onCancel={() => setWay(null)} />}
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
                stage?.open(canvas);
              }}
            >
              {t('retry')}
            </button>
          </div>
        )}
      </div>
      <p className="visually-hidden" role="status">
        {t('imageOf', { label: shortenLabel(canvas.label) })}
      </p>
      {canvas.statement && <p className={styles.statement}>{canvas.statement}</p>}
      {regions && <RegionList regions={regions} onSelect={onSelect} />}
    </div>
  );
}

/** What is written stands beside the image. */
function leaveFullScreen(): void {
  if (document.fullscreenElement) void document.exitFullscreen();
}

/** A rectangle in the middle of what is seen. */
function middleOf({ x, y, w, h }: Region, canvas: CanvasView): Region {
  return adjustRegion({ x: x + w / 3, y: y + h / 3, w: w / 3, h: h / 3, svg: null }, {}, canvas);
}

/** What a key does, by what it writes or where it is. */
const KEYS: Record<string, (stage: OsdViewer) => void> = {
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

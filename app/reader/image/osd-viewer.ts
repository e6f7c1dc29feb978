import OpenSeadragon, { type Viewer } from 'openseadragon';
import type { CanvasView, Region } from '@/lib/canvas/schema';
import type { ImageSize } from '../data/region-geometry';

/** A deep-zoom view of an image (OpenSeadragon). */
export interface OsdViewer {
  viewer: Viewer;
  open(canvas: CanvasView): void;
  /** Zooms by a factor around the centre. */
  zoom(by: number): void;
  /** Rotates by degrees, clockwise. */
  rotate(by: number): void;
  /** Moves by fractions of the view. */
  pan(across: number, down: number): void;
  /** Shows the whole image, upright. */
  reset(): void;
  /** The visible part of the canvas, in its units. */
  visibleRegion(canvas: ImageSize): Region;
  /** Moves the view to a region that is not wholly visible, or too small to see. */
  reveal(region: Region, canvas: ImageSize): void;
  /** Registers what must be destroyed before the viewer. */
  beforeDestroy(act: () => void): void;
  destroy(): void;
}

export interface OsdViewerHandlers {
  onOpen(): void;
  /** Nothing of the image could be loaded. */
  onFailed(): void;
}

/** Seconds of an animation; almost 0 where reduced motion is preferred (OpenSeadragon needs more than 0). */
const REDUCED = 0.001;
const USUAL = 0.5;

/** Longest press that counts as a click, in milliseconds. */
const PRESS = 1000;

/** Mounts a viewer in an element. */
export function mountOsdViewer(element: HTMLElement, { onOpen, onFailed }: OsdViewerHandlers): OsdViewer {
  const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
  const viewer = OpenSeadragon({
    element,
    ...{ showNavigationControl: false, visibilityRatio: 0.3, maxZoomPixelRatio: 4 },
    animationTime: still ? REDUCED : USUAL,
    blendTime: 0,
    // Slow presses, or presses on a slow machine, are clicks too.
    clickTimeThreshold: PRESS,
    gestureSettingsMouse: { clickToZoom: false, dblClickToZoom: true, flickEnabled: !still },
    gestureSettingsTouch: { flickEnabled: !still },
  });
  const { viewport } = viewer;
  const teardowns: (() => void)[] = [];
  let hasTile = false;
  // While the whole image is shown, it is fitted again when the element changes its size.
  let isWhole = true;
  for (const gesture of ['canvas-drag', 'canvas-pinch', 'canvas-scroll', 'canvas-double-click'] as const) {
    viewer.addHandler(gesture, () => {
      isWhole = false;
    });
  }
  viewer.addHandler('resize', () => {
    // After OpenSeadragon's own handling of the resize.
    queueMicrotask(() => {
      if (isWhole && viewer.isOpen()) viewport.goHome(true);
    });
  });
  viewer.addHandler('open', onOpen);
  viewer.addHandler('open-failed', onFailed);
  viewer.addHandler('tile-loaded', () => {
    hasTile = true;
  });
  viewer.addHandler('tile-load-failed', () => {
    if (!hasTile) onFailed();
  });

  const act = (move: () => void): void => {
    if (!viewer.isOpen()) return;
    isWhole = false;
    move();
    viewport.applyConstraints(still);
  };
  /** Canvas units per pixel of the image. */
  const scale = (canvas: ImageSize): ImageSize => {
    const { x, y } = viewer.world.getItemAt(0).source.dimensions;
    return { width: canvas.width / x, height: canvas.height / y };
  };

  return {
    viewer,
    open({ image }) {
      hasTile = false;
      isWhole = true;
      const { sizes: _sizes, ...service } = image.info;
      // OpenSeadragon mistakes `sizes` for the levels of the tiles where there are as many of them.
      viewer.open(service.tiles ? service : image.info);
    },
    zoom: (by) => act(() => viewport.zoomBy(by, undefined, still)),
    rotate: (by) => act(() => viewport.setRotation(viewport.getRotation() + by)),
    pan: (across, down) =>
      act(() => {
        const { width, height } = viewport.getBounds();
        const delta = new OpenSeadragon.Point(across * width, down * height);
        viewport.panBy(delta.rotate(-viewport.getRotation()), still);
      }),
    reset: () =>
      act(() => {
        viewport.setRotation(0);
        viewport.goHome(still);
        isWhole = true;
      }),
    visibleRegion(canvas) {
      const box = viewport.viewportToImageRectangle(viewport.getBounds(true)).getBoundingBox();
      const { width, height } = scale(canvas);
      const [x, y] = [Math.max(0, box.x * width), Math.max(0, box.y * height)];
      const w = Math.min(canvas.width, (box.x + box.width) * width) - x;
      const h = Math.min(canvas.height, (box.y + box.height) * height) - y;
      return { x, y, w: Math.max(1, w), h: Math.max(1, h), svg: null };
    },
    reveal({ x, y, w, h }, canvas) {
      if (!viewer.isOpen()) return;
      const { width, height } = scale(canvas);
      const box = viewport.imageToViewportRectangle(x / width, y / height, w / width, h / height);
      const bounds = viewport.getBounds();
      const margin = 0.1 * Math.max(box.width, box.height);
      const isIn =
        box.x >= bounds.x &&
        box.y >= bounds.y &&
        box.x + box.width <= bounds.x + bounds.width &&
        box.y + box.height <= bounds.y + bounds.height;
      const isSmall = box.width < bounds.width / 12 && box.height < bounds.height / 12;
      if (isIn && !isSmall) return;
      const room = isSmall ? 3 * Math.max(box.width, box.height) : margin;
      const around = new OpenSeadragon.Rect(
        box.x - room,
        box.y - room,
        box.width + 2 * room,
        box.height + 2 * room,
      );
      isWhole = false;
      viewport.fitBoundsWithConstraints(around, still);
    },
    beforeDestroy: (act) => teardowns.push(act),
    destroy() {
      for (const act of teardowns) act();
      viewer.destroy();
    },
  };
}

import OpenSeadragon, { type Viewer } from 'openseadragon';
import type { CanvasView, Region } from '@/lib/canvas/schema';
import type { ImageSize } from '../data/region-geometry';

/** An image that is moved, zoomed and turned. */
export interface OsdViewer {
  viewer: Viewer;
  open(canvas: CanvasView): void;
  /** Zoom by a factor around the middle. */
  zoom(by: number): void;
  /** Turn by degrees, clockwise. */
  rotate(by: number): void;
  /** Move by parts of what is seen. */
  pan(across: number, down: number): void;
  /** The whole image, upright. */
  reset(): void;
  /** What is seen of the canvas, in its units. */
  seen(canvas: ImageSize): Region;
  /** Bring a region into sight, where it is not wholly in it. */
  reach(region: Region, canvas: ImageSize): void;
  /** What lies on the stage goes before it. */
  beforeEnd(act: () => void): void;
  destroy(): void;
}

export interface OsdViewerHandlers {
  onOpen(): void;
  /** Nothing of the image could be loaded. */
  onFailed(): void;
}

/** Seconds that a movement takes; as good as none for who wants no movement (OpenSeadragon wants more than 0). */
const CALM = 0.001;
const USUAL = 0.5;

/** Milliseconds that a press may last and be a click. */
const PRESS = 1000;

/** Makes a stage in an element. */
export function mountOsdViewer(element: HTMLElement, { onOpen, onFailed }: OsdViewerHandlers): OsdViewer {
  const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
  const viewer = OpenSeadragon({
    element,
    ...{ showNavigationControl: false, visibilityRatio: 0.3, maxZoomPixelRatio: 4 },
    animationTime: still ? CALM : USUAL,
    blendTime: 0,
    // Who presses slowly, or on a slow machine, clicks all the same.
    clickTimeThreshold: PRESS,
    gestureSettingsMouse: { clickToZoom: false, dblClickToZoom: true, flickEnabled: !still },
    gestureSettingsTouch: { flickEnabled: !still },
  });
  const { viewport } = viewer;
  const ends: (() => void)[] = [];
  let seenAny = false;
  // The whole image stays whole in another size of its place, until somebody moves it.
  let isWhole = true;
  for (const gesture of ['canvas-drag', 'canvas-pinch', 'canvas-scroll', 'canvas-double-click'] as const) {
    viewer.addHandler(gesture, () => {
      isWhole = false;
    });
  }
  viewer.addHandler('resize', () => {
    // The viewer itself has still to settle where it looks.
    queueMicrotask(() => {
      if (isWhole && viewer.isOpen()) viewport.goHome(true);
    });
  });
  viewer.addHandler('open', onOpen);
  viewer.addHandler('open-failed', onFailed);
  viewer.addHandler('tile-loaded', () => {
    seenAny = true;
  });
  viewer.addHandler('tile-load-failed', () => {
    if (!seenAny) onFailed();
  });

  const act = (move: () => void): void => {
    if (!viewer.isOpen()) return;
    isWhole = false;
    move();
    viewport.applyConstraints(still);
  };
  /** Units of the canvas in a pixel of its image. */
  const scale = (canvas: ImageSize): ImageSize => {
    const { x, y } = viewer.world.getItemAt(0).source.dimensions;
    return { width: canvas.width / x, height: canvas.height / y };
  };

  return {
    viewer,
    open({ image }) {
      seenAny = false;
      isWhole = true;
      const { sizes: _sizes, ...service } = image.info;
      // OpenSeadragon takes as many sizes as there are levels for the levels themselves, whatever they are.
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
    seen(canvas) {
      const box = viewport.viewportToImageRectangle(viewport.getBounds(true)).getBoundingBox();
      const { width, height } = scale(canvas);
      const [x, y] = [Math.max(0, box.x * width), Math.max(0, box.y * height)];
      const w = Math.min(canvas.width, (box.x + box.width) * width) - x;
      const h = Math.min(canvas.height, (box.y + box.height) * height) - y;
      return { x, y, w: Math.max(1, w), h: Math.max(1, h), svg: null };
    },
    reach({ x, y, w, h }, canvas) {
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
    beforeEnd: (act) => ends.push(act),
    destroy() {
      for (const act of ends) act();
      viewer.destroy();
    },
  };
}

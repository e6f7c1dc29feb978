import OpenSeadragon, { type Viewer } from 'openseadragon';

/**
 * Lets two fingers zoom and move the image while `isDrawing`, when one finger draws: the drawing tool would take the
 * second finger for the first. Calls `onBegin` when the second finger comes down. Returns a function that stops it.
 */
export function enablePinchZoom(viewer: Viewer, isDrawing: () => boolean, onBegin: () => void): () => void {
  const { element, viewport } = viewer;
  const fingers = new Map<number, { x: number; y: number }>();
  let zooming = false;

  function spread() {
    const [a, b] = [...fingers.values()];
    if (!a || !b) return null;
    const frame = element.getBoundingClientRect();
    const middle = new OpenSeadragon.Point((a.x + b.x) / 2 - frame.left, (a.y + b.y) / 2 - frame.top);
    return { middle, distance: Math.max(1, Math.hypot(a.x - b.x, a.y - b.y)) };
  }

  function onDown(event: PointerEvent): void {
    if (event.pointerType !== 'touch') return;
    fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    if (fingers.size < 2 || !isDrawing()) return;
    event.stopPropagation();
    if (!zooming) onBegin();
    zooming = true;
  }

  function onMove(event: PointerEvent): void {
    if (!fingers.has(event.pointerId)) return;
    const before = spread();
    fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    const now = spread();
    if (!zooming || !before || !now) return;
    event.stopPropagation();
    viewport.zoomBy(now.distance / before.distance, viewport.pointFromPixel(now.middle), true);
    viewport.panBy(viewport.deltaPointsFromPixels(before.middle.minus(now.middle)), true);
  }

  function onUp(event: PointerEvent): void {
    if (!fingers.delete(event.pointerId) || fingers.size > 0 || !zooming) return;
    zooming = false;
    viewport.applyConstraints();
  }

  /** The same gesture arrives as touch events too, which the drawing tool handles. */
  function onTouch(event: TouchEvent): void {
    if (!zooming && !(event.touches.length > 1 && isDrawing())) return;
    event.stopPropagation();
    // Otherwise the page would zoom too.
    if (event.cancelable) event.preventDefault();
  }

  const stop = new AbortController();
  const options = { capture: true, passive: false, signal: stop.signal };
  element.addEventListener('pointerdown', onDown, options);
  element.addEventListener('pointermove', onMove, options);
  element.addEventListener('pointerup', onUp, options);
  element.addEventListener('pointercancel', onUp, options);
  element.addEventListener('touchstart', onTouch, options);
  element.addEventListener('touchmove', onTouch, options);
  return () => stop.abort();
}

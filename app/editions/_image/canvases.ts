/** Which image belongs to which place of the text. Pure. */
import type { CanvasView } from '@/lib/canvas/schema';

/** The canvas that shows a printed page. */
export function canvasOf(canvases: readonly CanvasView[], page: string | null): CanvasView | undefined {
  return page === null ? undefined : canvases.find((canvas) => canvas.page === page);
}

/** The canvas to begin with on a section's page: that of its first printed page, else the first of the section. */
export function firstCanvas(
  canvases: readonly CanvasView[],
  section: string,
  page: string | null,
): CanvasView | undefined {
  return (
    canvasOf(canvases, page) ??
    (page === null ? (canvases.find((canvas) => canvas.section === section) ?? canvases[0]) : undefined)
  );
}

/** The page that is read at a height of the window: the last that begins above it, else the one before. */
export function pageRead(
  markers: readonly { page: string; top: number }[],
  line: number,
  before: string | null,
): string | null {
  return markers.findLast(({ top }) => top <= line)?.page ?? before;
}

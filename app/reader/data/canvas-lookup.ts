/** Finds the page image for a position in the text. Pure. */
import type { CanvasView } from '@/lib/canvas/schema';

/** The canvas that shows a printed page. */
export function canvasOf(canvases: readonly CanvasView[], page: string | null): CanvasView | undefined {
  return page === null ? undefined : canvases.find((canvas) => canvas.page === page);
}

/** The canvas to show first on a section's page: that of its first printed page, else the section's first. */
export function initialCanvas(
  canvases: readonly CanvasView[],
  section: string,
  page: string | null,
): CanvasView | undefined {
  return (
    canvasOf(canvases, page) ??
    (page === null ? (canvases.find((canvas) => canvas.section === section) ?? canvases[0]) : undefined)
  );
}

/** The page at a height of the window (`line`): the last that begins above it, else the page `before` the text. */
export function pageAtLine(
  markers: readonly { page: string; top: number }[],
  line: number,
  before: string | null,
): string | null {
  return markers.findLast(({ top }) => top <= line)?.page ?? before;
}

interface Service {
  id?: string;
  '@id'?: string;
  width?: number;
  sizes?: { width: number; height: number }[];
}

/** The address of an image of a whole canvas: the smallest ready-made size of at least `width` pixels, else the largest. */
export function imageUrlFor({ image, thumbnail }: CanvasView, width: number): string {
  const { id, '@id': older, width: full, sizes = [] } = image.info as Service;
  const ascending = [...sizes].sort((a, b) => a.width - b.width);
  const size = ascending.find((candidate) => candidate.width >= width) ?? ascending.at(-1);
  const service = id ?? older;
  if (!service || !size) return thumbnail;
  // The whole has a name of its own (IIIF Image API 3 §4.2, `max`; 2.1 §4.2, `full`).
  const name = size.width === full ? (id ? 'max' : 'full') : `${size.width},${size.height}`;
  return `${service}/full/${name}/0/default.jpg`;
}

import { type AppError, type FieldError, invalidFields } from '@/lib/kernel/errors';
import { MEDIA_FRAGMENTS } from './constants';
import type { NewRegion, Region } from './schema';
import { parseSvgShape, type SvgShapeError } from './svg-shape';

/** The size of a canvas in its units. */
export type Size = { width: number; height: number };

const SENTENCES: Record<SvgShapeError, string> = {
  broken: 'This is not an SVG of shapes that can be read.',
  unsafe: 'This SVG has a script in it, or something else that would run.',
  foreign: 'This SVG has something in it that is not a shape: send shapes alone.',
  transformed: 'This SVG moves its shapes: give their coordinates on the canvas instead.',
  empty: 'This SVG has no shape in it.',
};

/**
 * Parses a region in any of its forms on a canvas of `size`. Throws invalid at `pointer` where it is not a region, or
 * reaches outside the canvas.
 */
export function parseRegion(input: NewRegion, size: Size, pointer: string): Region {
  const region = read(input, size);
  if (typeof region === 'string') throw refuse(pointer, region);
  requireInsideCanvas(region, size, pointer);
  return region;
}

/** Throws invalid at `pointer` where a region is empty or reaches outside the canvas; `size` null: a canvas of any size. */
export function requireInsideCanvas({ x, y, w, h }: Region, size: Size | null, pointer: string): void {
  if (!(w > 0 && h > 0)) throw refuse(pointer, 'A region has a width and a height.');
  // Percentages are rounded, so a region may exceed the edge by the tolerance.
  const right = x + w - (size?.width ?? Infinity);
  const below = y + h - (size?.height ?? Infinity);
  if (x >= 0 && y >= 0 && right <= TOLERANCE && below <= TOLERANCE) return;
  throw refuse(
    pointer,
    'The region reaches outside the canvas, which is {width} wide and {height} high.',
    size ?? { width: '?', height: '?' },
  );
}

function refuse(pointer: string, detail: string, values?: FieldError['values']): AppError {
  const error = { pointer, detail, ...(values && { values: { ...values } }) };
  return invalidFields([error]);
}

const TOLERANCE = 0.01;

/** The region, or the sentence why it is none. */
function read(input: NewRegion, size: Size | null): Region | string {
  if (typeof input === 'string') return /^\s*</.test(input) ? fromSvg(input) : fromFragment(input, size);
  if ('type' in input) {
    return input.type === 'SvgSelector' ? fromSvg(input.value) : fromFragment(input.value, size);
  }
  if ('width' in input) return { x: input.x, y: input.y, w: input.width, h: input.height, svg: null };
  if (input.svg !== undefined && input.svg !== null) return fromSvg(input.svg);
  return 'x' in input ? { x: input.x, y: input.y, w: input.w, h: input.h, svg: null } : SENTENCES.empty;
}

function fromSvg(source: string): Region | string {
  const shape = parseSvgShape(source);
  if (typeof shape === 'string') return SENTENCES[shape];
  // A horizontal or vertical line has an area of zero, but is a valid shape.
  const isLine = shape.w > 0 !== shape.h > 0;
  return isLine ? { ...shape, w: Math.max(shape.w, TOLERANCE), h: Math.max(shape.h, TOLERANCE) } : shape;
}

/** A spatial fragment: `xywh=[pixel:|percent:]x,y,w,h` (Media Fragments URI 1.0 §4.2.2); pixels are the canvas's units. */
function fromFragment(value: string, size: Size | null): Region | string {
  const [, unit, ...parts] =
    /^#?(?:(?:[^&]*&)*xywh=)?(?:(pixel|percent):)?(-?[\d.]+),(-?[\d.]+),(-?[\d.]+),(-?[\d.]+)(?:&.*)?$/.exec(
      value.trim(),
    ) ?? [];
  const [x, y, w, h] = parts.map(Number);
  if (
    x === undefined ||
    y === undefined ||
    w === undefined ||
    h === undefined ||
    [x, y, w, h].some(Number.isNaN)
  ) {
    return 'A fragment of an image is xywh=pixel: with four numbers.';
  }
  if (unit !== 'percent') return { x, y, w, h, svg: null };
  if (!size) return 'A fragment of an image is xywh=pixel: with four numbers.';
  const [across, down] = [size.width / 100, size.height / 100];
  return { x: x * across, y: y * down, w: w * across, h: h * down, svg: null };
}

/** The fragment of a region's bounding box, as IIIF viewers read it too: `xywh=` alone means pixels. */
export function fragmentOf({ x, y, w, h }: Region, { unit = 'pixel:' } = {}): string {
  return `xywh=${unit}${[x, y, w, h].map(formatNumber).join(',')}`;
}

/** A region as a selector of the W3C Web Annotation Data Model (§4.2.1, §4.2.7). */
export function selectorOf(region: Region): Record<string, unknown> {
  if (region.svg !== null) return { type: 'SvgSelector', value: region.svg };
  return { type: 'FragmentSelector', conformsTo: MEDIA_FRAGMENTS, value: fragmentOf(region) };
}

/** The region that covers a whole canvas. */
export function fullCanvasRegion({ width, height }: Size): Region {
  return { x: 0, y: 0, w: width, h: height, svg: null };
}

/** The region of the first selector that has one; null where none has. `size` null: the canvas is unknown. */
export function findRegion(selectors: unknown[], size: Size | null): Region | null {
  for (const selector of selectors) {
    if (typeof selector !== 'object' || selector === null) continue;
    const { type, value } = selector as Record<string, unknown>;
    if ((type !== 'SvgSelector' && type !== 'FragmentSelector') || typeof value !== 'string') continue;
    const region = read({ type, value }, size);
    if (typeof region !== 'string') return region;
  }
  return null;
}

/** A number without exponent, rounded to thousandths. */
function formatNumber(number: number): string {
  return String(Math.round(number * 1000) / 1000);
}

import { AppError, type FieldError } from '@/lib/kernel/errors';
import type { NewRegion, Region } from './schema';
import { readShape, type ShapeFault } from './shape';

/** Media Fragments URI 1.0, which FragmentSelectors of regions conform to (W3C Web Annotation Data Model §4.2.1). */
export const MEDIA_FRAGMENTS = 'http://www.w3.org/TR/media-frags/';

/** The size of a canvas in its units. */
export type Size = { width: number; height: number };

const FAULTS: Record<ShapeFault, string> = {
  broken: 'This is not an SVG of shapes that can be read.',
  unsafe: 'This SVG has a script in it, or something else that would run.',
  foreign: 'This SVG has something in it that is not a shape: send shapes alone.',
  transformed: 'This SVG moves its shapes: give their coordinates on the canvas instead.',
  empty: 'This SVG has no shape in it.',
};

/**
 * The region that `input` means on a canvas of `size`. Throws invalid at `pointer` where it is no region, or where any
 * of it lies outside the canvas.
 */
export function regionOf(input: NewRegion, size: Size, pointer: string): Region {
  const refuse = (detail: string, values?: FieldError['values']) =>
    new AppError('invalid', 'Some fields are not right.', {
      errors: [{ pointer, detail, ...(values && { values }) }],
    });
  const region = read(input, size);
  if (typeof region === 'string') throw refuse(region);
  const { x, y, w, h } = region;
  if (!(w > 0 && h > 0)) throw refuse('A region has a width and a height.');
  // A hair's breadth over the edge is what rounding makes of percentages.
  const right = x + w - size.width;
  const below = y + h - size.height;
  if (x < 0 || y < 0 || right > TOLERANCE || below > TOLERANCE) {
    throw refuse('The region reaches outside the canvas, which is {width} wide and {height} high.', {
      ...size,
    });
  }
  return region;
}

const TOLERANCE = 0.01;

/** The region, or what is wrong with it. */
function read(input: NewRegion, size: Size): Region | string {
  if (typeof input === 'string') return /^\s*</.test(input) ? fromSvg(input) : fromFragment(input, size);
  if ('type' in input) {
    return input.type === 'SvgSelector' ? fromSvg(input.value) : fromFragment(input.value, size);
  }
  if (input.svg !== undefined && input.svg !== null) return fromSvg(input.svg);
  return 'x' in input ? { x: input.x, y: input.y, w: input.w, h: input.h, svg: null } : FAULTS.empty;
}

function fromSvg(source: string): Region | string {
  const shape = readShape(source);
  return typeof shape === 'string' ? FAULTS[shape] : shape;
}

/** A spatial fragment: `xywh=[pixel:|percent:]x,y,w,h` (Media Fragments URI 1.0 §4.2.2); pixels are the canvas's units. */
function fromFragment(value: string, { width, height }: Size): Region | string {
  const [, unit, ...parts] =
    /^#?(?:[^&]*&)*xywh=(?:(pixel|percent):)?(-?[\d.]+),(-?[\d.]+),(-?[\d.]+),(-?[\d.]+)(?:&.*)?$/.exec(
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
  const [across, down] = [width / 100, height / 100];
  return { x: x * across, y: y * down, w: w * across, h: h * down, svg: null };
}

/** The fragment of a region's bounding box, as IIIF viewers read it too: `xywh=` alone means pixels. */
export function fragmentOf({ x, y, w, h }: Region, { unit = 'pixel:' } = {}): string {
  return `xywh=${unit}${[x, y, w, h].map(plain).join(',')}`;
}

/** A region as a selector of the W3C Web Annotation Data Model (§4.2.1, §4.2.7). */
export function selectorOf(region: Region): Record<string, unknown> {
  if (region.svg !== null) return { type: 'SvgSelector', value: region.svg };
  return { type: 'FragmentSelector', conformsTo: MEDIA_FRAGMENTS, value: fragmentOf(region) };
}

/** The whole of a canvas. */
export function wholeOf({ width, height }: Size): Region {
  return { x: 0, y: 0, w: width, h: height, svg: null };
}

/** What the first selector of a target that speaks of a part of a canvas says; null where none does. */
export function regionAmong(selectors: unknown[]): NewRegion | null {
  for (const selector of selectors) {
    if (typeof selector !== 'object' || selector === null) continue;
    const { type, value } = selector as Record<string, unknown>;
    if (typeof value !== 'string') continue;
    if (type === 'SvgSelector') return { type, value };
    if (type === 'FragmentSelector' && /(^|[#&])xywh=/.test(value)) return { type, value };
  }
  return null;
}

/** A number without an exponent, to a thousandth. */
function plain(number: number): string {
  return String(Math.round(number * 1000) / 1000);
}

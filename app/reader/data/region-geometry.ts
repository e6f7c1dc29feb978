/** Regions as geometry, in the units of a canvas or in the pixels of its image. Pure. */

import { MEDIA_FRAGMENTS } from '@/lib/canvas/constants';
import type { Region } from '@/lib/canvas/schema';

export interface Point {
  x: number;
  y: number;
}

export interface ImageSize {
  width: number;
  height: number;
}

/** The corners of a region whose SVG is one polygon; null for any other. */
export function cornersOf(svg: string | null): Point[] | null {
  const [, points] =
    /^<svg[^>]*><polygon points="([^"]+)"\s*(?:\/>|><\/polygon>)<\/svg>$/.exec(svg ?? '') ?? [];
  const numbers =
    points
      ?.trim()
      .split(/[\s,]+/)
      .map(Number) ?? [];
  if (numbers.length < 6 || numbers.length % 2 === 1 || !numbers.every(Number.isFinite)) return null;
  return numbers.flatMap((x, i) => (i % 2 === 0 ? { x, y: numbers[i + 1]! } : []));
}

/** A polygon as a region; null for fewer than three corners. */
export function polygonOf(corners: readonly Point[]): Region | null {
  const kept = corners.filter(({ x, y }, i) => {
    const before = corners[(i + corners.length - 1) % corners.length]!;
    return Math.hypot(x - before.x, y - before.y) >= 1;
  });
  if (kept.length < 3) return null;
  const [xs, ys] = [kept.map(({ x }) => x), kept.map(({ y }) => y)];
  const [x, y] = [Math.min(...xs), Math.min(...ys)];
  const points = kept.map((corner) => `${corner.x},${corner.y}`).join(' ');
  const svg = `<svg xmlns="http://www.w3.org/2000/svg"><polygon points="${points}"/></svg>`;
  return { x, y, w: Math.max(...xs) - x, h: Math.max(...ys) - y, svg };
}

/** Converts a Web Annotation selector in image pixels to a region in canvas units, rounded and clamped to the canvas. */
export function readSelector(value: string, image: ImageSize, canvas: ImageSize): Region | null {
  const across = canvas.width / image.width;
  const down = canvas.height / image.height;
  const inside = (point: Point) => ({
    x: clamp(Math.round(point.x * across), 0, canvas.width),
    y: clamp(Math.round(point.y * down), 0, canvas.height),
  });
  const corners = cornersOf(value.replace(/\s*xmlns="[^"]*"/g, ''));
  if (corners) return polygonOf(corners.map(inside));
  const [x, y, w, h] = (/xywh=(?:pixel:)?([\d.,+-]+)/.exec(value)?.[1] ?? '').split(',').map(Number);
  if (x === undefined || y === undefined || w === undefined || h === undefined) return null;
  const [from, to] = [inside({ x, y }), inside({ x: x + w, y: y + h })];
  const size = { w: to.x - from.x, h: to.y - from.y };
  return size.w > 0 && size.h > 0 ? { ...from, ...size, svg: null } : null;
}

/** Converts a region to the selector in pixels of an image that may have another size than its canvas. */
export function selectorOn(region: Region, image: ImageSize, canvas: ImageSize) {
  const across = image.width / canvas.width;
  const down = image.height / canvas.height;
  const corners = cornersOf(region.svg);
  if (corners) {
    const points = corners.map(({ x, y }) => `${x * across},${y * down}`).join(' ');
    return { type: 'SvgSelector', value: `<svg><polygon points="${points}"></polygon></svg>` };
  }
  const { x, y, w, h } = region;
  const value = `xywh=pixel:${[x * across, y * down, w * across, h * down].join(',')}`;
  return { type: 'FragmentSelector', conformsTo: MEDIA_FRAGMENTS, value };
}

/** Whether a region contains a point of the canvas; a shape that is no polygon counts by its bounding box. */
export function holds({ x, y, w, h, svg }: Region, point: Point): boolean {
  if (point.x < x || point.y < y || point.x > x + w || point.y > y + h) return false;
  const corners = cornersOf(svg);
  if (!corners) return true;
  let inside = false;
  for (const [i, a] of corners.entries()) {
    const b = corners[(i + 1) % corners.length]!;
    // A ray to the right crosses this edge (even-odd rule).
    if (a.y > point.y !== b.y > point.y && point.x < ((b.x - a.x) * (point.y - a.y)) / (b.y - a.y) + a.x)
      inside = !inside;
  }
  return inside;
}

/** The regions at a point, the smallest first. */
export function regionsAt<R extends Region>(regions: readonly R[], point: Point): R[] {
  return regions.filter((region) => holds(region, point)).sort((a, b) => a.w * a.h - b.w * b.h);
}

/** The region that a click selects: under the point the next after the selected one, so that each can be reached. */
export function nextRegionAt<R extends Region & { id: string }>(
  regions: readonly R[],
  point: Point,
  selected: string | null,
): R | undefined {
  const here = regionsAt(regions, point);
  return here[(here.findIndex(({ id }) => id === selected) + 1) % here.length];
}

/** A rectangle moved or resized by whole units and clamped to its canvas. */
export function adjustRegion(
  region: Region,
  by: Partial<Record<'x' | 'y' | 'w' | 'h', number>>,
  canvas: ImageSize,
): Region {
  const w = clamp(Math.round(region.w + (by.w ?? 0)), 1, canvas.width);
  const h = clamp(Math.round(region.h + (by.h ?? 0)), 1, canvas.height);
  const x = clamp(Math.round(region.x + (by.x ?? 0)), 0, canvas.width - w);
  const y = clamp(Math.round(region.y + (by.y ?? 0)), 0, canvas.height - h);
  return { x, y, w, h, svg: null };
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}

import type { Size } from './region';
import type { Region } from './schema';

/** The part of an image that an address gives, in pixels of the image, and the size in which it gives it. */
type Frame = { x: number; y: number; w: number; h: number; served: Size };

const NUMBERS = /^(pct:)?([\d.]+),([\d.]+),([\d.]+),([\d.]+)$/;

/**
 * The part and the size that an image request asks for (IIIF Image API 3 §4.1, §4.2) of an image of `size`; the whole in
 * its own size for the address of the service, of its info.json or of anything else.
 */
function frameOf(address: string, size: Size): Frame {
  const [region = '', scale = ''] =
    /\/([^/?#]+)\/([^/?#]+)\/!?\d+\/\w+\.\w+(?:[?#]|$)/.exec(address)?.slice(1) ?? [];
  const [, percent, ...numbers] = NUMBERS.exec(region) ?? [];
  const [x = 0, y = 0, w = size.width, h = size.height] = numbers.map(Number);
  const [across, down] = percent ? [size.width / 100, size.height / 100] : [1, 1];
  const part =
    numbers.length === 0 ? { x, y, w, h } : { x: x * across, y: y * down, w: w * across, h: h * down };
  return { ...part, served: servedSize(scale, part) };
}

function servedSize(scale: string, { w, h }: { w: number; h: number }): Size {
  const [, percent] = /^\^?pct:([\d.]+)$/.exec(scale) ?? [];
  if (percent) return { width: (w * Number(percent)) / 100, height: (h * Number(percent)) / 100 };
  const [, fits, width = '', height = ''] = /^\^?(!?)(\d*),(\d*)$/.exec(scale) ?? [];
  if (width === '' && height === '') return { width: w, height: h };
  if (fits) {
    const by = Math.min(Number(width) / w, Number(height) / h);
    return { width: w * by, height: h * by };
  }
  return {
    width: width === '' ? (w * Number(height)) / h : Number(width),
    height: height === '' ? (h * Number(width)) / w : Number(height),
  };
}

/** The size in which the image at `address` is seen, which is what regions on it count in. */
export function sizeAt(address: string, image: Size): Size {
  return frameOf(address, image).served;
}

/** A region of the image at `address` as one of the canvas that has the image; a drawn shape moved or scaled is its box. */
export function onCanvas(region: Region, address: string, image: Size, canvas: Size): Region {
  const { x, y, w, h, served } = frameOf(address, image);
  const [across, down] = [canvas.width / image.width, canvas.height / image.height];
  const [scaleX, scaleY] = [(w / served.width) * across, (h / served.height) * down];
  if (x === 0 && y === 0 && scaleX === 1 && scaleY === 1) return region;
  return {
    x: x * across + region.x * scaleX,
    y: y * down + region.y * scaleY,
    w: region.w * scaleX,
    h: region.h * scaleY,
    svg: null,
  };
}

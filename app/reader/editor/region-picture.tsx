'use client';
import type { CanvasView, Region } from '@/lib/canvas/schema';
import { imageUrlFor } from '../data/canvas-lookup';
import { cornersOf } from '../data/region-geometry';
import styles from './region-picture.module.css';

/** The largest size of a picture, in pixels. */
const WIDTH = 260;
const HEIGHT = 140;

/** A small picture of a part of a page image. */
export function RegionPicture({
  canvas,
  region,
  label,
}: {
  canvas: CanvasView;
  region: Region;
  label: string;
}) {
  const { x, y, w, h } = region;
  const scale = Math.min(WIDTH / w, HEIGHT / h, 2);
  const corners = cornersOf(region.svg);
  return (
    <svg
      className={styles.picture}
      role="img"
      aria-label={label}
      viewBox={`${x} ${y} ${w} ${h}`}
      width={Math.max(1, Math.round(w * scale))}
      height={Math.max(1, Math.round(h * scale))}
      preserveAspectRatio="xMidYMid slice"
    >
      <image
        href={imageUrlFor(canvas, canvas.width * scale)}
        width={canvas.width}
        height={canvas.height}
        preserveAspectRatio="none"
      />
      {corners && <polygon points={corners.map((corner) => `${corner.x},${corner.y}`).join(' ')} />}
    </svg>
  );
}

'use client';
import { type MouseEvent, memo, useMemo } from 'react';
import styles from '../select/overlay.module.css';
import type { PlacedThread } from '../state/store';
import { densityBars, nearestTop } from '../text/density';
import { estimateTops, topOf } from '../text/layout';
import { useViewport } from '../text/viewport-context';

/** Pixels that the densest bar is long. */
const LONGEST = 10;

/**
 * A strip beside the scrollbar: where many glosses lie along the page. For the eye and the mouse only, since the counts
 * beside the paragraphs say the same to everybody.
 */
export const DensityStrip = memo(function HeatStrip({
  sections,
  roots,
}: {
  sections: ReadonlyMap<string, PlacedThread[]>;
  roots: ReadonlyMap<string, HTMLElement>;
}) {
  const { lie } = useViewport();
  const tops = useMemo(
    () => [...lie.grounds].flatMap(([section, ground]) => estimateTops(ground, sections.get(section) ?? [])),
    [sections, lie],
  );
  const path = useMemo(() => {
    const bars = densityBars(tops, lie.extent, lie.height).map(({ top, height, weight }) => {
      const length = Math.round(weight * LONGEST);
      return `M${LONGEST} ${top}h${-length}v${height}h${length}z`;
    });
    return bars.join('');
  }, [tops, lie]);

  function onClick(event: MouseEvent): void {
    const places = [...lie.grounds.keys()].flatMap((section) => sections.get(section) ?? []);
    const place = places[nearestTop(tops, (event.clientY / lie.height) * lie.extent)];
    const root = place && roots.get(place.section);
    if (!root) return;
    window.scrollTo({ top: topOf(root, place) - lie.height / 3, behavior: 'instant' });
  }

  if (sections.size === 0) return null;
  return (
    <svg
      className={styles.heat}
      viewBox={`0 0 ${LONGEST} ${lie.height}`}
      aria-hidden="true"
      preserveAspectRatio="none"
      onClick={onClick}
    >
      <path d={path} />
    </svg>
  );
});

'use client';
import { type MouseEvent, useMemo } from 'react';
import { useReader } from '../state/use-reader';
import { densityBars, nearestTop } from '../text/density';
import { estimateTops, topOf } from '../text/layout';
import styles from './density-strip.module.css';

/** Length of the longest bar in pixels. */
const LONGEST = 10;

/**
 * A strip beside the scrollbar: where many glosses are along the page. For the eye and the mouse only, since the counts
 * beside the paragraphs say the same to everybody.
 */
export function DensityStrip() {
  const passagesBySection = useReader(({ threads }) => threads.passagesBySection);
  const containers = useReader((state) => state.containers);
  const layout = useReader(({ viewport }) => viewport.layout);
  const tops = useMemo(
    () =>
      [...layout.sections].flatMap(([section, blocks]) =>
        estimateTops(blocks, passagesBySection.get(section) ?? []),
      ),
    [passagesBySection, layout],
  );
  const path = useMemo(() => {
    const bars = densityBars(tops, layout.extent, layout.height).map(({ top, height, weight }) => {
      const length = Math.round(weight * LONGEST);
      return `M${LONGEST} ${top}h${-length}v${height}h${length}z`;
    });
    return bars.join('');
  }, [tops, layout]);

  function onClick(event: MouseEvent): void {
    const passages = [...layout.sections.keys()].flatMap((section) => passagesBySection.get(section) ?? []);
    const passage = passages[nearestTop(tops, (event.clientY / layout.height) * layout.extent)];
    const container = passage && containers.get(passage.section);
    if (!container) return;
    window.scrollTo({ top: topOf(container, passage) - layout.height / 3, behavior: 'instant' });
  }

  if (passagesBySection.size === 0) return null;
  return (
    <svg
      className={styles.strip}
      viewBox={`0 0 ${LONGEST} ${layout.height}`}
      aria-hidden="true"
      preserveAspectRatio="none"
      onClick={onClick}
    >
      <path d={path} />
    </svg>
  );
}

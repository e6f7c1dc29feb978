'use client';
import { type MouseEvent, memo, useEffect, useRef } from 'react';
import { heatBars, nearestTop } from './heat';
import styles from './overlay.module.css';
import { whenIdle } from './painting';
import { estimateTops, topOf } from './place';
import type { Placed } from './store';

/** Pixels that the densest bar is long. */
const LONGEST = 10;

/**
 * A strip beside the scrollbar: where many glosses lie along the page. For the eye and the mouse only, since the counts
 * beside the paragraphs say the same to everybody.
 */
export const HeatStrip = memo(function HeatStrip({
  sections,
  roots,
}: {
  sections: ReadonlyMap<string, Placed[]>;
  roots: ReadonlyMap<string, HTMLElement>;
}) {
  const strip = useRef<SVGSVGElement>(null);
  const bars = useRef<SVGPathElement>(null);
  const marks = useRef<{ places: Placed[]; tops: number[] }>({ places: [], tops: [] });

  useEffect(() => {
    let cancel = () => {};
    function draw(): void {
      const places: Placed[] = [];
      const tops: number[] = [];
      for (const [section, root] of roots) {
        const here = sections.get(section) ?? [];
        places.push(...here);
        tops.push(...estimateTops(root, here));
      }
      marks.current = { places, tops };
      const { clientHeight, scrollHeight } = document.documentElement;
      strip.current?.setAttribute('viewBox', `0 0 ${LONGEST} ${clientHeight}`);
      const path = heatBars(tops, scrollHeight, clientHeight).map(({ top, height, weight }) => {
        const length = Math.round(weight * LONGEST);
        return `M${LONGEST} ${top}h${-length}v${height}h${length}z`;
      });
      bars.current?.setAttribute('d', path.join(''));
    }
    function later(): void {
      cancel();
      cancel = whenIdle(draw);
    }
    const observer = new ResizeObserver(later);
    for (const root of roots.values()) observer.observe(root);
    window.addEventListener('resize', later);
    later();
    return () => {
      cancel();
      observer.disconnect();
      window.removeEventListener('resize', later);
    };
  }, [sections, roots]);

  function onClick(event: MouseEvent): void {
    const { places, tops } = marks.current;
    const { clientHeight, scrollHeight } = document.documentElement;
    const place = places[nearestTop(tops, (event.clientY / clientHeight) * scrollHeight)];
    const root = place && roots.get(place.section);
    if (!root) return;
    window.scrollTo({ top: topOf(root, place) - clientHeight / 3, behavior: 'instant' });
  }

  if (sections.size === 0) return null;
  return (
    <svg ref={strip} className={styles.heat} aria-hidden="true" preserveAspectRatio="none" onClick={onClick}>
      <path ref={bars} />
    </svg>
  );
});

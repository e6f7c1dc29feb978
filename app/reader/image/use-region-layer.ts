'use client';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { CanvasView } from '@/lib/canvas/schema';
import type { OsdViewer } from './osd-viewer';
import type { RegionHandlers, RegionLayer, ShownRegion } from './region-layer';

/**
 * The region layer over a viewer that has `canvas` open; null until it is loaded, which it is only where regions may be
 * seen or drawn.
 */
export function useRegionLayer(
  osd: OsdViewer | null,
  canvas: CanvasView,
  isOpen: boolean,
  regions: readonly ShownRegion[] | null,
  handlers: RegionHandlers & { onLost: () => void },
  /** Number of attempts: each further one loads the layer again where that failed. */
  tries: number,
): RegionLayer | null {
  const [layer, setLayer] = useState<RegionLayer | null>(null);
  const latest = useRef({ canvas, handlers });
  useLayoutEffect(() => {
    latest.current = { canvas, handlers };
  });

  const isWanted = regions !== null;
  const [isReady, setReady] = useState(false);
  useEffect(() => {
    if (isOpen) setReady(true);
  }, [isOpen]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: each try is a load of its own
  useEffect(() => {
    if (!osd || !isReady || !isWanted) return;
    let mounted: RegionLayer | null = null;
    let left = false;
    import('./region-layer')
      .then(({ mountRegions }) => {
        if (left) return;
        mounted = mountRegions(osd.viewer, () => latest.current.canvas, {
          onDrawn: (region) => latest.current.handlers.onDrawn(region),
          onChanged: (region) => latest.current.handlers.onChanged(region),
          onSelect: (id) => latest.current.handlers.onSelect(id),
        });
        osd.beforeDestroy(mounted.destroy);
        setLayer(mounted);
      })
      .catch(() => {
        if (!left) latest.current.handlers.onLost();
      });
    return () => {
      left = true;
      setLayer(null);
      mounted?.destroy();
    };
  }, [osd, isReady, isWanted, tries]);

  useEffect(() => {
    layer?.setRegions(isOpen ? (regions ?? []) : []);
  }, [layer, isOpen, regions]);

  return layer;
}

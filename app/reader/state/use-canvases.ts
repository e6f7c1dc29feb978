'use client';
import { useCallback, useEffect, useMemo, useState } from 'react';
import type { CanvasView } from '@/lib/canvas/schema';
import { loadCanvases } from '../data/canvas-api';

/** The page images of an edition, as far as they are known. */
export interface CanvasList {
  status: 'loading' | 'ready' | 'failed';
  items: readonly CanvasView[];
  retry: () => void;
}

const NONE: readonly CanvasView[] = [];

/** The page images of an edition, once they are `wanted`. */
export function useCanvases(edition: string, wanted: boolean): CanvasList {
  const [known, setKnown] = useState<Omit<CanvasList, 'retry'>>({ status: 'loading', items: NONE });
  const [tries, setTries] = useState(0);
  const retry = useCallback(() => setTries((before) => before + 1), []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: each try is a call of its own
  useEffect(() => {
    if (!wanted) return;
    const stop = new AbortController();
    setKnown({ status: 'loading', items: NONE });
    loadCanvases(edition, stop.signal)
      .then((items) => setKnown({ status: 'ready', items }))
      .catch(() => {
        if (!stop.signal.aborted) setKnown({ status: 'failed', items: NONE });
      });
    return () => stop.abort();
  }, [edition, wanted, tries]);

  return useMemo(() => ({ ...known, retry }), [known, retry]);
}

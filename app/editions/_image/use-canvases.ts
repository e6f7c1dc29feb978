'use client';
import { useCallback, useEffect, useState } from 'react';
import type { CanvasView } from '@/lib/canvas/schema';
import { loadCanvases } from './calls';

export interface Canvases {
  status: 'loading' | 'ready' | 'failed';
  items: readonly CanvasView[];
}

const NONE: readonly CanvasView[] = [];

/** The page images of an edition, once they are `wanted`; and a way to try again. */
export function useCanvases(edition: string, wanted: boolean): [Canvases, () => void] {
  const [canvases, setCanvases] = useState<Canvases>({ status: 'loading', items: NONE });
  const [tries, setTries] = useState(0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: each try is a call of its own
  useEffect(() => {
    if (!wanted) return;
    const stop = new AbortController();
    setCanvases({ status: 'loading', items: NONE });
    loadCanvases(edition, stop.signal)
      .then((items) => setCanvases({ status: 'ready', items }))
      .catch(() => {
        if (!stop.signal.aborted) setCanvases({ status: 'failed', items: NONE });
      });
    return () => stop.abort();
  }, [edition, wanted, tries]);

  return [canvases, useCallback(() => setTries((before) => before + 1), [])];
}

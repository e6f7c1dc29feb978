'use client';
import { type Dispatch, useEffect, useLayoutEffect, useMemo, useRef } from 'react';
import { loadThreads } from '../data/api';
import type { ReaderAction } from './store';

/** Asks for what threads say, by their roots. What was asked for is not asked for again. */
export type RequestThreads = (roots: readonly string[]) => void;

/**
 * Reads what notes say when somebody is to see it: all that is asked for in one moment by one call. Another `look` at
 * the notes asks anew, but for what came `along` with it.
 */
export function useThreadLoader(
  group: string | null,
  look: number,
  along: ReadonlySet<string>,
  dispatch: Dispatch<ReaderAction>,
): RequestThreads {
  const latest = useRef(along);
  useLayoutEffect(() => {
    latest.current = along;
  }, [along]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was read may have changed by another look
  const reader = useMemo(() => {
    let stop = new AbortController();
    const asked = new Set<string>();
    let waiting: string[] = [];

    async function read(): Promise<void> {
      const roots = waiting;
      const { signal } = stop;
      waiting = [];
      try {
        for await (const notes of loadThreads(group!, roots, signal)) dispatch({ type: 'read', notes });
      } catch {
        if (signal.aborted) return;
        for (const root of roots) asked.delete(root);
        dispatch({ type: 'failed' });
      }
    }

    function ask(roots: readonly string[]): void {
      if (group === null) return;
      const fresh = roots.filter((root) => !asked.has(root) && !latest.current.has(root));
      if (fresh.length === 0) return;
      if (waiting.length === 0) queueMicrotask(() => void read());
      for (const root of fresh) {
        asked.add(root);
        waiting.push(root);
      }
    }

    // It may be opened again: React tries each effect twice where a page is developed.
    function close(): void {
      stop.abort();
      stop = new AbortController();
      asked.clear();
      waiting = [];
    }

    return { ask, close };
  }, [group, look, dispatch]);

  useEffect(() => reader.close, [reader]);
  return reader.ask;
}

'use client';
import { type Dispatch, startTransition, useEffect } from 'react';
import { loadNotes } from './calls';
import type { GlossAction } from './store';

/** How old what is shown may be, in milliseconds, when the reader comes back to the page. */
const FRESH = 20_000;

/**
 * Load a group's notes on every text of the page, the section's and its notes at the foot; and again, quietly, when
 * the reader comes back after a while.
 */
export function useNotes(
  group: string | null,
  edition: string,
  section: string,
  roots: ReadonlyMap<string, HTMLElement>,
  dispatch: Dispatch<GlossAction>,
): void {
  useEffect(() => {
    if (group === null || roots.size === 0) return;
    const stop = new AbortController();
    const { signal } = stop;
    const sections = [section, ...[...roots.keys()].filter((id) => id !== section)];
    let loaded = Date.now();

    async function load(): Promise<void> {
      loaded = Date.now();
      for await (const { notes, more } of loadNotes({ group: group!, edition, sections }, signal)) {
        // Drawn in slices, between which the reader's own doings come first.
        startTransition(() => dispatch({ type: 'loaded', notes, more }));
      }
    }

    function onReturn(): void {
      const old = Date.now() - loaded > FRESH;
      // What is shown stays where this fails; the next return tries again.
      if (document.visibilityState === 'visible' && old) load().catch(() => {});
    }

    dispatch({ type: 'loading' });
    load().catch(() => {
      if (!signal.aborted) dispatch({ type: 'failed' });
    });
    document.addEventListener('visibilitychange', onReturn);
    return () => {
      stop.abort();
      document.removeEventListener('visibilitychange', onReturn);
    };
  }, [group, edition, section, roots, dispatch]);
}

'use client';
import { type Dispatch, useEffect } from 'react';
import { loadNotes } from './calls';
import type { GlossAction } from './store';

/** Load a group's notes on every text of the page: the section first, then its notes at the foot. */
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
    dispatch({ type: 'loading' });
    const sections = [section, ...[...roots.keys()].filter((id) => id !== section)];
    // One answer for all of them: what is painted is painted once, and a link finds its note wherever it is.
    Promise.all(sections.map((each) => loadNotes({ group, edition, section: each }, signal)))
      .then((lists) => dispatch({ type: 'loaded', notes: lists.flat() }))
      .catch(() => {
        if (!signal.aborted) dispatch({ type: 'failed' });
      });
    return () => stop.abort();
  }, [group, edition, section, roots, dispatch]);
}

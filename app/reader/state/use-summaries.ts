'use client';
import { type Dispatch, startTransition, useEffect, useState } from 'react';
import { loadAllAnnotations, loadSummaries } from '../data/api';
import { measureBlocks, offsetNear } from '../text/layout';
import { currentRange } from '../text/viewport-context';
import type { ReaderAction } from './store';

/** How old what is shown may be, in milliseconds, when the reader comes back to the page. */
const FRESH = 20_000;

/**
 * Load a group's notes on every text of the page, the section's and its notes at the foot; and again, quietly, when
 * the reader comes back after a while.
 */
export function useSummaries(
  group: string | null,
  edition: string,
  section: string,
  roots: ReadonlyMap<string, HTMLElement>,
  dispatch: Dispatch<ReaderAction>,
): void {
  useEffect(() => {
    if (group === null || roots.size === 0) return;
    const stop = new AbortController();
    const { signal } = stop;
    const sections = sectionsOf(section, roots);
    let loaded = Date.now();

    async function load(): Promise<void> {
      loaded = Date.now();
      const near = middleOf(roots);
      for await (const part of loadSummaries({ group: group!, edition, sections }, near, signal)) {
        // Drawn in slices, between which the reader's own doings come first.
        startTransition(() => dispatch({ type: 'loaded', ...part }));
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

/**
 * Read what all notes say, once the reader looks for `words`; and anew after another `look` at them. Gives whether
 * that is still under way.
 */
export function useAllAnnotations(
  at: { group: string | null; edition: string; section: string },
  words: string,
  look: number,
  roots: ReadonlyMap<string, HTMLElement>,
  dispatch: Dispatch<ReaderAction>,
): boolean {
  const { group, edition, section } = at;
  const [reading, setReading] = useState(false);
  const wanted = words.trim() !== '';

  // biome-ignore lint/correctness/useExhaustiveDependencies: what was read may have changed by another look
  useEffect(() => {
    if (!wanted || group === null || roots.size === 0) return;
    const stop = new AbortController();
    async function load(): Promise<void> {
      const sections = sectionsOf(section, roots);
      for await (const notes of loadAllAnnotations({ group: group!, edition, sections }, stop.signal)) {
        startTransition(() => dispatch({ type: 'read', notes }));
      }
    }
    setReading(true);
    load()
      .catch(() => {
        if (!stop.signal.aborted) dispatch({ type: 'failed' });
      })
      .finally(() => setReading(false));
    return () => stop.abort();
  }, [wanted, group, edition, section, look, roots, dispatch]);

  return reading;
}

/** The sections of a page, its own first. */
function sectionsOf(section: string, roots: ReadonlyMap<string, HTMLElement>): string[] {
  return [section, ...[...roots.keys()].filter((id) => id !== section)];
}

/** The middle of what is seen, as `section:offset`. */
function middleOf(roots: ReadonlyMap<string, HTMLElement>): string {
  const { top, bottom } = currentRange();
  const middle = (top + bottom) / 2;
  let near = '';
  for (const [section, root] of roots) {
    const ground = measureBlocks(root);
    if (near === '' || ground.tops[0]! <= middle) near = `${section}:${offsetNear(ground, middle)}`;
  }
  return near;
}

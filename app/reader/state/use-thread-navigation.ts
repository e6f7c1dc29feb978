'use client';
import { type Dispatch, type RefObject, useCallback, useLayoutEffect, useRef } from 'react';
import { showCanvas } from '@/app/reader/state/view-mode';
import { useTranslations } from '@/lib/i18n/client';
import { scrollToPassage } from '../text/layout';
import { nextThread } from './next-thread';
import type { PlacedThread, ReaderAction, ReaderState } from './store';

/** The ways into a thread and out of it. */
export interface ThreadNavigation {
  /** What opened it, which gets the focus back. */
  opener: RefObject<HTMLElement | null>;
  openThread: (root: string, from?: HTMLElement | null, seek?: string) => void;
  closeThread: () => void;
  /** Open a thread, or offer several to choose from. */
  pick: (roots: string[], from: HTMLElement | null) => void;
  /** Go to the next thread of the page, or to the one before. */
  step: (forward: boolean, from?: HTMLElement) => void;
  /** Open what the reader came for. */
  arrive: (root: string, seek?: string) => void;
}

/** Opens threads among those that are `placed` on the page, and closes them. */
export function useThreadNavigation(
  { active, notes }: Pick<ReaderState, 'active' | 'notes'>,
  placed: readonly PlacedThread[],
  roots: ReadonlyMap<string, HTMLElement>,
  dispatch: Dispatch<ReaderAction>,
  say: (text: string) => void,
): ThreadNavigation {
  const t = useTranslations('annotation');
  const opener = useRef<HTMLElement | null>(null);

  // Always the same functions, so that no card is drawn anew because notes came elsewhere.
  const latest = useRef({ placed, notes, active });
  useLayoutEffect(() => {
    latest.current = { placed, notes, active };
  }, [placed, notes, active]);

  const openThread = useCallback(
    (root: string, from?: HTMLElement | null, seek?: string) => {
      if (from !== undefined) opener.current = from;
      dispatch({ type: 'open', root, seek });
      const place = latest.current.placed.find((each) => each.root.id === root);
      const text = place && roots.get(place.section);
      if (text && !place.onImage) scrollToPassage(text, place);
    },
    [roots, dispatch],
  );

  const closeThread = useCallback(() => {
    const id = latest.current.active;
    dispatch({ type: 'close' });
    requestAnimationFrame(() => {
      const card = document.querySelector<HTMLElement>(`button[data-thread="${id}"]`);
      const sheet = document.querySelector<HTMLElement>('[data-sheet-opener]');
      const back = opener.current?.isConnected ? opener.current : (card ?? sheet);
      back?.focus({ preventScroll: true });
      opener.current = null;
    });
  }, [dispatch]);

  const pick = useCallback(
    (ids: string[], from: HTMLElement | null) => {
      if (ids.length === 1) openThread(ids[0]!, from, from ? ids[0] : undefined);
      else {
        opener.current = from;
        dispatch({ type: 'offer', roots: ids });
      }
    },
    [openThread, dispatch],
  );

  const step = useCallback(
    (forward: boolean, from?: HTMLElement) => {
      const next = nextThread(latest.current.placed, roots, latest.current.active, forward);
      if (next) openThread(next.root.id, from ?? null, next.root.id);
      else say(t(forward ? 'noNext' : 'noPrevious'));
    },
    [roots, openThread, say, t],
  );

  const arrive = useCallback(
    (root: string, seek?: string) => {
      const note = latest.current.notes.get(root);
      if (note && note.canvas !== null && note.passages.length === 0) showCanvas(note.canvas);
      openThread(root, null, seek);
    },
    [openThread],
  );

  return { opener, openThread, closeThread, pick, step, arrive };
}

'use client';
import { type Dispatch, useEffect, useRef } from 'react';
import { type DraftScope, listDrafts } from '../data/editor-draft';
import { findCitedSpan } from '../text/citation-link';
import { paintAccent } from '../text/highlights';
import { scrollToPassage } from '../text/layout';
import { blocksOf } from '../text/text-position';
import type { ReaderAction, ReaderState } from './store';

/**
 * What the reader came for, once everything is there: the note of `?annotation=`, the words of `?c=`, or what they
 * were writing when the page or the session went away.
 */
export function useDeepLink(
  state: ReaderState,
  roots: ReadonlyMap<string, HTMLElement>,
  desk: DraftScope | null,
  dispatch: Dispatch<ReaderAction>,
  onOpen: (root: string, seek?: string) => void,
  onMissing: () => void,
): void {
  const done = useRef<string | null>(null);
  const ready = state.status === 'ready';
  const key = `${desk?.user} ${desk?.group} ${desk?.section}`;

  useEffect(() => {
    const citation = new URLSearchParams(window.location.search).get('c');
    if (!citation) return;
    for (const root of roots.values()) {
      const span = findCitedSpan(blocksOf(root), citation);
      if (!span) continue;
      paintAccent('cited', root, [span]);
      scrollToPassage(root, span);
    }
  }, [roots]);

  useEffect(() => {
    if (!ready || done.current === key) return;
    done.current = key;
    // Whoever has opened or begun something while the notes were coming is not called away from it.
    if (state.active !== null || state.offered.length > 0 || state.editor) return;
    const asked = new URLSearchParams(window.location.search).get('annotation');
    const note = asked ? state.notes.get(asked) : undefined;
    if (note) onOpen(note.root, note.id);
    else if (asked) onMissing();
    const draft = desk && listDrafts(localStorage, desk).find(({ open }) => open);
    if (!draft) return;
    if (draft.purpose.what !== 'gloss') onOpen(draft.purpose.root);
    dispatch({ type: 'write', purpose: draft.purpose, kind: draft.fields.kind });
  }, [ready, key, state, desk, dispatch, onOpen, onMissing]);
}

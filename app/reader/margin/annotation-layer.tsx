'use client';
/** What a page shows of a group's annotations: one module, which is not loaded for a reader without a group. */
import { useEffect } from 'react';
import { toast } from '@/app/_ui/toast';
import { useTranslations } from '@/lib/i18n/client';
import { readHighlightChoice } from '../data/highlight-choice';
import { EditorPrefetch } from '../editor/lazy-editor';
import { HoverCount } from '../select/hover-count';
import { KeyboardEntry } from '../select/keyboard-entry';
import { MoveBar } from '../select/move-bar';
import { listenToPointer } from '../select/text-pointer';
import { loadAssignments } from '../state/load-assignments';
import { startAnnotations } from '../state/start-annotations';
import { useReaderStore } from '../state/use-reader';
import { DensityStrip } from './density-strip';
import { HighlightEffects } from './highlight-effects';
import { NoteLinks } from './note-links';

export { DraftList } from '../editor/draft-list';
export { default as SelectionTools } from '../select/selection-tools';
export { DisplayMenu } from './display-menu';
export { FilterBar } from './filter-bar';
export { AssignmentBar } from './lazy-assignment-bar';
export { LivePill } from './lazy-live-pill';
export { MarginThreads } from './margin-threads';
export { PrintThreads } from './print-threads';
export { SheetThreads } from './sheet-threads';

/** Loads the annotations, and shows over the text where they are. */
export function AnnotationOverlay() {
  const t = useTranslations('annotation');
  const store = useReaderStore();
  useEffect(() => {
    store.set({ highlights: readHighlightChoice() });
    const stops = [
      startAnnotations(store, () => toast(t('annotationNotFound'))),
      listenToPointer(store),
      loadAssignments(store),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }, [store, t]);
  return (
    <>
      <HighlightEffects />
      <NoteLinks />
      <DensityStrip />
      <HoverCount />
      <KeyboardEntry />
      <MoveBar />
      <EditorPrefetch />
    </>
  );
}

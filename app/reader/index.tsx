'use client';
import { useEffect, useState } from 'react';
import { toast } from '@/app/_ui/toast';
import { useTranslations } from '@/lib/i18n/client';
import { EditorPrefetch } from './editor/lazy-editor';
import { LazyImagePanel } from './image/lazy-image-panel';
import { DensityStrip } from './margin/density-strip';
import { HighlightEffects } from './margin/highlight-effects';
import { Margin } from './margin/margin';
import { ParagraphCounts } from './margin/paragraph-counts';
import { HoverCount } from './select/hover-count';
import { MoveBar } from './select/move-bar';
import { Selection } from './select/selection';
import { listenToShortcuts } from './select/shortcuts';
import { listenToPointer } from './select/text-pointer';
import { startReader } from './state/start-reader';
import { createReaderStore, ReaderContext, type ReaderPage } from './state/store';
import './text/highlights.css';

/** The client of a reading page: over a text that is the same for everybody, what one group wrote on it. */
export function Reader(page: ReaderPage) {
  const t = useTranslations('annotation');
  const [store] = useState(() => createReaderStore(page));

  useEffect(() => {
    const stops = [
      startReader(store, () => toast(t('annotationNotFound'))),
      listenToPointer(store),
      listenToShortcuts(store, (forward) => toast(t(forward ? 'noNext' : 'noPrevious'))),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }, [store, t]);

  return (
    <ReaderContext value={store}>
      <Margin />
      <LazyImagePanel />
      <HighlightEffects />
      <ParagraphCounts />
      <DensityStrip />
      <HoverCount />
      <MoveBar />
      <Selection />
      <EditorPrefetch />
    </ReaderContext>
  );
}

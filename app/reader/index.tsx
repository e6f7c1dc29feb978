'use client';
import { useEffect, useState } from 'react';
import { LoadFailure, lazyModule, prefetch, useLazyModule } from '@/app/_ui/lazy';
import { toast } from '@/app/_ui/toast';
import { useTranslations } from '@/lib/i18n/client';
import { LazyImagePanel } from './image/lazy-image-panel';
import { Margin } from './margin/margin';
import { LazySelection } from './select/lazy-selection';
import { listenToShortcuts } from './select/shortcuts';
import { mayHaveGroup } from './state/session';
import { startReader } from './state/start-reader';
import { createReaderStore, type ReaderPage } from './state/store';
import { ReaderContext, useReader } from './state/use-reader';
import './text/highlights.css';

const annotationLayer = lazyModule(() => import('./margin/annotation-layer'));

/** The client of a reading page: over a text that is the same for everybody, what one group wrote on it. */
export function Reader(page: ReaderPage) {
  const t = useTranslations('annotation');
  const [store] = useState(() => createReaderStore(page));

  useEffect(() => {
    // At the same time as it is asked who reads.
    if (mayHaveGroup()) prefetch(annotationLayer);
    const stops = [
      startReader(store),
      listenToShortcuts(store, (forward) => toast(t(forward ? 'noNext' : 'noPrevious'))),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }, [store, t]);

  return (
    <ReaderContext value={store}>
      <ReaderParts />
    </ReaderContext>
  );
}

function ReaderParts() {
  const isWanted = useReader(({ group, containers }) => group !== null && containers.size > 0);
  const { module: layer, isFailed, retry } = useLazyModule(annotationLayer, isWanted);
  return (
    <>
      <Margin layer={isWanted ? layer : null} failure={isFailed && <LoadFailure onRetry={retry} />} />
      <LazyImagePanel />
      {isWanted && layer && <layer.AnnotationOverlay />}
      <LazySelection tools={isWanted && layer ? <layer.SelectionTools /> : null} />
    </>
  );
}

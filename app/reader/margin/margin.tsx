'use client';
import type { ReactNode } from 'react';
import { lazy } from '@/app/_ui/lazy';
import { useMediaQuery } from '@/app/_ui/use-media-query';
import { useTranslations } from '@/lib/i18n/client';
import { isFiltering } from '../data/thread-filter';
import { useReader } from '../state/use-reader';
import { useViewMode } from '../state/view-mode';
import type * as AnnotationLayer from './annotation-layer';
import styles from './margin.module.css';
import { LoadStatus, MarginContext, MarginHead } from './margin-header';

type Layer = typeof AnnotationLayer;

const BottomSheet = lazy(() => import('./bottom-sheet'));

/**
 * What a group wrote, beside the text; on a narrow screen in a sheet under it. Who has no group is told so below the text
 * of a narrow screen, and needs no sheet.
 */
export function Margin({
  layer,
  failure,
}: {
  /** Null until it is loaded, and for a reader without a group. */
  layer: Layer | null;
  /** Says that it could not be loaded. */
  failure: ReactNode;
}) {
  const t = useTranslations('annotation');
  const { mode } = useViewMode();
  const isWide = useMediaQuery(mode === 'both' ? '(min-width: 80rem)' : '(min-width: 68rem)');
  const hasText = useReader(({ containers }) => containers.size > 0);
  const hasGroup = useReader(({ group }) => group !== null);
  return (
    <aside className={styles.margin} aria-label={t('marginLabel')}>
      {!hasText ? null : isWide ? (
        <WideMargin layer={layer} failure={failure} isImageAlone={mode === 'image'} />
      ) : !hasGroup ? (
        <MarginContext />
      ) : (
        <BottomSheet layer={layer} failure={failure} />
      )}
      {layer && <layer.PrintThreads />}
    </aside>
  );
}

/**
 * Beside the text: cards at their passages; what a filter keeps, and what is on an image that is shown without the text,
 * is a list with a scroll of its own.
 */
function WideMargin({
  layer,
  failure,
  isImageAlone,
}: {
  layer: Layer | null;
  failure: ReactNode;
  isImageAlone: boolean;
}) {
  const isList = useReader(({ filter }) => isFiltering(filter)) || isImageAlone;
  return (
    <div className={isList ? styles.panel : styles.column}>
      <MarginHead display={layer && <layer.DisplayMenu />} filter={layer && <layer.FilterBar />}>
        {layer && <layer.LivePill />}
      </MarginHead>
      <div className={styles.content}>
        <MarginContext />
        {layer && <layer.AssignmentBar />}
        {layer && <layer.DraftList />}
        <LoadStatus />
        {failure}
        {layer && <layer.MarginThreads isList={isList} />}
      </div>
    </div>
  );
}

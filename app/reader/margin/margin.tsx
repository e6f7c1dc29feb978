'use client';
import type { ReactNode } from 'react';
import { useMediaQuery } from '@/app/_ui/use-media-query';
import { useTranslations } from '@/lib/i18n/client';
import { useReader } from '../state/use-reader';
import { useViewMode } from '../state/view-mode';
import type * as AnnotationLayer from './annotation-layer';
import { BottomSheet } from './bottom-sheet';
import styles from './margin.module.css';
import { MarginHeader, MarginNavigation } from './margin-header';

/** What a group wrote, beside the text; on a narrow screen in a sheet under it. */
export function Margin({
  layer,
  failure,
}: {
  /** Null until it is loaded, and for a reader without a group. */
  layer: typeof AnnotationLayer | null;
  /** Says that it could not be loaded. */
  failure: ReactNode;
}) {
  const t = useTranslations('annotation');
  const { mode } = useViewMode();
  const isWide = useMediaQuery(mode === 'both' ? '(min-width: 80rem)' : '(min-width: 68rem)');
  const hasText = useReader(({ containers }) => containers.size > 0);
  const header = (
    <>
      <MarginNavigation />
      <MarginHeader drafts={layer && <layer.DraftList />} />
      {failure}
    </>
  );
  return (
    <aside className={styles.margin} aria-label={t('marginLabel')}>
      {!hasText ? null : isWide ? (
        <>
          {header}
          {layer && <layer.MarginThreads isImageAlone={mode === 'image'} />}
        </>
      ) : (
        <BottomSheet>{layer ? <layer.SheetThreads header={header} /> : header}</BottomSheet>
      )}
      {layer && <layer.PrintThreads />}
    </aside>
  );
}

'use client';
import { useMediaQuery } from '@/app/_ui/use-media-query';
import { useTranslations } from '@/lib/i18n/client';
import { useReader } from '../state/store';
import { useViewMode } from '../state/view-mode';
import { BottomSheet } from './bottom-sheet';
import { ImageCard } from './image-card';
import styles from './margin.module.css';
import { MarginCards } from './margin-cards';
import { MarginHeader, MarginNavigation } from './margin-header';
import { PrintThreads } from './print-threads';
import { UnanchoredThreads } from './unanchored-threads';

/** What a group wrote, beside the text; on a narrow screen in a sheet under it. */
export function Margin() {
  const t = useTranslations('annotation');
  const { mode } = useViewMode();
  const isWide = useMediaQuery(mode === 'both' ? '(min-width: 80rem)' : '(min-width: 68rem)');
  const hasText = useReader(({ containers }) => containers.size > 0);
  const header = (
    <>
      <MarginNavigation />
      <MarginHeader />
    </>
  );
  return (
    <aside className={styles.margin} aria-label={t('marginLabel')}>
      {!hasText ? null : isWide ? (
        <>
          {header}
          <ImageCard isAlone={mode === 'image'} />
          <UnanchoredThreads />
          {mode !== 'image' && <MarginCards />}
        </>
      ) : (
        <BottomSheet header={header} />
      )}
      <PrintThreads />
    </aside>
  );
}

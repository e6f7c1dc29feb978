'use client';
import { lazy, Suspense } from 'react';
import { useTranslations } from '@/lib/i18n/client';
import { useShowing } from './view';

const ImagePane = lazy(() => import('./image-pane'));

/** Where page images are shown beside a text; nothing of them is loaded until they are. */
export function ImageSide(page: { edition: string; section: string; firstPage: string | null }) {
  const t = useTranslations('image');
  const { view } = useShowing();
  if (view === 'text') return null;
  return (
    <Suspense fallback={<p>{t('loading')}</p>}>
      <ImagePane {...page} />
    </Suspense>
  );
}

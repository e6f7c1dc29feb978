'use client';
import { lazy } from '@/app/_ui/lazy';
import { useTranslations } from '@/lib/i18n/client';
import type { CanvasList } from '../state/use-canvases';
import { useViewMode } from '../state/view-mode';

const ImagePane = lazy(() => import('./image-panel'));

/** Where page images are shown beside a text; nothing of them is loaded until they are. */
export function LazyImagePanel(page: { images: CanvasList; firstPage: string | null }) {
  const t = useTranslations('image');
  const { view } = useViewMode();
  if (view === 'text') return null;
  return <ImagePane {...page} waiting={<p>{t('loading')}</p>} />;
}

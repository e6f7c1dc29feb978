'use client';
import { late } from '@/app/_ui/lazy';
import { useTranslations } from '@/lib/i18n/client';
import type { Images } from '../state/use-canvases';
import { useShowing } from '../state/view-mode';

const ImagePane = late(() => import('./image-panel'));

/** Where page images are shown beside a text; nothing of them is loaded until they are. */
export function ImageSide(page: { images: Images; firstPage: string | null }) {
  const t = useTranslations('image');
  const { view } = useShowing();
  if (view === 'text') return null;
  return <ImagePane {...page} waiting={<p>{t('loading')}</p>} />;
}

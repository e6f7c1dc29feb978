'use client';
import { useEffect, useState } from 'react';
import { createPortal } from 'react-dom';
import { lazy } from '@/app/_ui/lazy';
import { useTranslations } from '@/lib/i18n/client';
import { usePageImages } from '../state/use-page-images';
import { useReader } from '../state/use-reader';
import { useViewMode } from '../state/view-mode';

const ImagePanel = lazy(() => import('./image-panel'));

/** Page images beside the text of an illustrated edition; nothing of them is loaded until they are shown. */
export function LazyImagePanel() {
  const illustrated = useReader((state) => state.illustrated);
  const [host, setHost] = useState<HTMLElement | null>(null);
  useEffect(() => setHost(document.getElementById('image')), []);
  usePageImages();
  return host && illustrated && createPortal(<ShownPanel {...illustrated} />, host);
}

function ShownPanel({ firstPage }: { firstPage: string | null }) {
  const t = useTranslations('image');
  const { mode } = useViewMode();
  if (mode === 'text') return null;
  return <ImagePanel firstPage={firstPage} waiting={<p>{t('loading')}</p>} />;
}

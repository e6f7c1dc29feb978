'use client';
import type { ComponentProps } from 'react';
import { lazy } from '@/app/_ui/lazy';
import { useTranslations } from '@/lib/i18n/client';

const Loaded = lazy(() => import('./editor'));

/** The editor of one purpose; its code comes after the page, for whoever may write. */
export function LazyEditor(props: ComponentProps<typeof Loaded>) {
  const t = useTranslations('annotation');
  return <Loaded {...props} waiting={<p>{t('loading')}</p>} />;
}

/** Brings the editor before it is asked for: the line may be gone by then. */
export const prefetchEditor = Loaded.fetch;

'use client';
import { type ComponentProps, useEffect } from 'react';
import { lazy } from '@/app/_ui/lazy';
import { useTranslations } from '@/lib/i18n/client';
import { useReader } from '../state/use-reader';

const Loaded = lazy(() => import('./editor'));

/** The editor of one target; its code is loaded after the page, for readers who may write. */
export function LazyEditor(props: ComponentProps<typeof Loaded>) {
  const t = useTranslations('annotation');
  return <Loaded {...props} waiting={<p>{t('loading')}</p>} />;
}

/** Loads the editor for a reader who may write before they open it, because the connection may be gone by then. */
export function EditorPrefetch(): null {
  const canWrite = useReader(({ draftScope }) => draftScope !== null);
  useEffect(() => {
    if (canWrite) Loaded.fetch();
  }, [canWrite]);
  return null;
}

'use client';
import type { ComponentProps } from 'react';
import { late } from '@/app/_ui/lazy';
import { useTranslations } from '@/lib/i18n/client';

const Loaded = late(() => import('./editor'));

/** The editor of one purpose; its code comes after the page, for whoever may write. */
export function NoteEditor(props: ComponentProps<typeof Loaded>) {
  const t = useTranslations('glossing');
  return <Loaded {...props} waiting={<p>{t('loading')}</p>} />;
}

/** Brings the editor before it is asked for: the line may be gone by then. */
export const fetchEditor = Loaded.fetch;

'use client';
import { type ComponentProps, lazy, Suspense } from 'react';
import { useTranslations } from '@/lib/i18n/client';
import type { NoteEditor as Editor } from './note-editor';

const loadEditor = () => import('./note-editor');
const Loaded = lazy(() => loadEditor().then(({ NoteEditor }) => ({ default: NoteEditor })));

/** The editor of one purpose; its code comes after the page, for whoever may write. */
export function NoteEditor(props: ComponentProps<typeof Editor>) {
  const t = useTranslations('glossing');
  return (
    <Suspense fallback={<p>{t('loading')}</p>}>
      <Loaded {...props} />
    </Suspense>
  );
}

/** Brings the editor before it is asked for: the line may be gone by then. */
export function fetchEditor(): void {
  // Where it fails now, it is tried again when somebody writes.
  loadEditor().catch(() => {});
}

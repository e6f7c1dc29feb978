'use client';
import { type ReactNode, useEffect, useState } from 'react';
import { lazy } from '@/app/_ui/lazy';
import { useTranslations } from '@/lib/i18n/client';
import { useReader } from '../state/use-reader';

const SelectionTools = lazy(() => import('./selection-tools'));

/**
 * Tells screen readers what is selected, and shows what can be done with it. The tools of a group's members, `tools`,
 * come with the annotations; for others they are loaded once something is selected.
 */
export function LazySelection({ tools }: { tools: ReactNode }) {
  const t = useTranslations('annotation');
  const hasGroup = useReader(({ group }) => group !== null);
  const selection = useReader((state) => state.selection);
  const isByKeyboard = useReader(({ keyboardSelection }) => keyboardSelection !== null);
  const hasSelected = useHasSelected();
  return (
    <>
      {!isByKeyboard && (
        <p className="visually-hidden" role="status">
          {selection && t('selectedSpoken', { words: selection.exact.slice(0, 200) })}
        </p>
      )}
      {tools ?? (!hasGroup && (hasSelected || isByKeyboard) && <SelectionTools />)}
    </>
  );
}

/** Whether anything was ever selected on this page. */
function useHasSelected(): boolean {
  const [hasSelected, setHasSelected] = useState(false);
  useEffect(() => {
    if (hasSelected) return;
    function onChange(): void {
      if (!document.getSelection()?.isCollapsed) setHasSelected(true);
    }
    document.addEventListener('selectionchange', onChange);
    return () => document.removeEventListener('selectionchange', onChange);
  }, [hasSelected]);
  return hasSelected;
}

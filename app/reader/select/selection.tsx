'use client';
import { useEffect } from 'react';
import { lazy } from '@/app/_ui/lazy';
import { stopKeyboardSelection } from '../state/navigation';
import { useReader, useReaderStore } from '../state/store';
import { SelectionToolbar } from './selection-toolbar';
import { useSelection } from './use-selection';

const KeyboardSelection = lazy(() => import('./keyboard-selection'));

/** Selecting words, with the pointer or by keyboard, and what can be done with them. */
export function Selection() {
  const store = useReaderStore();
  const canWrite = useReader(({ draftScope }) => draftScope !== null);
  const keyboard = useReader(({ keyboardSelection }) => keyboardSelection);
  const containers = useReader((state) => state.containers);
  const [selection, clearSelection] = useSelection(containers);

  // Before it is needed, because the connection may be gone by then.
  useEffect(() => {
    if (canWrite) KeyboardSelection.fetch();
  }, [canWrite]);

  if (keyboard)
    return <KeyboardSelection from={keyboard.from} onLeave={() => stopKeyboardSelection(store)} />;
  return <SelectionToolbar selection={selection} onDismiss={clearSelection} />;
}

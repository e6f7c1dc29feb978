'use client';
import { useCallback, useEffect } from 'react';
import { lazy } from '@/app/_ui/lazy';
import { stopKeyboardSelection } from '../state/keyboard-selection';
import { useReader, useReaderStore } from '../state/use-reader';
import { SelectionToolbar } from './selection-toolbar';
import { listenToSelection } from './text-selection';

const KeyboardSelection = lazy(() => import('./keyboard-selection'));

/** What can be done with words that are selected, with the pointer or by keyboard. */
export default function SelectionTools() {
  const store = useReaderStore();
  const canWrite = useReader(({ draftScope }) => draftScope !== null);
  const keyboard = useReader(({ keyboardSelection }) => keyboardSelection);
  const selection = useReader((state) => state.selection);
  const clear = useCallback(() => store.set({ selection: null }), [store]);

  useEffect(() => listenToSelection(store), [store]);

  // Before it is needed, because the connection may be gone by then.
  useEffect(() => {
    if (canWrite) KeyboardSelection.fetch();
  }, [canWrite]);

  if (keyboard)
    return <KeyboardSelection from={keyboard.from} onLeave={() => stopKeyboardSelection(store)} />;
  return selection && <SelectionToolbar selection={selection} onDismiss={clear} />;
}

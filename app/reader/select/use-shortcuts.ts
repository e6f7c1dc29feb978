'use client';
import { useEffect, useState } from 'react';

const SETTING = 'scholion.shortcuts';

/** Whether the one-letter shortcuts are on: who speaks to the computer must be able to turn them off (WCAG 2.1.4). */
export function useShortcutSetting(): [boolean, (on: boolean) => void] {
  const [on, setOn] = useState(true);
  useEffect(() => {
    try {
      setOn(localStorage.getItem(SETTING) !== 'off');
    } catch {
      // They stay on.
    }
  }, []);
  function change(next: boolean): void {
    setOn(next);
    try {
      localStorage.setItem(SETTING, next ? 'on' : 'off');
    } catch {
      // It holds for this page.
    }
  }
  return [on, change];
}

/**
 * `]` and `[` lead from gloss to gloss, Alt+K to choosing by keyboard, Escape out of a thread. The keys' places
 * count, on any layout.
 */
export function useShortcuts(
  single: boolean,
  onStep: (forward: boolean) => void,
  onKeyboard: () => void,
  onLeave: () => void,
): void {
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent): void {
      const target = event.target as Element;
      if (
        event.defaultPrevented ||
        target.closest('input, textarea, select, dialog:modal, [role="application"]')
      )
        return;
      if (event.key === 'Escape' && target.closest('section[data-thread]') && !target.closest('form')) {
        onLeave();
        return;
      }
      if (event.altKey && !event.ctrlKey && event.code === 'KeyK') {
        event.preventDefault();
        onKeyboard();
        return;
      }
      if (!single || event.ctrlKey || event.metaKey || event.altKey) return;
      const forward = event.key === ']' || event.code === 'BracketRight';
      if (!forward && event.key !== '[' && event.code !== 'BracketLeft') return;
      event.preventDefault();
      onStep(forward);
    }
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [single, onStep, onKeyboard, onLeave]);
}

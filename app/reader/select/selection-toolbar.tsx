'use client';
import { type KeyboardEvent, useCallback, useEffect, useLayoutEffect, useRef } from 'react';
import { useMediaQuery } from '@/app/_ui/use-media-query';
import type { TextSelection } from '../text/selection';
import { rangeOf } from '../text/text-position';
import styles from './overlay.module.css';
import { PassageActions } from './passage-actions';

/** Pixels between the toolbar and the words, and between it and the edges of the window. */
const GAP = 8;

/**
 * The toolbar of a selection: above its words; at the bottom edge on touch screens, where the system's own menu does not
 * cover it. Alt+G moves the focus there, Escape clears the selection.
 */
export function SelectionToolbar({
  selection,
  onDismiss,
}: {
  selection: TextSelection;
  onDismiss: () => void;
}) {
  const box = useRef<HTMLDivElement>(null);
  const focusedBefore = useRef<HTMLElement | null>(null);
  const isCoarse = useMediaQuery('(pointer: coarse)');
  const dismiss = useCallback(() => {
    document.getSelection()?.removeAllRanges();
    onDismiss();
  }, [onDismiss]);

  useLayoutEffect(() => {
    if (box.current) place(box.current, selection, isCoarse);
  }, [selection, isCoarse]);

  useEffect(() => {
    function onKeyDown(event: globalThis.KeyboardEvent): void {
      if (event.altKey && event.code === 'KeyG') {
        event.preventDefault();
        focusedBefore.current = document.activeElement as HTMLElement | null;
        box.current?.querySelector('button')?.focus();
      } else if (event.key === 'Escape' && !event.defaultPrevented) {
        // An open dialog or editor has an Escape of its own.
        if (document.activeElement === document.body) dismiss();
      }
    }
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [dismiss]);

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    focusedBefore.current?.focus();
    dismiss();
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape bubbles here from the toolbar's buttons
    <div ref={box} className={isCoarse ? styles.barAtEdge : styles.bar} onKeyDown={onKeyDown}>
      <PassageActions selection={selection} onDone={dismiss} />
    </div>
  );
}

/** Places the toolbar above the selected words; under them where there is no room above. */
function place(element: HTMLElement, { shownIn, start, end }: TextSelection, isCoarse: boolean): void {
  element.style.top = '';
  element.style.left = '';
  // The popover of a printed note is in the top layer; over it is only what is shown there later.
  const isInPopover = shownIn.closest('[popover]') !== null;
  element.popover = isInPopover ? 'manual' : null;
  if (isInPopover) element.showPopover();
  const rect = rangeOf(shownIn, start, end)?.getBoundingClientRect();
  if (isCoarse || !rect) return;
  const { offsetWidth: width, offsetHeight: height } = element;
  const origin = (element.offsetParent ?? document.documentElement).getBoundingClientRect();
  const above = rect.top - height - GAP;
  const top = above > GAP ? above : Math.min(rect.bottom + GAP, window.innerHeight - height - GAP);
  const left = Math.min(Math.max(GAP, rect.left), document.documentElement.clientWidth - width - GAP);
  element.style.top = `${top - origin.top}px`;
  element.style.left = `${left - origin.left}px`;
}

'use client';
import { type KeyboardEvent, useEffect, useLayoutEffect, useRef } from 'react';
import { useTranslations } from '@/lib/i18n/client';
import { useMediaQuery } from '../../_ui/use-media-query';
import { rangeOf } from '../text/text-position';
import styles from './overlay.module.css';
import { PassageActions } from './passage-actions';
import type { TextSelection } from './use-selection';

/**
 * The toolbar of a selection: above its words; at the bottom edge for a finger, where the system's own menu does
 * not cover it. Alt+G takes the focus there, Escape lets go.
 */
export function SelectionToolbar({
  selection,
  onDismiss,
}: {
  selection: TextSelection | null;
  onDismiss: () => void;
}) {
  const t = useTranslations('annotation');
  const box = useRef<HTMLDivElement>(null);
  const before = useRef<HTMLElement | null>(null);
  const coarse = useMediaQuery('(pointer: coarse)');

  useLayoutEffect(() => {
    const element = box.current;
    if (!element || !selection) return;
    element.style.top = '';
    element.style.left = '';
    // An annotation's popover lies over everything; over it lies only what is shown as one later.
    const over = selection.shownIn.closest('[popover]') !== null;
    element.popover = over ? 'manual' : null;
    if (over) element.showPopover();
    const rect = rangeOf(selection.shownIn, selection.start, selection.end)?.getBoundingClientRect();
    if (coarse || !rect) return;
    const { offsetWidth: width, offsetHeight: height } = element;
    // Beside the words; beneath them where there is no room above.
    const origin = (element.offsetParent ?? document.documentElement).getBoundingClientRect();
    const above = rect.top - height - 8;
    const top = above > 8 ? above : Math.min(rect.bottom + 8, window.innerHeight - height - 8);
    const left = Math.min(Math.max(8, rect.left), document.documentElement.clientWidth - width - 8);
    element.style.top = `${top - origin.top}px`;
    element.style.left = `${left - origin.left}px`;
  }, [selection, coarse]);

  useEffect(() => {
    if (!selection) return;
    function onKeyDown(event: globalThis.KeyboardEvent): void {
      if (event.altKey && event.code === 'KeyG') {
        event.preventDefault();
        before.current = document.activeElement as HTMLElement | null;
        box.current?.querySelector('button')?.focus();
      } else if (event.key === 'Escape' && !event.defaultPrevented) {
        // Only a selection is let go of; an open dialog or editor has its own Escape.
        if (document.activeElement === document.body) dismiss();
      }
    }
    function dismiss(): void {
      document.getSelection()?.removeAllRanges();
      onDismiss();
    }
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [selection, onDismiss]);

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    before.current?.focus();
    document.getSelection()?.removeAllRanges();
    onDismiss();
  }

  return (
    <>
      <p className="visually-hidden" role="status">
        {selection && t('selectedSpoken', { words: selection.exact.slice(0, 200) })}
      </p>
      {selection && (
        // biome-ignore lint/a11y/noStaticElementInteractions: Escape bubbles here from the toolbar's buttons
        <div ref={box} className={coarse ? styles.barAtEdge : styles.bar} onKeyDown={onKeyDown}>
          <PassageActions
            selection={selection}
            onDone={() => {
              document.getSelection()?.removeAllRanges();
              onDismiss();
            }}
          />
        </div>
      )}
    </>
  );
}

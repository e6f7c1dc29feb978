'use client';
import { useEffect, useRef } from 'react';
import type { ReaderState } from './store';

/** The open thread stands in the address, so that a reload or a copied address opens it again. */
export function useUrlSync({ active, notes }: ReaderState): void {
  const before = useRef<string | null>(null);
  useEffect(() => {
    // Until one was open the address is what the reader came with.
    if (before.current === active) return;
    before.current = active;
    const url = new URL(window.location.href);
    const named = url.searchParams.get('annotation');
    // An address of a reply leads to it within its thread.
    if (active && named && (named === active || notes.get(named)?.root === active)) return;
    if (active) url.searchParams.set('annotation', active);
    else url.searchParams.delete('annotation');
    window.history.replaceState(null, '', url);
  }, [active, notes]);
}

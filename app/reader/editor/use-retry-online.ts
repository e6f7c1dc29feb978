'use client';
import { useEffect, useRef } from 'react';
import { useOnline } from '../state/use-online';

/**
 * Runs `retry` once the browser has a line again, where `isFailed` for want of an answer. Gives whether it waits for that.
 */
export function useRetryOnline(isFailed: boolean, retry: () => void): boolean {
  const isOnline = useOnline();
  const latest = useRef(retry);
  useEffect(() => {
    latest.current = retry;
  });
  useEffect(() => {
    if (!isFailed) return;
    const onOnline = () => latest.current();
    window.addEventListener('online', onOnline);
    return () => window.removeEventListener('online', onOnline);
  }, [isFailed]);
  return isFailed && !isOnline;
}

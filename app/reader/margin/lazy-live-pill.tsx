'use client';
import { useEffect, useState } from 'react';
import { lazy } from '@/app/_ui/lazy';

/** Milliseconds in which the page comes to rest. What is written meanwhile is told all the same. */
const REST = 4_000;

const Pill = lazy(() => import('./live-pill'));

/** What others have written meanwhile; loaded when the page has come to rest. */
export function LivePill() {
  const [isWanted, setWanted] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setWanted(true), REST);
    return () => clearTimeout(timer);
  }, []);
  return isWanted ? <Pill /> : null;
}

'use client';
import { lazy } from '@/app/_ui/lazy';

/** The threads under one click; mostly there is one alone, and no choice to load. */
export const LazyOverlapPicker = lazy(() => import('./overlap-picker'));

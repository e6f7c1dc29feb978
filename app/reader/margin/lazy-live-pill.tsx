'use client';
import { lazy } from '@/app/_ui/lazy';

/** What others have written meanwhile; loaded after the notes. */
export const LivePill = lazy(() => import('./live-pill'));

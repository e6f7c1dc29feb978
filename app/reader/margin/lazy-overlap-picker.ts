'use client';
import { late } from '@/app/_ui/lazy';

/** The threads under one click; mostly there is one alone, and no choice to load. */
export const Offered = late(() => import('./overlap-picker'));

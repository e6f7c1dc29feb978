'use client';
import { lazy } from '@/app/_ui/lazy';
import { useReader } from '../state/use-reader';

const Bar = lazy(() => import('./assignment-bar'));

/** The bar of the assignment in which one writes, loaded where the section has one. */
export function AssignmentBar() {
  const hasAny = useReader(({ assignments }) => assignments.length > 0);
  return hasAny ? <Bar /> : null;
}

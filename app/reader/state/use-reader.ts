'use client';
import { createContext, useContext } from 'react';
import { useStore } from 'zustand/react';
import type { ReaderStore, ReaderStoreState } from './store';

export const ReaderContext = createContext<ReaderStore | null>(null);

/** The store itself, for handlers and effects. Reading it renders nothing again. */
export function useReaderStore(): ReaderStore {
  const store = useContext(ReaderContext);
  if (!store) throw new Error('This belongs inside <Reader>.');
  return store;
}

/** A part of the state; the component renders again only when that part changes. */
export function useReader<T>(select: (state: ReaderStoreState) => T): T {
  return useStore(useReaderStore(), select);
}

'use client';
import { createContext, type Dispatch, useContext } from 'react';
import type { CanvasList } from '@/app/reader/state/use-canvases';
import type { Locale } from '@/lib/i18n/locales';
import type { CurrentUser, ReaderGroup } from '../data/api';
import type { DraftScope } from '../data/editor-draft';
import type { ReaderAction, ReaderState } from './store';
import type { RequestThreads } from './use-thread-loader';
import type { Threads } from './use-threads';

/** What every part of the glossing layer shares; the threads are those that the filter keeps. */
export interface ReaderContextValue extends Threads {
  edition: string;
  section: string;
  revision: number;
  locale: Locale;
  state: ReaderState;
  dispatch: Dispatch<ReaderAction>;
  me: CurrentUser | null;
  group: ReaderGroup | null;
  /** Where drafts are kept; null for somebody who may not write here. */
  desk: DraftScope | null;
  /** The assignment that new glosses are handed in for. */
  assignment: string | null;
  /** The text roots on this page by section. */
  roots: ReadonlyMap<string, HTMLElement>;
  /** The page images; null where the edition has none. */
  images: CanvasList | null;
  /** Ask for what threads say; it comes into `state.texts`. */
  ask: RequestThreads;
  /** Whether all texts are being read, for the words that the reader looks for. */
  reading: boolean;
  /** Say something in the live region, and show it for a while. */
  say: (text: string, undo?: () => void) => void;
  /** Open a thread from `opener`, which gets the focus back when it is closed. */
  openThread: (root: string, opener?: HTMLElement | null, seek?: string) => void;
  closeThread: () => void;
}

export const ReaderContext = createContext<ReaderContextValue | null>(null);

/** The glossing layer around a component. */
export function useReader(): ReaderContextValue {
  const glossing = useContext(ReaderContext);
  if (!glossing) throw new Error('This belongs inside <Glossing>.');
  return glossing;
}

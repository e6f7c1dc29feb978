'use client';
import { useSyncExternalStore } from 'react';

/** What is shown of a section: its text, the images of its pages, or both side by side. */
export const VIEW_MODES = ['text', 'both', 'image'] as const;
export type ViewMode = (typeof VIEW_MODES)[number];

/** What is shown, and the canvas that the reader chose; null until they choose one. */
export interface ViewState {
  mode: ViewMode;
  canvas: string | null;
  /** The printed page that is read, where it has no image; shown in place of the canvas until one is asked for. */
  bare: string | null;
}

/** The width from which there is room for both; below it they are two tabs. */
const WIDE = '(min-width: 60rem)';

const ON_SERVER: ViewState = { mode: 'text', canvas: null, bare: null };
const listeners = new Set<() => void>();
// Of the module, not of the reader's store: the switch is an island of its own above the text.
let current: ViewState | null = null;

/** What the page shows now; the text alone on the server. */
export function useViewMode(): ViewState {
  return useSyncExternalStore(listen, read, () => ON_SERVER);
}

/** Shows something else from now on; `public/theme.js` keeps the choice for every page. */
export function setViewMode(mode: ViewMode): void {
  show({ ...read(), mode });
}

/** Shows a canvas: beside the text where there is room and the text was shown alone. */
export function showCanvas(canvas: string): void {
  const { mode } = read();
  const opened = matchMedia(WIDE).matches ? 'both' : 'image';
  show({ canvas, bare: null, mode: mode === 'text' ? opened : mode });
}

/** Says that the printed page that is read has no image; null where nobody knows which page that is. */
export function showPageWithoutImage(page: string | null): void {
  show({ ...read(), bare: page });
}

function read(): ViewState {
  current ??= initialView();
  return current;
}

/** The canvas of `?canvas=`, and the mode that was chosen last. */
function initialView(): ViewState {
  const canvas = new URLSearchParams(window.location.search).get('canvas');
  const { view } = document.documentElement.dataset;
  return { mode: VIEW_MODES.find((mode) => mode === view) ?? 'text', canvas, bare: null };
}

function show(next: ViewState): void {
  current = next;
  document.documentElement.dataset.view = next.mode;
  for (const listener of listeners) listener();
}

function listen(listener: () => void): () => void {
  const wide = matchMedia(WIDE);
  // A window that is made narrow has no room for both.
  const onChange = () => {
    if (!wide.matches && read().mode === 'both') show({ ...read(), mode: 'text' });
  };
  wide.addEventListener('change', onChange);
  listeners.add(listener);
  return () => {
    wide.removeEventListener('change', onChange);
    listeners.delete(listener);
  };
}

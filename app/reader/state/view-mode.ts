'use client';
import { useSyncExternalStore } from 'react';

/** What is shown of a section: its text, the images of its pages, or both beside each other. */
export const VIEW_MODES = ['text', 'both', 'image'] as const;
export type ViewMode = (typeof VIEW_MODES)[number];

/** What is shown, and the canvas that the reader asked for; null until they ask for one. */
export interface ViewState {
  view: ViewMode;
  canvas: string | null;
}

/** From here on there is room for both; below they are two tabs. */
const ROOM = '(min-width: 60rem)';

const ON_SERVER: ViewState = { view: 'text', canvas: null };
const listeners = new Set<() => void>();
// The switch and the pane are islands of their own, with this page between them.
let showing: ViewState | null = null;

/** What the page shows now; text alone on the server. */
export function useViewMode(): ViewState {
  return useSyncExternalStore(listen, read, () => ON_SERVER);
}

/** Show something else from now on; `public/reading.js` keeps it for every page. */
export function setViewMode(view: ViewMode): void {
  show({ ...read(), view });
}

/** Show a canvas, beside the text where there is room and it was shown alone. */
export function showCanvas(canvas: string): void {
  const { view } = read();
  const opened = matchMedia(ROOM).matches ? 'both' : 'image';
  show({ canvas, view: view === 'text' ? opened : view });
}

function read(): ViewState {
  showing ??= arrive();
  return showing;
}

/** What the reader came with: `?canvas=` of the address, else what they chose last. */
function arrive(): ViewState {
  const canvas = new URLSearchParams(window.location.search).get('canvas');
  const { view } = document.documentElement.dataset;
  return { view: VIEW_MODES.find((each) => each === view) ?? 'text', canvas };
}

function show(next: ViewState): void {
  showing = next;
  document.documentElement.dataset.view = next.view;
  for (const changed of listeners) changed();
}

function listen(changed: () => void): () => void {
  const room = matchMedia(ROOM);
  // A window that is drawn narrow has no room for both.
  const onRoom = () => {
    if (!room.matches && read().view === 'both') show({ ...read(), view: 'text' });
  };
  room.addEventListener('change', onRoom);
  listeners.add(changed);
  return () => {
    room.removeEventListener('change', onRoom);
    listeners.delete(changed);
  };
}

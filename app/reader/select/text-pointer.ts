import { pickThreads } from '../state/navigation';
import { type ReaderStore, watch } from '../state/store';
import type { PlacedThread } from '../state/thread-locations';
import { hitTest } from '../text/hit-test';
import { spansAt } from '../text/intervals';

/** Opens the threads under a click, and counts those under the pointer. Returns what stops it. */
export function listenToPointer(store: ReaderStore): () => void {
  return watch(
    store,
    ({ containers }) => containers,
    (containers) => {
      const stop = new AbortController();
      const { signal } = stop;
      let frame = 0;

      function onMove(event: PointerEvent): void {
        if (event.pointerType !== 'mouse' || event.buttons !== 0) return;
        const { clientX: x, clientY: y, currentTarget } = event;
        const container = currentTarget as HTMLElement;
        cancelAnimationFrame(frame);
        frame = requestAnimationFrame(() => {
          const count = threadsAt(store, x, y).length;
          container.style.cursor = count > 0 ? 'pointer' : '';
          setHover(store, count > 0 ? { count, x, y } : null);
        });
      }
      function onLeave(): void {
        cancelAnimationFrame(frame);
        setHover(store, null);
      }

      for (const container of containers.values()) {
        container.addEventListener('click', (event) => onClick(store, event), { signal });
        container.addEventListener('pointermove', onMove, { signal });
        container.addEventListener('pointerleave', onLeave, { signal });
      }
      return () => {
        cancelAnimationFrame(frame);
        stop.abort();
      };
    },
  );
}

function onClick(store: ReaderStore, event: MouseEvent): void {
  const target = event.target as Element;
  // Links and buttons in the text have a click of their own, and a selection is no click.
  if (event.button !== 0 || target.closest('a, button, summary, input')) return;
  if (!document.getSelection()?.isCollapsed) return;
  const roots = new Set(threadsAt(store, event.clientX, event.clientY).map(({ root }) => root.id));
  if (roots.size === 0) return;
  // Words with other readings show them where nobody wrote on them.
  event.preventDefault();
  pickThreads(store, [...roots], null);
}

/** The passages of threads at a point of the window, the shortest first. */
function threadsAt(store: ReaderStore, x: number, y: number): PlacedThread[] {
  const hit = hitTest(x, y);
  const { passagesBySection } = store.getState().threads;
  const here = hit && passagesBySection.get(hit.container.dataset.section ?? '');
  return here ? spansAt(here, hit.offset) : [];
}

function setHover(store: ReaderStore, hover: { count: number; x: number; y: number } | null): void {
  if (hover !== store.getState().hover) store.set({ hover });
}

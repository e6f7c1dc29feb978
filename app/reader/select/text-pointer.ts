import { isDrawn, listedRoots } from '../state/drawn-passages';
import { openThread, pickThreads, showParagraph } from '../state/navigation';
import { type ReaderStore, watch } from '../state/store';
import type { PlacedThread } from '../state/thread-locations';
import { hitTest } from '../text/hit-test';
import { spansAt } from '../text/intervals';
import { linkedNotes } from '../text/note-links';

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
  const link = linkedNotes(target);
  if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    event.preventDefault();
    const opener = target.closest('a');
    if (link.root) openThread(store, link.root, opener, link.root);
    else if (link.paragraph && opener) showParagraph(store, link.paragraph, opener);
    return;
  }
  // Links and buttons in the text have a click of their own, and a selection is no click.
  if (event.button !== 0 || target.closest('a, button, summary, input')) return;
  if (!document.getSelection()?.isCollapsed) return;
  const roots = new Set(threadsAt(store, event.clientX, event.clientY).map(({ root }) => root.id));
  if (roots.size === 0) return;
  // Words with other readings show them where nobody wrote on them.
  event.preventDefault();
  pickThreads(store, [...roots], null);
}

/** The passages of threads at a point of the window, the shortest first; only those that can be seen to be there. */
function threadsAt(store: ReaderStore, x: number, y: number): PlacedThread[] {
  const hit = hitTest(x, y);
  const { threads, highlights, plan, unfolded, active } = store.getState();
  const here = hit && threads.passagesBySection.get(hit.container.dataset.section ?? '');
  if (!here) return [];
  const listed = listedRoots(plan, unfolded);
  return spansAt(here, hit.offset).filter(
    (place) => place.root.id === active || isDrawn(place, highlights, plan, listed),
  );
}

function setHover(store: ReaderStore, hover: { count: number; x: number; y: number } | null): void {
  if (hover !== store.getState().hover) store.set({ hover });
}

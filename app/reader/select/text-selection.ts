import { type ReaderStore, watch } from '../state/store';
import { readSelection, type TextSelection } from '../text/selection';
import type { TextContainers } from '../text/text-containers';

/** Milliseconds that a selection must rest before it counts. */
const REST = 180;

/** Keeps the selected passage in the state. Returns what stops it. */
export function listenToSelection(store: ReaderStore): () => void {
  return watch(
    store,
    ({ containers }) => containers,
    (containers) => follow(store, containers),
  );
}

function follow(store: ReaderStore, containers: TextContainers): () => void {
  const stop = new AbortController();
  const { signal } = stop;
  let timer = 0;
  // This may be loaded while the button is down.
  let isPressed = document.querySelector(':active') !== null;

  function update(): void {
    // While the button is down, the selection still changes.
    if (isPressed) return;
    const before = store.getState().selection;
    const selection = readSelection(containers);
    if (!isSame(before, selection)) store.set({ selection });
  }
  function onChange(): void {
    window.clearTimeout(timer);
    timer = window.setTimeout(update, REST);
  }
  function onDown(event: PointerEvent): void {
    isPressed = event.pointerType === 'mouse';
  }
  function onUp(): void {
    isPressed = false;
    onChange();
  }

  // What was selected while this was being loaded counts too.
  onChange();
  document.addEventListener('selectionchange', onChange, { signal });
  document.addEventListener('pointerdown', onDown, { signal });
  document.addEventListener('pointerup', onUp, { signal });
  document.addEventListener('pointercancel', onUp, { signal });
  return () => {
    window.clearTimeout(timer);
    stop.abort();
  };
}

function isSame(before: TextSelection | null, now: TextSelection | null): boolean {
  if (!before || !now) return before === now;
  return before.shownIn === now.shownIn && before.start === now.start && before.end === now.end;
}

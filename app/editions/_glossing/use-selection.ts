'use client';
import { useEffect, useState } from 'react';
import { rootOf } from './hit-test';
import { positionOf, type Span, sliceOf } from './position';

/** Words that are chosen in a text, however they were chosen. */
export interface Chosen extends Span {
  root: HTMLElement;
  section: string;
  exact: string;
}

/** How long a selection must rest before it is taken as meant. */
const REST = 180;

/** The passage of the browser's own selection: by mouse, by touch, or by caret browsing. */
export function useSelection(roots: ReadonlyMap<string, HTMLElement>): [Chosen | null, () => void] {
  const [chosen, setChosen] = useState<Chosen | null>(null);

  useEffect(() => {
    let timer = 0;
    let pressed = false;

    function settle(): void {
      // While the button is down the words are still being chosen.
      if (!pressed) setChosen((before) => same(before, readSelection(roots)));
    }
    function onChange(): void {
      window.clearTimeout(timer);
      timer = window.setTimeout(settle, REST);
    }
    function onDown(event: PointerEvent): void {
      pressed = event.pointerType === 'mouse';
    }
    function onUp(): void {
      pressed = false;
      onChange();
    }

    document.addEventListener('selectionchange', onChange);
    document.addEventListener('pointerdown', onDown);
    document.addEventListener('pointerup', onUp);
    document.addEventListener('pointercancel', onUp);
    return () => {
      window.clearTimeout(timer);
      document.removeEventListener('selectionchange', onChange);
      document.removeEventListener('pointerdown', onDown);
      document.removeEventListener('pointerup', onUp);
      document.removeEventListener('pointercancel', onUp);
    };
  }, [roots]);

  return [chosen, () => setChosen(null)];
}

function readSelection(roots: ReadonlyMap<string, HTMLElement>): Chosen | null {
  const selection = document.getSelection();
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) return null;
  const range = selection.getRangeAt(0);
  const known = [...roots.values()];
  // A selection may begin or end beside the text; it counts for the text that it begins in, else ends in.
  const root = [rootOf(range.startContainer), rootOf(range.endContainer)].find(
    (root) => root && known.includes(root),
  );
  const span = root && positionOf(root, range);
  if (!root || !span) return null;
  return { root, section: root.dataset.section ?? '', ...span, exact: sliceOf(root, span.start, span.end) };
}

/** The selection before where it is the same, so that nothing is drawn anew. */
function same(before: Chosen | null, now: Chosen | null): Chosen | null {
  const equal =
    before && now && before.root === now.root && before.start === now.start && before.end === now.end;
  return equal ? before : now;
}

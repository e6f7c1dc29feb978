'use client';
import { useEffect, useState } from 'react';
import { rootOf } from '../text/hit-test';
import { sliceOf, spanOf, type TextSpan } from '../text/text-position';

/** Words that are chosen in a text, however they were chosen. */
export interface TextSelection extends TextSpan {
  root: HTMLElement;
  /** Where they were chosen: the root itself, or a mirror of its text. */
  seen: HTMLElement;
  section: string;
  exact: string;
}

/** How long a selection must rest before it is taken as meant. */
const REST = 180;

/** The passage of the browser's own selection: by mouse, by touch, or by caret browsing. */
export function useSelection(roots: ReadonlyMap<string, HTMLElement>): [TextSelection | null, () => void] {
  const [chosen, setChosen] = useState<TextSelection | null>(null);

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

function readSelection(roots: ReadonlyMap<string, HTMLElement>): TextSelection | null {
  const selection = document.getSelection();
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) return null;
  const range = selection.getRangeAt(0);
  // A selection may begin or end beside the text; it counts for the text that it begins in, else ends in.
  // From a mirror it can only be led astray: the rest of the page stands before it in the document.
  const { anchorNode } = selection;
  const mirrored = anchorNode !== null && shownAt(anchorNode)?.dataset.mirror !== undefined;
  for (const node of mirrored ? [anchorNode] : [range.startContainer, range.endContainer]) {
    const seen = shownAt(node);
    const section = seen?.dataset.section ?? seen?.dataset.mirror ?? '';
    const root = roots.get(section);
    const span = seen && root && spanOf(seen, range);
    if (span) return { root, seen, section, ...span, exact: sliceOf(root, span.start, span.end) };
  }
  return null;
}

/** The root or the mirror that a node is in. */
function shownAt(node: Node): HTMLElement | null {
  const element = node instanceof Element ? node : node.parentElement;
  return rootOf(node) ?? element?.closest<HTMLElement>('[data-mirror]') ?? null;
}

/** The selection before where it is the same, so that nothing is drawn anew. */
function same(before: TextSelection | null, now: TextSelection | null): TextSelection | null {
  const equal =
    before && now && before.seen === now.seen && before.start === now.start && before.end === now.end;
  return equal ? before : now;
}

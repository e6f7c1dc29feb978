'use client';
import { useEffect, useState } from 'react';
import { containerOf } from '../text/hit-test';
import type { TextContainers } from '../text/text-containers';
import { sliceOf, spanOf, type TextSpan } from '../text/text-position';

/** Selected words of a text. */
export interface TextSelection extends TextSpan {
  container: HTMLElement;
  /** Where they are selected: in the container, or in a mirror of its text. */
  shownIn: HTMLElement;
  section: string;
  exact: string;
}

/** Milliseconds that a selection must rest before it counts. */
const REST = 180;

/** The passage of the browser's own selection, made by mouse, touch or caret browsing; and what forgets it. */
export function useSelection(containers: TextContainers): [TextSelection | null, () => void] {
  const [selection, setSelection] = useState<TextSelection | null>(null);

  useEffect(() => {
    const stop = new AbortController();
    const { signal } = stop;
    let timer = 0;
    let isPressed = false;

    function update(): void {
      // While the button is down, the selection still changes.
      if (!isPressed) setSelection((before) => keepSame(before, readSelection(containers)));
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

    document.addEventListener('selectionchange', onChange, { signal });
    document.addEventListener('pointerdown', onDown, { signal });
    document.addEventListener('pointerup', onUp, { signal });
    document.addEventListener('pointercancel', onUp, { signal });
    return () => {
      window.clearTimeout(timer);
      stop.abort();
    };
  }, [containers]);

  return [selection, () => setSelection(null)];
}

function readSelection(containers: TextContainers): TextSelection | null {
  const selection = document.getSelection();
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) return null;
  const range = selection.getRangeAt(0);
  // A selection may begin or end beside the text: it counts for the text that it begins in, else for the one it ends in.
  // One that begins in a mirror has only that, because the rest of the page comes before it in the document.
  const { anchorNode } = selection;
  const isInMirror = anchorNode !== null && textAround(anchorNode)?.dataset.mirror !== undefined;
  for (const node of isInMirror ? [anchorNode] : [range.startContainer, range.endContainer]) {
    const shownIn = textAround(node);
    const section = shownIn?.dataset.section ?? shownIn?.dataset.mirror ?? '';
    const container = containers.get(section);
    const span = shownIn && container && spanOf(shownIn, range);
    if (span)
      return { container, shownIn, section, ...span, exact: sliceOf(container, span.start, span.end) };
  }
  return null;
}

/** The text container or the mirror that a node is in. */
function textAround(node: Node): HTMLElement | null {
  const element = node instanceof Element ? node : node.parentElement;
  return containerOf(node) ?? element?.closest<HTMLElement>('[data-mirror]') ?? null;
}

/** The earlier selection where it is the same, so that nothing is rendered again. */
function keepSame(before: TextSelection | null, now: TextSelection | null): TextSelection | null {
  const isSame =
    before && now && before.shownIn === now.shownIn && before.start === now.start && before.end === now.end;
  return isSame ? before : now;
}

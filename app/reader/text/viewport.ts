/** The part of the document around what is seen, and the layout of the texts, read once for all that need them. */
import { measureBlocks, offsetNear } from './layout';
import type { TextContainers } from './text-containers';
import { EMPTY_VIEWPORT, type PageLayout, type ViewportRange } from './viewport-range';

/** The range around what is seen now. It moves in steps of half a screen, so that scrolling seldom changes it. */
function currentRange(): { top: number; bottom: number } {
  const half = Math.max(200, window.innerHeight / 2);
  const at = Math.floor(window.scrollY / half) * half;
  return { top: at - half, bottom: at + 4 * half };
}

/**
 * Calls `onChange` with the viewport now, and again when the reader has scrolled half a screen or the layout has
 * changed. Returns a function that stops it.
 */
export function observeViewport(
  containers: TextContainers,
  onChange: (viewport: ViewportRange) => void,
): () => void {
  let current = EMPTY_VIEWPORT;
  let frame = 0;

  function update(layoutChanged: boolean): void {
    const range = currentRange();
    if (range.top === current.top && !layoutChanged) return;
    current = { ...range, layout: layoutChanged ? readLayout(containers) : current.layout };
    onChange(current);
  }
  function onScroll(): void {
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(() => update(false));
  }
  function onResize(): void {
    update(true);
  }

  // It calls at once, and again whenever a text or anything above it has changed its size.
  const observer = new ResizeObserver(onResize);
  for (const element of [document.documentElement, ...containers.values()]) observer.observe(element);
  window.addEventListener('scroll', onScroll, { passive: true });
  window.addEventListener('resize', onResize);
  return () => {
    cancelAnimationFrame(frame);
    observer.disconnect();
    window.removeEventListener('scroll', onScroll);
    window.removeEventListener('resize', onResize);
  };
}

function readLayout(containers: TextContainers): PageLayout {
  const { clientWidth: width, clientHeight: height, scrollHeight: extent } = document.documentElement;
  const sections = new Map(
    [...containers].map(([section, container]) => [section, measureBlocks(container)]),
  );
  return { sections, width, height, extent };
}

/** The middle of what is seen, as `section:offset` in code points. */
export function middleOfView(containers: TextContainers): string {
  const { top, bottom } = currentRange();
  const middle = (top + bottom) / 2;
  let near = '';
  for (const [section, container] of containers) {
    const blocks = measureBlocks(container);
    if (near === '' || blocks.tops[0]! <= middle) near = `${section}:${offsetNear(blocks, middle)}`;
  }
  return near;
}

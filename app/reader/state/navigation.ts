/** Opening threads, and going from one to the next. */
import { estimateTops, measureBlocks, scrollToPassage } from '../text/layout';
import type { TextContainers } from '../text/text-containers';
import { blockAt, blocksOf, type TextSpan } from '../text/text-position';
import type { ReaderStore } from './store';
import { groupBySection, type PlacedThread } from './thread-locations';
import { showCanvas } from './view-mode';

/** Pixels below the top of the window at which one reads. */
const READING_LINE = 120;

/**
 * Opens a thread and scrolls to its passage. `opener` gets the focus back when it is closed (undefined: the one before
 * does); `focus` is the annotation to focus.
 */
export function openThread(
  store: ReaderStore,
  root: string,
  opener?: HTMLElement | null,
  focus?: string,
): void {
  if (opener !== undefined) store.opener = opener;
  store.dispatch({ type: 'open', root, focus });
  const { threads, containers } = store.getState();
  const place = threads.placed.find((placed) => placed.root.id === root);
  const container = place && containers.get(place.section);
  if (container && !place.onImage) scrollToPassage(container, place);
}

/** Opens a thread, or lets the reader choose among several. */
export function pickThreads(store: ReaderStore, roots: readonly string[], opener: HTMLElement | null): void {
  const [first] = roots;
  if (roots.length === 1 && first) openThread(store, first, opener, opener ? first : undefined);
  else {
    store.opener = opener;
    store.dispatch({ type: 'chooseAmong', roots });
  }
}

/** Opens the next thread of the page, or the previous one. False where there is none. */
export function stepThread(store: ReaderStore, forward: boolean, opener?: HTMLElement): boolean {
  const { threads, containers, active } = store.getState();
  const next = nextThread(threads.placed, containers, active, forward);
  if (next) openThread(store, next.root.id, opener ?? null, next.root.id);
  return next !== undefined;
}

/** The thread after the `active` one, or before it; else the first one below the top of the view, or above it. */
function nextThread(
  placed: readonly PlacedThread[],
  containers: TextContainers,
  active: string | null,
  forward: boolean,
): PlacedThread | undefined {
  const at = placed.findIndex(({ root }) => root.id === active);
  if (at !== -1) return placed[at + (forward ? 1 : -1)];
  const tops = new Map<PlacedThread, number>();
  const bySection = groupBySection(placed);
  for (const [section, container] of containers) {
    const here = bySection.get(section) ?? [];
    for (const [i, top] of estimateTops(measureBlocks(container), here).entries()) tops.set(here[i]!, top);
  }
  const isBelow = (place: PlacedThread) => (tops.get(place) ?? 0) >= window.scrollY + 40;
  return forward ? placed.find(isBelow) : placed.findLast((place) => !isBelow(place));
}

/** Opens the thread that the address names, with its page image where it is on nothing else. */
export function openLinkedThread(store: ReaderStore, root: string, focus?: string): void {
  const summary = store.getState().summaries.get(root);
  if (summary && summary.canvas !== null && summary.passages.length === 0) showCanvas(summary.canvas);
  openThread(store, root, null, focus);
}

/** Shows the notes of a paragraph: in the margin opened in their place, or in the list of a narrow screen. */
export function showParagraph(store: ReaderStore, paragraph: string, opener: HTMLElement): void {
  store.opener = opener;
  store.set({ sheet: { paragraph } });
  store.dispatch({ type: 'unfold', paragraph });
  requestAnimationFrame(() => {
    const stub = document.querySelector<HTMLElement>(`[data-stub="${CSS.escape(paragraph)}"]`);
    const sheet = document.querySelector<HTMLElement>('dialog[open]');
    (stub ?? sheet?.querySelector<HTMLElement>('[data-thread]') ?? sheet)?.focus({ preventScroll: true });
  });
}

/** The id of the paragraph of a place; without one, of the first paragraph in view that has notes or comes before some. */
export function paragraphInView(
  store: ReaderStore,
  place?: Pick<PlacedThread, 'section'> & TextSpan,
): string | null {
  const { containers, plan } = store.getState();
  const container = place && containers.get(place.section);
  if (container) return blockAt(blocksOf(container), place.start + 1)?.id ?? null;
  const inView = plan.paragraphs.find(
    ({ block }) => block.element.getBoundingClientRect().bottom > READING_LINE,
  );
  return (inView ?? plan.paragraphs.at(-1))?.id ?? null;
}

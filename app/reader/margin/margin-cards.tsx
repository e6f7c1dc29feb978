'use client';
import { type ReactNode, useLayoutEffect, useMemo, useRef } from 'react';
import { LazyEditor } from '../editor/lazy-editor';
import { CARD_HEIGHT, type MarginPlan, STUB_HEIGHT } from '../state/margin-plan';
import type { PlacedThread } from '../state/thread-locations';
import { useReader } from '../state/use-reader';
import { useRequestThreads } from '../state/use-request-threads';
import { estimateTops, topOf } from '../text/layout';
import type { TextContainers } from '../text/text-containers';
import type { ViewportRange } from '../text/viewport-range';
import { ThreadCard } from '../thread/thread-card';
import { layoutCards } from './card-layout';
import { LazyOverlapPicker } from './lazy-overlap-picker';
import styles from './margin.module.css';
import { Stub } from './stub';

/** Pixels between cards. */
const GAP = 4;

interface Item {
  key: string;
  section: string;
  start: number;
  end: number;
  /** The height that is expected of it until it is drawn. */
  height: number;
  content: ReactNode;
}

/** An item with the top that is expected of it in the document, and the end of what stands above it there. */
interface ExpectedItem {
  item: Item;
  top: number;
  floor: number;
}

/**
 * Cards beside their passages, none over another; a paragraph of many is one line. What is open stands exactly beside its
 * words, and the rest gives way. Only what the view needs is rendered, at the place that it has among all.
 */
export function MarginCards() {
  const plan = useReader((state) => state.plan);
  const placed = useReader(({ threads }) => threads.placed);
  const containers = useReader((state) => state.containers);
  const viewport = useReader((state) => state.viewport);
  const active = useReader((state) => state.active);
  const overlapChoices = useReader((state) => state.overlapChoices);
  const editor = useReader((state) => state.editor);
  const unfolded = useReader((state) => state.unfolded);
  const column = useRef<HTMLDivElement>(null);
  // Heights that were measured, by the keys of items: what was seen once is expected as it was.
  const heights = useRef(new Map<string, number>());

  const all = useMemo<Item[]>(() => {
    const isBusy = active !== null || editor !== null || overlapChoices.length > 0;
    const items = itemsOf(plan, active, isBusy ? null : (unfolded?.paragraph ?? null));
    const target = editor?.purpose.what === 'gloss' ? editor.purpose.target : null;
    if (editor && target && target.start !== null && target.end !== null) {
      const { section, start, end } = target;
      const key = `gloss ${start}-${end}`;
      const content = <LazyEditor key={key} purpose={editor.purpose} kind={editor.kind} />;
      insert(items, { key, section, start, end, height: 320, content }, containers);
    }
    const [choice] = overlapChoices;
    const first = choice ? placed.find(({ root }) => root.id === choice) : undefined;
    if (first) {
      const { section, start, end } = first;
      const content = <LazyOverlapPicker />;
      insert(items, { key: 'overlap', section, start, end, height: 320, content }, containers);
    }
    return items;
  }, [plan, placed, active, overlapChoices, editor, unfolded, containers]);
  const pinnedKey = all.find(
    ({ key }) => key === active || key === 'overlap' || key.startsWith('gloss '),
  )?.key;

  const shown = useMemo(
    () => itemsInView(all, viewport, heights.current, pinnedKey),
    [all, viewport, pinnedKey],
  );
  useRequestThreads(useMemo(() => shown.map(({ item }) => item.key).filter(isThread), [shown]));

  useLayoutEffect(() => {
    return column.current
      ? arrange(column.current, shown, pinnedKey, containers, heights.current)
      : undefined;
  }, [shown, pinnedKey, containers]);

  return (
    <div ref={column} className={styles.stack}>
      {shown.map(({ item: { key, content } }) => (
        <div key={key} className={styles.slot} data-pinned={key === pinnedKey}>
          {content}
        </div>
      ))}
    </div>
  );
}

function isThread(key: string): boolean {
  return !/^(overlap$|gloss |stub )/.test(key);
}

/** The cards and folded paragraphs of a page in the order of the text; the thread that is open has its card always. */
function itemsOf(plan: MarginPlan, active: string | null, unfolded: string | null): Item[] {
  const items: Item[] = [];
  function addCard({ root, thread, section, start, end, onImage }: PlacedThread): void {
    // The open thread of an image stands above the cards.
    if (root.id === active && onImage) return;
    const content = <ThreadCard thread={thread} />;
    items.push({ key: root.id, section, start, end, height: CARD_HEIGHT, content });
  }
  for (const paragraph of plan.paragraphs) {
    const { id, section, block, places, isFolded, lead } = paragraph;
    if (!isFolded) {
      for (const place of places) addCard(place);
      continue;
    }
    const { start } = block;
    const content = <Stub paragraph={paragraph} />;
    items.push({ key: `stub ${id}`, section, start, end: start + 1, height: STUB_HEIGHT - GAP, content });
    if (id === unfolded) continue;
    for (const place of places) if (place === lead || place.root.id === active) addCard(place);
  }
  return items;
}

/** The items that are expected within the range around the view, and the pinned one. */
function itemsInView(
  items: readonly Item[],
  { top: above, bottom: below, layout }: ViewportRange,
  heights: ReadonlyMap<string, number>,
  pinned: string | undefined,
): ExpectedItem[] {
  const found: ExpectedItem[] = [];
  let floor = Number.NEGATIVE_INFINITY;
  for (const [section, blocks] of layout.sections) {
    const here = items.filter((item) => item.section === section);
    for (const [i, wanted] of estimateTops(blocks, here).entries()) {
      const item = here[i]!;
      const top = Math.max(wanted, floor);
      const bottom = top + (heights.get(item.key) ?? item.height);
      if ((bottom >= above && top <= below) || item.key === pinned) found.push({ item, top, floor });
      floor = bottom + GAP;
    }
  }
  return found;
}

/** Puts an item among the others in the order of the text. */
function insert(items: Item[], item: Item, containers: TextContainers): void {
  const order = [...containers.keys()];
  const rank = ({ section }: Item) => order.indexOf(section);
  const at = items.findIndex(
    (other) => rank(other) > rank(item) || (rank(other) === rank(item) && other.start >= item.start),
  );
  items.splice(at === -1 ? items.length : at, 0, item);
}

/** Places the cards now, and again when one changes its height. Returns what stops it. */
function arrange(
  column: HTMLElement,
  items: readonly ExpectedItem[],
  pinnedKey: string | undefined,
  containers: TextContainers,
  heights: Map<string, number>,
): () => void {
  const measured = new Map<Element, number>();
  const pinned = items.findIndex(({ item }) => item.key === pinnedKey);
  function place(): void {
    const cards = [...column.children] as HTMLElement[];
    const origin = column.getBoundingClientRect().top + window.scrollY;
    const boxes = cards.map((card, i) => {
      const item = items[i]?.item;
      const container = item && containers.get(item.section);
      const height = card.offsetHeight;
      measured.set(card, height);
      if (item) heights.set(item.key, height);
      return { desiredTop: container ? topOf(container, item) - origin : 0, height };
    });
    // What stands above and is not rendered keeps its room, unless the open one has to push others up.
    const above = pinned === -1 ? (items[0]?.floor ?? 0) - origin : 0;
    const tops = layoutCards(boxes, pinned === -1 ? 0 : pinned, GAP, Math.max(0, above));
    // Through the CSSOM, because the page's Content Security Policy allows no style attributes; and not as a position,
    // because a card that gives way is no shift of the layout.
    for (const [i, card] of cards.entries()) card.style.setProperty('--card-top', `${tops[i]}px`);
    const last = tops.length - 1;
    column.style.minHeight = last < 0 ? '' : `${tops[last]! + boxes[last]!.height}px`;
  }
  place();
  // It also calls at once, for cards whose height is known already.
  const observer = new ResizeObserver((entries) => {
    if (entries.some(({ target }) => (target as HTMLElement).offsetHeight !== measured.get(target))) place();
  });
  for (const card of column.children) observer.observe(card);
  return () => observer.disconnect();
}

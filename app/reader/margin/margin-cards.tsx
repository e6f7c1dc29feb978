'use client';
import { type ReactNode, useLayoutEffect, useMemo, useReducer, useRef } from 'react';
import { LazyEditor } from '../editor/lazy-editor';
import type { MarginPlan } from '../state/margin-plan';
import { CARD_HEIGHT, STUB_HEIGHT } from '../state/plan-margin';
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
/** The height that is expected of an open thread, in pixels. */
const OPEN_HEIGHT = 400;
/** Pixels by which a height may differ from what was expected without any consequence. */
const SURPRISE = 24;

interface Item {
  key: string;
  section: string;
  start: number;
  end: number;
  /** Under what its measured height is known: what is open has another height than what is closed. */
  measure: string;
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
  // How many times a height was another one than expected, so that other cards may be in view.
  const [surprises, countSurprise] = useReducer((times: number) => times + 1, 0);

  const all = useMemo<Item[]>(() => {
    const isBusy = active !== null || editor !== null || overlapChoices.length > 0;
    const items = itemsOf(plan, active, isBusy ? null : unfolded);
    const target = editor?.purpose.what === 'gloss' ? editor.purpose.target : null;
    if (editor && target && target.start !== null && target.end !== null) {
      const { section, start, end } = target;
      const key = `gloss ${start}-${end}`;
      const content = <LazyEditor key={key} purpose={editor.purpose} kind={editor.kind} />;
      insert(items, { key, measure: key, section, start, end, height: 320, content }, containers);
    }
    const [choice] = overlapChoices;
    const first = choice ? placed.find(({ root }) => root.id === choice) : undefined;
    if (first) {
      const { section, start, end } = first;
      const content = <LazyOverlapPicker />;
      const key = 'overlap';
      insert(items, { key, measure: key, section, start, end, height: 320, content }, containers);
    }
    return items;
  }, [plan, placed, active, overlapChoices, editor, unfolded, containers]);
  const pinnedKey = all.find(
    ({ key }) => key === active || key === 'overlap' || key.startsWith('gloss '),
  )?.key;

  // biome-ignore lint/correctness/useExhaustiveDependencies: a surprise is a change of the heights
  const shown = useMemo(
    () => itemsInView(all, viewport, heights.current, pinnedKey),
    [all, viewport, pinnedKey, surprises],
  );
  useRequestThreads(useMemo(() => shown.map(({ item }) => item.key).filter(isThread), [shown]));

  useLayoutEffect(() => {
    return column.current
      ? arrange(column.current, shown, pinnedKey, containers, heights.current, countSurprise)
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
function itemsOf(
  plan: MarginPlan,
  active: string | null,
  unfolded: { paragraph: string; limit: number } | null,
): Item[] {
  const items: Item[] = [];
  function addCard({ root, thread, section, start, end, onImage }: PlacedThread): void {
    // The open thread of an image stands above the cards.
    if (root.id === active && onImage) return;
    const content = <ThreadCard thread={thread} />;
    const isOpen = root.id === active;
    items.push({
      key: root.id,
      measure: isOpen ? `${root.id} open` : root.id,
      section,
      start,
      end,
      height: isOpen ? OPEN_HEIGHT : CARD_HEIGHT - GAP,
      content,
    });
  }
  for (const paragraph of plan.paragraphs) {
    const { id, section, block, places, isFolded, lead } = paragraph;
    if (!isFolded) {
      for (const place of places) addCard(place);
      continue;
    }
    const { start } = block;
    const content = <Stub paragraph={paragraph} />;
    const isOpen = id === unfolded?.paragraph;
    const key = `stub ${id}`;
    items.push({
      key,
      measure: isOpen ? `${key} ${unfolded.limit}` : key,
      section,
      start,
      end: start + 1,
      height: STUB_HEIGHT - GAP + (isOpen ? Math.min(places.length, unfolded.limit) * CARD_HEIGHT : 0),
      content,
    });
    if (isOpen) continue;
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
      const bottom = top + (heights.get(item.measure) ?? item.height);
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
  onSurprise: () => void,
): () => void {
  const measured = new Map<Element, number>();
  const pinned = items.findIndex(({ item }) => item.key === pinnedKey);
  function place(): void {
    const cards = [...column.children] as HTMLElement[];
    const origin = column.getBoundingClientRect().top + window.scrollY;
    let isSurprised = false;
    const boxes = cards.map((card, i) => {
      const item = items[i]?.item;
      const container = item && containers.get(item.section);
      const height = card.offsetHeight;
      measured.set(card, height);
      if (item) {
        const expected = heights.get(item.measure) ?? item.height;
        isSurprised ||= Math.abs(expected - height) > SURPRISE;
        heights.set(item.measure, height);
      }
      return { desiredTop: container ? topOf(container, item) - origin : 0, height };
    });
    // What stands above and is not rendered keeps its room, unless the open one has to push others up.
    const above = pinned === -1 ? (items[0]?.floor ?? 0) - origin : 0;
    const tops = layoutCards(boxes, pinned === -1 ? 0 : pinned, GAP, Math.max(0, above));
    // Through the CSSOM, because the page's Content Security Policy allows no style attributes; and not as a position,
    // because a card that gives way is no shift of the layout. A property of our own would be inherited, so that
    // the style of everything in every card would be computed again at each step of a scroll.
    for (const [i, card] of cards.entries()) card.style.translate = `0 ${tops[i]}px`;
    const last = tops.length - 1;
    column.style.minHeight = last < 0 ? '' : `${tops[last]! + boxes[last]!.height}px`;
    if (isSurprised) onSurprise();
  }
  place();
  // It also calls at once, for cards whose height is known already.
  const observer = new ResizeObserver((entries) => {
    if (entries.some(({ target }) => (target as HTMLElement).offsetHeight !== measured.get(target))) place();
  });
  for (const card of column.children) observer.observe(card);
  return () => observer.disconnect();
}

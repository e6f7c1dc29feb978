'use client';
import { type ReactNode, useLayoutEffect, useMemo, useRef } from 'react';
import { LazyEditor } from '../editor/lazy-editor';
import type { PlacedThread } from '../state/thread-locations';
import { useReader } from '../state/use-reader';
import { useRequestThreads } from '../state/use-request-threads';
import { spansWithin } from '../text/intervals';
import { estimateTops, spanBetween, topOf } from '../text/layout';
import type { TextContainers } from '../text/text-containers';
import type { ViewportRange } from '../text/viewport-range';
import { ThreadCard } from '../thread/thread-card';
import { layoutCards } from './card-layout';
import { LazyOverlapPicker } from './lazy-overlap-picker';
import styles from './margin.module.css';

/** One card is rendered for so many pixels around the view: more than fit; the rest come as the reader scrolls. */
const PIXELS_PER_CARD = 180;

interface Item {
  key: string;
  section: string;
  start: number;
  end: number;
  content: ReactNode;
}

interface Candidate {
  place: PlacedThread;
  top: number;
}

/** Cards beside their passages, none over another; what is open stands exactly beside its words. */
export function MarginCards() {
  const placed = useReader(({ threads }) => threads.placed);
  const placedBySection = useReader(({ threads }) => threads.placedBySection);
  const containers = useReader((state) => state.containers);
  const viewport = useReader((state) => state.viewport);
  const annotations = useReader((state) => state.annotations);
  const active = useReader((state) => state.active);
  const overlapChoices = useReader((state) => state.overlapChoices);
  const editor = useReader((state) => state.editor);
  const column = useRef<HTMLDivElement>(null);

  // A card stands at the first passage of its thread; of thousands only those near the view are looked at.
  const nearby = useMemo(() => findNearby(placedBySection, viewport), [placedBySection, viewport]);
  const wanted = useMemo(() => {
    // The open thread of an image stands above the cards, and those to choose from in a card of their own.
    const single = nearby.filter(({ place: { root, onImage } }) =>
      root.id === active ? !onImage : !overlapChoices.includes(root.id),
    );
    return nearestTo(single, viewport);
  }, [nearby, viewport, active, overlapChoices]);
  useRequestThreads(useMemo(() => wanted.map(({ root }) => root.id), [wanted]));

  const items = useMemo<Item[]>(() => {
    // A card is placed once its text is loaded.
    const shown = new Set(wanted.filter(({ root }) => annotations.has(root.id)));
    const open =
      active === null ? undefined : placed.find(({ root, onImage }) => root.id === active && !onImage);
    if (open) shown.add(open);
    const places = open
      ? placed.filter((place) => shown.has(place))
      : nearby.flatMap(({ place }) => (shown.has(place) ? [place] : []));
    const cards: Item[] = places.map(({ root, thread, section, start, end }) => {
      return { key: root.id, section, start, end, content: <ThreadCard thread={thread} /> };
    });
    const target = editor?.purpose.what === 'gloss' ? editor.purpose.target : null;
    if (editor && target && target.start !== null && target.end !== null) {
      const { section, start, end } = target;
      const key = `gloss ${start}-${end}`;
      const content = <LazyEditor key={key} purpose={editor.purpose} kind={editor.kind} />;
      insert(cards, { key, section, start, end, content }, containers);
    }
    const [choice] = overlapChoices;
    const first = choice ? placed.find(({ root }) => root.id === choice) : undefined;
    if (first) {
      const { section, start, end } = first;
      insert(cards, { key: 'overlap', section, start, end, content: <LazyOverlapPicker /> }, containers);
    }
    return cards;
  }, [placed, nearby, wanted, annotations, active, overlapChoices, editor, containers]);
  const pinned = items.findIndex(
    ({ key }) => key === active || key === 'overlap' || key.startsWith('gloss '),
  );

  useLayoutEffect(() => {
    return column.current ? arrange(column.current, items, pinned, containers) : undefined;
  }, [items, pinned, containers]);

  return (
    <div ref={column} className={styles.stack}>
      {items.map(({ key, content }, i) => (
        <div key={key} className={styles.slot} data-pinned={i === pinned}>
          {content}
        </div>
      ))}
    </div>
  );
}

/** The threads in the range around the view, with estimates of their tops. */
function findNearby(
  placedBySection: ReadonlyMap<string, PlacedThread[]>,
  { top: above, bottom: below, layout }: ViewportRange,
): Candidate[] {
  const found: Candidate[] = [];
  for (const [section, blocks] of layout.sections) {
    const here = spansWithin(placedBySection.get(section) ?? [], spanBetween(blocks, above, below));
    for (const [i, top] of estimateTops(blocks, here).entries()) {
      if (top >= above && top <= below) found.push({ place: here[i]!, top });
    }
  }
  return found;
}

/** As many threads as there is room for, those nearest to the middle of the view. */
function nearestTo(candidates: Candidate[], { top, bottom }: ViewportRange): PlacedThread[] {
  const middle = (top + bottom) / 2;
  const distance = (candidate: Candidate) => Math.abs(candidate.top - middle);
  const most = Math.ceil((bottom - top) / PIXELS_PER_CARD);
  const nearest =
    candidates.length > most
      ? candidates.sort((a, b) => distance(a) - distance(b)).slice(0, most)
      : candidates;
  return nearest.map(({ place }) => place);
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
  items: readonly Item[],
  pinned: number,
  containers: TextContainers,
): () => void {
  const heights = new Map<Element, number>();
  function place(): void {
    const cards = [...column.children] as HTMLElement[];
    const origin = column.getBoundingClientRect().top + window.scrollY;
    const boxes = cards.map((card, i) => {
      const item = items[i];
      const container = item && containers.get(item.section);
      const height = card.offsetHeight;
      heights.set(card, height);
      return { desiredTop: container ? topOf(container, item) - origin : 0, height };
    });
    const tops = layoutCards(boxes, pinned === -1 ? 0 : pinned);
    // Through the CSSOM, because the page's Content Security Policy allows no style attributes.
    for (const [i, card] of cards.entries()) card.style.top = `${tops[i]}px`;
    const last = tops.length - 1;
    column.style.minHeight = last < 0 ? '' : `${tops[last]! + boxes[last]!.height}px`;
  }
  place();
  // It also calls at once, for cards whose height is known already.
  const observer = new ResizeObserver((entries) => {
    if (entries.some(({ target }) => (target as HTMLElement).offsetHeight !== heights.get(target))) place();
  });
  for (const card of column.children) observer.observe(card);
  return () => observer.disconnect();
}

'use client';
import { type ReactNode, useEffect, useLayoutEffect, useMemo, useRef } from 'react';
import { LazyEditor } from '../editor/lazy-editor';
import { useReader } from '../state/context';
import type { PlacedThread } from '../state/store';
import { spansWithin } from '../text/intervals';
import { estimateTops, spanBetween, topOf } from '../text/layout';
import { useViewport } from '../text/viewport-context';
import { ThreadCard } from '../thread/thread-card';
import { layoutCards } from './card-layout';
import { LazyOverlapPicker } from './lazy-overlap-picker';
import styles from './margin.module.css';

/** One card is drawn for so many pixels around the view: more than it holds; the rest come as the reader goes on. */
const ROOM = 180;

interface Item {
  key: string;
  section: string;
  start: number;
  end: number;
  content: ReactNode;
}

/** Cards beside their passages, none over another; what is open stands exactly at its words. */
export function MarginCards() {
  const { state, placed, firsts, roots, ask } = useReader();
  const { active, offered, editor, texts } = state;
  const band = useViewport();
  const column = useRef<HTMLDivElement>(null);

  // Each card stands where its thread does first; of the thousands of a text only those near the view are reckoned.
  const around = useMemo(() => {
    const found: { place: PlacedThread; top: number }[] = [];
    for (const [section, ground] of band.lie.grounds) {
      const here = spansWithin(firsts.get(section) ?? [], spanBetween(ground, band.top, band.bottom));
      for (const [i, top] of estimateTops(ground, here).entries()) {
        if (top >= band.top && top <= band.bottom) found.push({ place: here[i]!, top });
      }
    }
    return found;
  }, [firsts, band]);

  const wanted = useMemo(() => {
    const middle = (band.top + band.bottom) / 2;
    const distance = ({ top }: { top: number }) => Math.abs(top - middle);
    // What is open of an image stands above, always in view.
    const apart = around.filter(({ place: { root, onImage } }) =>
      root.id === active ? !onImage : !offered.includes(root.id),
    );
    const most = Math.ceil((band.bottom - band.top) / ROOM);
    const nearest =
      apart.length > most ? apart.sort((a, b) => distance(a) - distance(b)).slice(0, most) : apart;
    return nearest.map(({ place }) => place);
  }, [around, band, active, offered]);
  useEffect(() => ask(wanted.map(({ root }) => root.id)), [ask, wanted]);

  const items = useMemo<Item[]>(() => {
    // A card is put there once there is something on it.
    const shown = new Set(wanted.filter(({ root }) => texts.has(root.id)));
    const open =
      active === null ? undefined : placed.find(({ root, onImage }) => root.id === active && !onImage);
    if (open) shown.add(open);
    const near = open
      ? placed.filter((place) => shown.has(place))
      : around.flatMap(({ place }) => (shown.has(place) ? [place] : []));
    const cards: Item[] = near.map(({ root, thread, section, start, end }) => {
      return { key: root.id, section, start, end, content: <ThreadCard thread={thread} /> };
    });
    const target = editor?.purpose.what === 'gloss' ? editor.purpose.target : null;
    if (editor && target && target.start !== null && target.end !== null) {
      const key = `gloss ${target.start}-${target.end}`;
      const content = <LazyEditor key={key} purpose={editor.purpose} kind={editor.kind} />;
      insert(cards, { key, section: target.section, start: target.start, end: target.end, content }, roots);
    }
    const first = offered.length === 0 ? undefined : placed.find(({ root }) => root.id === offered[0]);
    if (first) {
      const { section, start, end } = first;
      insert(cards, { key: 'offered', section, start, end, content: <LazyOverlapPicker /> }, roots);
    }
    return cards;
  }, [placed, around, wanted, texts, active, offered, editor, roots]);

  const pinned = items.findIndex(
    ({ key }) => key === active || key === 'offered' || key.startsWith('gloss '),
  );

  useLayoutEffect(() => {
    const element = column.current;
    if (!element) return;
    const heights = new Map<Element, number>();
    function arrange(): void {
      const cards = [...element!.children] as HTMLElement[];
      const origin = element!.getBoundingClientRect().top + window.scrollY;
      const boxes = cards.map((card, i) => {
        const root = roots.get(items[i]?.section ?? '');
        const height = card.offsetHeight;
        heights.set(card, height);
        return { wish: root && items[i] ? topOf(root, items[i]) - origin : 0, height };
      });
      const places = layoutCards(boxes, pinned === -1 ? 0 : pinned);
      // Positions go through the CSSOM: the page's policy allows no style attributes.
      for (const [i, card] of cards.entries()) card.style.top = `${places[i]}px`;
      const last = places.length - 1;
      element!.style.minHeight = last < 0 ? '' : `${places[last]! + boxes[last]!.height}px`;
    }
    arrange();
    // It calls for each card at once, too, whose height is known by then.
    const observer = new ResizeObserver((entries) => {
      if (entries.some(({ target }) => (target as HTMLElement).offsetHeight !== heights.get(target)))
        arrange();
    });
    for (const card of element.children) observer.observe(card);
    return () => observer.disconnect();
  }, [items, pinned, roots]);

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

/** Put an item among the others by where it stands in the text. */
function insert(items: Item[], item: Item, roots: ReadonlyMap<string, HTMLElement>): void {
  const order = [...roots.keys()];
  const rank = (of: Item) => order.indexOf(of.section);
  const at = items.findIndex(
    (other) => rank(other) > rank(item) || (rank(other) === rank(item) && other.start >= item.start),
  );
  items.splice(at === -1 ? items.length : at, 0, item);
}

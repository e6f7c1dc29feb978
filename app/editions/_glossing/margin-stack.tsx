'use client';
import { type ReactNode, useLayoutEffect, useMemo, useRef } from 'react';
import { useGlossing } from './context';
import styles from './margin.module.css';
import { NoteEditor } from './note-editor';
import { Offered } from './offered';
import { estimateTops, topOf } from './place';
import { stackBoxes } from './stack';
import { ThreadCard } from './thread-card';
import { useWindowBand } from './use-window-band';

/** Most cards that are drawn at once, more than a screen holds; the rest come as the reader goes on. */
const MOST = 16;

interface Item {
  key: string;
  section: string;
  start: number;
  end: number;
  content: ReactNode;
}

/** Cards beside their passages, none over another; what is open stands exactly at its words. */
export function MarginStack() {
  const { state, placed, sections, roots } = useGlossing();
  const { active, offered, editor } = state;
  const band = useWindowBand(roots);
  const column = useRef<HTMLDivElement>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new layout of the text moves the estimates
  const tops = useMemo(() => {
    const found = new Map<string, number>();
    for (const [section, root] of roots) {
      const here = sections.get(section) ?? [];
      const estimates = estimateTops(root, here);
      for (const [i, { root }] of here.entries()) {
        if (!found.has(root.id)) found.set(root.id, estimates[i]!);
      }
    }
    return found;
  }, [sections, roots, band.layout]);

  const items = useMemo<Item[]>(() => {
    const middle = (band.top + band.bottom) / 2;
    const distance = (id: string) => Math.abs((tops.get(id) ?? 0) - middle);
    let near = placed.filter(({ root }) => {
      const top = tops.get(root.id) ?? 0;
      return root.id === active || (top >= band.top && top <= band.bottom && !offered.includes(root.id));
    });
    if (near.length > MOST) {
      const nearest = new Set(
        [...near].sort((a, b) => distance(a.root.id) - distance(b.root.id)).slice(0, MOST),
      );
      near = near.filter((place) => nearest.has(place) || place.root.id === active);
    }
    const cards: Item[] = near.map(({ root, thread, section, start, end }) => {
      return { key: root.id, section, start, end, content: <ThreadCard thread={thread} /> };
    });
    const target = editor?.purpose.what === 'gloss' ? editor.purpose.target : null;
    if (editor && target && target.start !== null && target.end !== null) {
      const key = `gloss ${target.start}-${target.end}`;
      const content = <NoteEditor key={key} purpose={editor.purpose} kind={editor.kind} />;
      insert(cards, { key, section: target.section, start: target.start, end: target.end, content }, roots);
    }
    const first = placed.find(({ root }) => root.id === offered[0]);
    if (first) {
      const { section, start, end } = first;
      insert(cards, { key: 'offered', section, start, end, content: <Offered /> }, roots);
    }
    return cards;
  }, [placed, tops, band, active, offered, editor, roots]);

  const pinned = items.findIndex(
    ({ key }) => key === active || key === 'offered' || key.startsWith('gloss '),
  );

  useLayoutEffect(() => {
    const element = column.current;
    if (!element) return;
    function arrange(): void {
      const cards = [...element!.children] as HTMLElement[];
      const origin = element!.getBoundingClientRect().top + window.scrollY;
      const boxes = cards.map((card, i) => {
        const root = roots.get(items[i]?.section ?? '');
        return { wish: root && items[i] ? topOf(root, items[i]) - origin : 0, height: card.offsetHeight };
      });
      const places = stackBoxes(boxes, pinned === -1 ? 0 : pinned);
      // Positions go through the CSSOM: the page's policy allows no style attributes.
      for (const [i, card] of cards.entries()) card.style.top = `${places[i]}px`;
      const last = places.length - 1;
      element!.style.minHeight = last < 0 ? '' : `${places[last]! + boxes[last]!.height}px`;
    }
    arrange();
    const observer = new ResizeObserver(arrange);
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

'use client';
import { memo, useLayoutEffect, useMemo, useRef } from 'react';
import type { Key } from '@/lib/i18n/catalogues';
import { useTranslations } from '@/lib/i18n/client';
import type { Translate } from '@/lib/i18n/translate';
import styles from './overlay.module.css';
import { spanBetween } from './place';
import { type Block, blockAt, blocksOf, sliceOf } from './position';
import type { Placed } from './store';
import { useWindowBand } from './use-window-band';

interface Count {
  section: string;
  block: Block;
  roots: string[];
}

/** Up to so many counts are all there; of more, those around what the reader sees. */
const FEW = 60;

/** Beside each paragraph with glosses: how many, and a way to them. Lies over the page, outside the text. */
export const ParagraphCounts = memo(function ParagraphCounts({
  places,
  roots,
  onOpen,
}: {
  places: readonly Placed[];
  roots: ReadonlyMap<string, HTMLElement>;
  onOpen: (roots: string[], opener: HTMLElement) => void;
}) {
  const t = useTranslations('glossing');
  const layer = useRef<HTMLElement>(null);

  const band = useWindowBand(roots);

  const all = useMemo(() => {
    const byBlock = new Map<Block, Count>();
    const blocks = new Map([...roots].map(([section, root]) => [section, blocksOf(root)]));
    let count: Count | undefined;
    for (const { root, section, start, end } of places) {
      const at = Math.min(start + 1, end);
      // They come in the order of the text, mostly several of a block.
      if (!count || count.section !== section || at <= count.block.start || at > count.block.end) {
        const block = blockAt(blocks.get(section) ?? [], at);
        if (!block) continue;
        count = byBlock.get(block) ?? { section, block, roots: [] };
        byBlock.set(block, count);
      }
      // A gloss may stand twice in a paragraph.
      if (count.roots.at(-1) !== root.id) count.roots.push(root.id);
    }
    return [...byBlock.values()];
  }, [places, roots]);

  const counts = useMemo(() => {
    if (all.length <= FEW) return all;
    const near = new Set<Block>();
    for (const root of roots.values()) {
      const { start, end } = spanBetween(root, band.top, band.bottom);
      for (const block of blocksOf(root)) if (block.end > start && block.start < end) near.add(block);
    }
    return all.filter(({ block }) => near.has(block));
  }, [all, roots, band]);

  useLayoutEffect(() => {
    const element = layer.current;
    if (!element) return;
    function arrange(): void {
      const origin = element!.getBoundingClientRect();
      const places = counts.map(({ block }) => block.element.getBoundingClientRect());
      // Clear of the strip at the edge.
      const edge = document.documentElement.clientWidth - 36;
      const isBeside = document.documentElement.dataset.view === 'both';
      const narrow = edge < 700 || isBeside;
      for (const [i, button] of [...element!.children].entries()) {
        const rect = places[i];
        if (!(button instanceof HTMLElement) || !rect) continue;
        // The text may give its place to the image of its page.
        button.hidden = rect.height === 0;
        // Past the page numbers; where there is no room beside the text, in the gap above the paragraph.
        button.style.top = `${rect.top - origin.top - (narrow ? 18 : 0)}px`;
        button.style.left = `${Math.min(rect.right + (isBeside ? -30 : 50), edge) - origin.left}px`;
      }
    }
    arrange();
    const observer = new ResizeObserver(arrange);
    for (const root of roots.values()) observer.observe(root);
    observer.observe(document.documentElement);
    return () => observer.disconnect();
  }, [counts, roots]);

  if (counts.length === 0) return null;
  return (
    <nav ref={layer} className={styles.counts} aria-label={t('countsLabel')}>
      {counts.map(({ block, roots: ids }) => (
        <button
          key={block.id}
          type="button"
          aria-label={labelOf(t, block, ids.length)}
          onClick={(event) => onOpen(ids, event.currentTarget)}
        >
          {ids.length}
        </button>
      ))}
    </nav>
  );
});

/** Names a paragraph by its printed number, else by its first words. */
function labelOf(t: Translate<Key<'glossing'>>, { element, start, end }: Block, count: number): string {
  const paragraph = element.querySelector('.number[data-apparatus]')?.textContent;
  if (paragraph) return t('countOn', { count, paragraph });
  const root = element.closest('[data-section]');
  return t('countOnWords', { count, words: root ? sliceOf(root, start, Math.min(end, start + 40)) : '' });
}

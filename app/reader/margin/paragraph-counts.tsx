'use client';
import { memo, useMemo } from 'react';
import type { Key } from '@/lib/i18n/catalogues';
import { useTranslations } from '@/lib/i18n/client';
import type { Translate } from '@/lib/i18n/translate';
import styles from '../select/overlay.module.css';
import type { PlacedThread } from '../state/store';
import { type Block, blocksOf, firstIndex, sliceOf } from '../text/text-position';
import { useViewport } from '../text/viewport-context';

/** A paragraph with glosses, and which of its section's places begin in it. */
interface Count {
  section: string;
  block: Block;
  /** Which block of its section it is. */
  at: number;
  from: number;
  to: number;
}

/** Up to so many counts are all there; of more, those around what the reader sees. */
const FEW = 60;

/** Beside each paragraph with glosses: how many, and a way to them. Lies over the page, outside the text. */
export const ParagraphCounts = memo(function ParagraphCounts({
  sections,
  roots,
  onOpen,
}: {
  sections: ReadonlyMap<string, PlacedThread[]>;
  roots: ReadonlyMap<string, HTMLElement>;
  onOpen: (roots: string[], opener: HTMLElement) => void;
}) {
  const t = useTranslations('annotation');
  const band = useViewport();

  const all = useMemo(() => {
    const counts: Count[] = [];
    for (const [section, root] of roots) {
      const here = sections.get(section) ?? [];
      let from = 0;
      for (const [at, block] of blocksOf(root).entries()) {
        const to = firstIndex(here.length, (i) => here[i]!.start >= block.end);
        if (to > from) counts.push({ section, block, at, from, to });
        from = to;
      }
    }
    return counts;
  }, [sections, roots]);

  const { top, bottom, lie } = band;
  // Clear of the strip at the edge.
  const edge = lie.width - 36;
  const isBeside = typeof document !== 'undefined' && document.documentElement.dataset.view === 'both';
  const narrow = edge < 700 || isBeside;
  const counts = all.flatMap(({ section, block, at, from, to }) => {
    const ground = lie.grounds.get(section);
    const [above, below, right] = [ground?.tops[at], ground?.bottoms[at], ground?.rights[at]];
    if (above === undefined || below === undefined || right === undefined) return [];
    // The text may give its place to the image of its page.
    if (above === below || (all.length > FEW && (below <= top || above >= bottom))) return [];
    // Past the page numbers; where there is no room beside the text, in the gap above the paragraph.
    const here = sections.get(section)!.slice(from, to);
    // A gloss may stand twice in a paragraph.
    const ids = [...new Set(here.map(({ root }) => root.id))];
    const left = Math.min(right + (isBeside ? -30 : 50), edge);
    return [{ block, ids, style: { top: above - (narrow ? 18 : 0), left } }];
  });

  if (counts.length === 0) return null;
  return (
    <nav className={styles.counts} aria-label={t('countsLabel')}>
      {counts.map(({ block, ids, style }) => (
        <button
          key={block.id}
          type="button"
          style={style}
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
function labelOf(t: Translate<Key<'annotation'>>, { element, start, end }: Block, count: number): string {
  const paragraph = element.querySelector('.number[data-apparatus]')?.textContent;
  if (paragraph) return t('countOn', { count, paragraph });
  const root = element.closest('[data-section]');
  return t('countOnWords', { count, words: root ? sliceOf(root, start, Math.min(end, start + 40)) : '' });
}

'use client';
import { useMemo } from 'react';
import type { Key } from '@/lib/i18n/catalogues';
import { useTranslations } from '@/lib/i18n/client';
import type { Translate } from '@/lib/i18n/translate';
import { pickThreads } from '../state/navigation';
import { useReader, useReaderStore } from '../state/use-reader';
import { blocksOf, firstIndex, sliceOf, type TextBlock } from '../text/text-position';
import styles from './paragraph-counts.module.css';

/** A paragraph with glosses, and which passages of its section begin in it. */
interface Count {
  section: string;
  block: TextBlock;
  /** The position of the block in its section. */
  position: number;
  from: number;
  to: number;
}

/** Up to so many counts are all shown; of more, those around the view. */
const FEW = 60;

/** Beside each paragraph with glosses their number, which opens them. Lies over the page, outside the text. */
export function ParagraphCounts() {
  const t = useTranslations('annotation');
  const store = useReaderStore();
  const passagesBySection = useReader(({ threads }) => threads.passagesBySection);
  const containers = useReader((state) => state.containers);
  const { top, bottom, layout } = useReader((state) => state.viewport);
  const all = useMemo(() => {
    const counts: Count[] = [];
    for (const [section, container] of containers) {
      const here = passagesBySection.get(section) ?? [];
      let from = 0;
      for (const [position, block] of blocksOf(container).entries()) {
        const to = firstIndex(here.length, (i) => here[i]!.start >= block.end);
        if (to > from) counts.push({ section, block, position, from, to });
        from = to;
      }
    }
    return counts;
  }, [passagesBySection, containers]);
  // Clear of the strip at the edge.
  const edge = layout.width - 36;
  const isBesideImage = typeof document !== 'undefined' && document.documentElement.dataset.view === 'both';
  const isNarrow = edge < 700 || isBesideImage;
  const counts = all.flatMap(({ section, block, position, from, to }) => {
    const blocks = layout.sections.get(section);
    const [above, below, right] = [
      blocks?.tops[position],
      blocks?.bottoms[position],
      blocks?.rights[position],
    ];
    if (above === undefined || below === undefined || right === undefined) return [];
    // A text without height is hidden behind the image of its page.
    if (above === below || (all.length > FEW && (below <= top || above >= bottom))) return [];
    const here = passagesBySection.get(section)!.slice(from, to);
    // A gloss may have two passages in one paragraph.
    const roots = [...new Set(here.map(({ root }) => root.id))];
    // Past the page numbers; where there is no room beside the text, in the gap above the paragraph.
    const left = Math.min(right + (isBesideImage ? -30 : 50), edge);
    return [{ block, roots, style: { top: above - (isNarrow ? 18 : 0), left } }];
  });
  if (counts.length === 0) return null;
  return (
    <nav className={styles.counts} aria-label={t('countsLabel')}>
      {counts.map(({ block, roots, style }) => (
        <button
          key={block.id}
          type="button"
          style={style}
          aria-label={labelOf(t, block, roots.length)}
          onClick={(event) => pickThreads(store, roots, event.currentTarget)}
        >
          {roots.length}
        </button>
      ))}
    </nav>
  );
}

/** Names a paragraph by its printed number, else by its first words. */
function labelOf(t: Translate<Key<'annotation'>>, { element, start, end }: TextBlock, count: number): string {
  const paragraph = element.querySelector('.number[data-apparatus]')?.textContent;
  if (paragraph) return t('countOn', { count, paragraph });
  const container = element.closest('[data-section]');
  const words = container ? sliceOf(container, start, Math.min(end, start + 40)) : '';
  return t('countOnWords', { count, words });
}

'use client';
import { ChevronLeft, ChevronRight } from 'lucide';
import { Fragment, useEffect, useRef, useState } from 'react';
import { Button } from '@/app/_ui/button';
import { useTranslations } from '@/lib/i18n/client';
import type { NotedParagraph } from '../state/margin-plan';
import type { PlacedThread } from '../state/thread-locations';
import { useReader } from '../state/use-reader';
import { scrollToPassage } from '../text/layout';
import { blockAt, blocksOf, sliceOf, type TextBlock } from '../text/text-position';
import { QuotedWords, ThreadCard } from '../thread/thread-card';
import { numberOf } from './note-links';
import styles from './thread-list.module.css';

/** Threads of the list at a time. */
export const PAGE_SIZE = 50;

/** Code points of a paragraph's first words. */
const WORDS = 40;

/**
 * The threads that the filter keeps, as a list by passage. It begins with the page of the list that has the paragraph
 * `from`, at that paragraph; without one with the first.
 */
export function ThreadList({ from = null }: { from?: NotedParagraph['id'] | null }) {
  const placed = useReader(({ threads }) => threads.placed);
  const active = useReader((state) => state.active);
  const containers = useReader((state) => state.containers);
  const [first, setFirst] = useState(() =>
    pageOf(placed.findIndex((place) => blockOf(place, containers)?.id === from)),
  );
  const list = useRef<HTMLDivElement>(null);
  // The open thread is always on the page that is shown.
  const at = placed.findIndex(({ root }) => root.id === active);
  const last = Math.max(0, Math.ceil(placed.length / PAGE_SIZE) - 1) * PAGE_SIZE;
  const begin = at === -1 ? Math.min(first, last) : pageOf(at);
  const shown = placed.slice(begin, begin + PAGE_SIZE);

  // Not earlier: the sheet around it is shown by then.
  useEffect(() => {
    if (from === null) return;
    list.current?.querySelector(`[data-paragraph="${CSS.escape(from)}"]`)?.scrollIntoView({ block: 'start' });
  }, [from]);

  let before: TextBlock | undefined;
  return (
    <div ref={list} className={styles.list}>
      {shown.map((place) => {
        const block = blockOf(place, containers);
        const isNew = block !== undefined && block !== before;
        before = block;
        return (
          <Fragment key={place.root.id}>
            {isNew && <ParagraphHead place={place} block={block} />}
            {place.root.id !== active && <QuotedWords root={place.root.id} />}
            <ThreadCard thread={place.thread} />
          </Fragment>
        );
      })}
      {placed.length > PAGE_SIZE && (
        <Pages begin={begin} total={placed.length} onTurn={(to) => setFirst(to)} list={list} />
      )}
    </div>
  );
}

/** The paragraph that the notes after it are on; leads to it in the text. */
function ParagraphHead({ place, block }: { place: PlacedThread; block: TextBlock }) {
  const t = useTranslations('annotation');
  const container = useReader(({ containers }) => containers.get(place.section));
  if (!container) return null;
  const number = numberOf(block.element);
  const words = sliceOf(container, block.start, Math.min(block.end, block.start + WORDS));
  return (
    <h3 className={styles.head} data-paragraph={block.id}>
      <button type="button" title={t('toWords')} onClick={() => scrollToPassage(container, place)}>
        {number && <span>§ {number}</span>} <q dir="auto">{words}</q>
      </button>
    </h3>
  );
}

/** Leads to the threads before and after those that are shown. */
function Pages({
  begin,
  total,
  onTurn,
  list,
}: {
  begin: number;
  total: number;
  onTurn: (begin: number) => void;
  list: React.RefObject<HTMLDivElement | null>;
}) {
  const t = useTranslations('annotation');
  const end = Math.min(total, begin + PAGE_SIZE);
  function turn(to: number): void {
    onTurn(to);
    list.current?.scrollIntoView({ block: 'start' });
  }
  return (
    <nav className={styles.pages} aria-label={t('pagesLabel')}>
      <Button
        look="quiet"
        small
        icon={ChevronLeft}
        disabled={begin === 0}
        onClick={() => turn(begin - PAGE_SIZE)}
      >
        {t('pageBefore')}
      </Button>
      <span>{t('pageRange', { from: begin + 1, to: end, total })}</span>
      <Button look="quiet" small icon={ChevronRight} disabled={end === total} onClick={() => turn(end)}>
        {t('pageAfter')}
      </Button>
    </nav>
  );
}

function pageOf(position: number): number {
  return Math.max(0, Math.floor(position / PAGE_SIZE) * PAGE_SIZE);
}

function blockOf(place: PlacedThread, containers: ReadonlyMap<string, HTMLElement>): TextBlock | undefined {
  const container = containers.get(place.section);
  // A thread begins where its block does not yet end.
  return container && blockAt(blocksOf(container), place.start + 1);
}

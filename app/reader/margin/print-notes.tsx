'use client';
import { useEffect, useMemo } from 'react';
import { createPortal } from 'react-dom';
import { formatDate } from '@/lib/i18n';
import { useLocale, useTranslations } from '@/lib/i18n/client';
import { isTombstone } from '../data/annotation-summary';
import { RenderedBody } from '../editor/rendered-body';
import type { Thread } from '../state/thread-locations';
import { useReader } from '../state/use-reader';
import { useRequestThreads } from '../state/use-request-threads';
import { blockAt, blocksOf, sliceOf } from '../text/text-position';
import styles from './print-notes.module.css';

type NumberedThread = { thread: Thread; number: number; words: string; block: HTMLElement | null };

/** Code points of a passage that are quoted. */
const WORDS = 300;

/**
 * The notes on paper, numbered in the order of the text, each with its passage: below the text, or at the end. In the text
 * each paragraph has the numbers of its notes at its end: an attribute, so that the text stays what it is.
 */
export default function PrintNotes({ isAtEnd }: { isAtEnd: boolean }) {
  const t = useTranslations('annotation');
  const notes = useNumberedThreads();
  const annotations = useReader((state) => state.annotations);
  const isPending = notes.some(({ thread }) => thread.some(({ id }) => !annotations.has(id)));
  useRequestThreads(useMemo(() => notes.map(({ thread }) => thread[0]!.id), [notes]));
  useParagraphNumbers(notes);
  const host = document.getElementById(isAtEnd ? 'notes-at-end' : 'notes-under-text');
  if (!host || notes.length === 0) return null;
  return createPortal(
    <section
      className={isAtEnd ? `${styles.notes} ${styles.end}` : styles.notes}
      data-print-pending={isPending}
    >
      <h2>{t('marginLabel')}</h2>
      <ol>
        {notes.map(({ thread, number, words }) => (
          <li key={thread[0]!.id} value={number}>
            {words && <q>{words}</q>} <PrintedThread thread={thread} />
          </li>
        ))}
      </ol>
    </section>,
    host,
  );
}

function PrintedThread({ thread }: { thread: Thread }) {
  const t = useTranslations('annotation');
  const locale = useLocale();
  const annotations = useReader((state) => state.annotations);
  return thread.map((summary) => {
    const note = annotations.get(summary.id);
    if (!note) return null;
    if (isTombstone(note)) {
      return <p key={note.id}>{t(note.state === 'deleted' ? 'tombstone_deleted' : 'tombstone_hidden')}</p>;
    }
    return (
      <div key={note.id} className={summary === thread[0] ? styles.note : styles.reply}>
        <strong>{note.author.name}</strong>, {formatDate(locale, new Date(note.created))}:{' '}
        <RenderedBody html={note.html} />
      </div>
    );
  });
}

/** All threads in the order of the text, those on the whole section first; each once, at its first passage. */
function useNumberedThreads(): NumberedThread[] {
  const placed = useReader(({ threads }) => threads.placed);
  const onSection = useReader(({ threads }) => threads.onSection);
  const containers = useReader((state) => state.containers);
  return useMemo(() => {
    const order = [...containers.keys()];
    const inOrder = [...placed].sort(
      (a, b) => order.indexOf(a.section) - order.indexOf(b.section) || a.start - b.start || a.end - b.end,
    );
    const seen = new Set<string>();
    const notes = onSection.map((thread) => ({ thread, words: '', block: null as HTMLElement | null }));
    for (const { thread, root, section, start, end, onImage } of inOrder) {
      const container = containers.get(section);
      if (seen.has(root.id) || !container) continue;
      seen.add(root.id);
      const words = onImage
        ? ''
        : sliceOf(container, start, Math.min(end, start + WORDS)).replaceAll('\n', ' ');
      const block = blockAt(blocksOf(container), Math.max(start, end - 1))?.element;
      notes.push({
        thread,
        words: end - start > WORDS ? `${words}…` : words,
        block: block instanceof HTMLElement ? block : null,
      });
    }
    return notes.map((note, i) => ({ ...note, number: i + 1 }));
  }, [placed, onSection, containers]);
}

function useParagraphNumbers(notes: readonly NumberedThread[]): void {
  useEffect(() => {
    const blocks = new Map<HTMLElement, number[]>();
    for (const { block, number } of notes)
      if (block) blocks.set(block, [...(blocks.get(block) ?? []), number]);
    for (const [block, numbers] of blocks) block.dataset.printNotes = rangesOf(numbers);
    return () => {
      for (const block of blocks.keys()) delete block.dataset.printNotes;
    };
  }, [notes]);
}

/** Numbers that rise, as `1, 3–5`. */
function rangesOf(numbers: number[]): string {
  const ranges: [number, number][] = [];
  for (const number of numbers) {
    const last = ranges.at(-1);
    if (last && last[1] === number - 1) last[1] = number;
    else ranges.push([number, number]);
  }
  return ranges.map(([from, to]) => (from === to ? from : `${from}–${to}`)).join(', ');
}

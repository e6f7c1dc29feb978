'use client';
import { useEffect } from 'react';
import type { Key } from '@/lib/i18n/catalogues';
import { useTranslations } from '@/lib/i18n/client';
import type { Translate } from '@/lib/i18n/translate';
import { countReplies } from '../data/threads';
import type { NotedParagraph } from '../state/margin-plan';
import type { PlacedThread } from '../state/thread-locations';
import { useReader } from '../state/use-reader';
import { type ParagraphLinks, renderNoteLinks } from '../text/note-links';
import { sliceOf, type TextBlock } from '../text/text-position';

/** Code points of the quoted words in the name of a link. */
const WORDS = 60;
/** Milliseconds after the notes have changed until the links follow: they are for no eye on a wide screen. */
const PAUSE = 150;

/** Keeps the links from words to their notes in step with the notes. Renders nothing itself. */
export function NoteLinks(): null {
  const t = useTranslations('annotation');
  const containers = useReader((state) => state.containers);
  const paragraphs = useReader(({ plan }) => plan.paragraphs);

  useEffect(() => {
    const timer = setTimeout(() => {
      for (const [section, container] of containers) {
        const here = paragraphs.filter((paragraph) => paragraph.section === section);
        renderNoteLinks(
          container,
          here.map((paragraph) => linksOf(t, paragraph, container)),
        );
      }
    }, PAUSE);
    return () => clearTimeout(timer);
  }, [t, containers, paragraphs]);

  useEffect(() => {
    return () => {
      for (const container of containers.values()) renderNoteLinks(container, []);
    };
  }, [containers]);
  return null;
}

function linksOf(
  t: Translate<Key<'annotation'>>,
  { block, places, isFolded }: NotedParagraph,
  container: HTMLElement,
): ParagraphLinks {
  const notes = isFolded
    ? []
    : places
        .filter(({ onImage }) => !onImage)
        .map((place) => ({ root: place.root.id, label: labelOfNote(t, place, container) }));
  return { block, count: places.length, label: labelOfParagraph(t, block, places.length), notes };
}

function labelOfNote(
  t: Translate<Key<'annotation'>>,
  { root, thread, start, end }: PlacedThread,
  container: HTMLElement,
): string {
  const words = sliceOf(container, start, Math.min(end, start + WORDS));
  const replies = countReplies(thread);
  const about = { words, name: root.author.name, kind: t(`kind_${root.kind}`), replies };
  return t(root.isTombstone ? 'noteGoneOn' : 'noteOn', about);
}

/** Names a paragraph by its printed number, else by its first words. */
export function labelOfParagraph(
  t: Translate<Key<'annotation'>>,
  { element, start, end }: TextBlock,
  count: number,
): string {
  const paragraph = numberOf(element);
  if (paragraph) return t('countOn', { count, paragraph });
  const container = element.closest('[data-section]');
  const words = container ? sliceOf(container, start, Math.min(end, start + 40)) : '';
  return t('countOnWords', { count, words });
}

/** The number that is printed beside a paragraph. */
export function numberOf(element: Element): string | null {
  return element.querySelector('.number[data-apparatus]')?.textContent ?? null;
}

'use client';
import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from 'react';
import { focusUnlessTyping } from '@/app/_ui/deferred-focus';
import { useTranslations } from '@/lib/i18n/client';
import { useReader } from '../state/use-reader';
import { paintAccent } from '../text/highlights';
import { wordOnNextLine } from '../text/line-navigation';
import { blockAt, blocksOf, rangeOf, sliceOf, type TextSpan, textOf } from '../text/text-position';
import {
  type Caret,
  type CaretUnit,
  caretOn,
  extendCaret,
  moveCaret,
  segmentText,
  selectedSpan,
} from './keyboard-caret';
import styles from './overlay.module.css';
import { PassageActions } from './passage-actions';

interface Place {
  container: HTMLElement;
  caret: Caret;
}

/**
 * Selecting words by keyboard, because browsers have no caret in text that is not editable. The focus is on a panel that
 * takes the arrow keys; the selected words are highlighted in the text and spoken.
 */
export default function KeyboardSelection({
  from,
  onLeave,
}: {
  from: Place['container'] | null;
  onLeave: () => void;
}) {
  const t = useTranslations('annotation');
  const id = useId();
  const containers = useReader((state) => state.containers);
  const isMoving = useReader(({ move }) => move !== null);
  const panel = useRef<HTMLDivElement>(null);
  const [place, setPlace] = useState<Place | null>(() => firstPlace([...containers.values()], from));
  const segments = useMemo(() => makeSegments(), []);

  useEffect(() => focusUnlessTyping(panel.current), []);

  useEffect(() => {
    if (!place) return;
    const { container, caret } = place;
    paintAccent('caret', container, [selectedSpan(caret)]);
    keepInView(container, caret);
    return () => paintAccent('caret', container, []);
  }, [place]);

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      onLeave();
      return;
    }
    if (event.target !== panel.current || !place) return;
    if (event.key === 'Enter') {
      event.preventDefault();
      panel.current?.querySelector('button')?.click();
      return;
    }
    const next = step(place, event, segments, [...containers.values()]);
    if (!next) return;
    event.preventDefault();
    event.stopPropagation();
    setPlace(next);
  }

  if (!place) return null;
  const { container, caret } = place;
  const { start, end } = selectedSpan(caret);
  const exact = sliceOf(container, start, end);
  return (
    <div
      ref={panel}
      className={styles.keyboard}
      // Screen readers pass arrow keys only to an application.
      role="application"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: this panel is what takes the keys
      tabIndex={0}
      aria-label={t('keyboardLabel')}
      aria-describedby={`${id}-help`}
      onKeyDown={onKeyDown}
    >
      <p className={styles.chosen} role="status">
        <span className="visually-hidden">{caret.head === caret.anchor.end ? '' : t('selected')}</span>{' '}
        <bdi>{exact}</bdi>
      </p>
      <p id={`${id}-help`} className={styles.how}>
        {t(isMoving ? 'keyboardMoveHelp' : 'keyboardHelp')}
      </p>
      <PassageActions
        selection={{
          container,
          shownIn: container,
          section: container.dataset.section ?? '',
          start,
          end,
          exact,
        }}
        onDone={onLeave}
      />
      <button type="button" className={styles.leave} onClick={onLeave}>
        {t('keyboardLeave')}
      </button>
    </div>
  );
}

type Segments = (container: HTMLElement, step: CaretUnit) => TextSpan[];

/** Segments texts into words or characters, once for each text and unit. */
function makeSegments(): Segments {
  const made = new Map<string, TextSpan[]>();
  return (container, step) => {
    const key = `${container.dataset.section} ${step}`;
    const spans = made.get(key) ?? segmentText(textOf(container), step, container.lang || 'und');
    made.set(key, spans);
    return spans;
  };
}

/** The position after a key; null for a key that does not move. */
function step(
  place: Place,
  event: KeyboardEvent,
  segments: Segments,
  containers: HTMLElement[],
): Place | null {
  const { container, caret } = place;
  const forward = event.key === 'ArrowRight' || event.key === 'ArrowDown' || event.key === 'PageDown';
  switch (event.key) {
    case 'ArrowRight':
    case 'ArrowLeft': {
      const spans = segments(container, event.ctrlKey || event.altKey ? 'character' : 'word');
      const moved = event.shiftKey ? extendCaret(caret, spans, forward) : moveCaret(caret, spans, forward);
      return { container, caret: moved };
    }
    case 'ArrowUp':
    case 'ArrowDown': {
      const words = segments(container, 'word');
      const { start, end } = selectedSpan(caret);
      const edge =
        event.shiftKey && caret.head > caret.anchor.start
          ? { start: end - 1, end }
          : { start, end: start + 1 };
      const word = wordOnNextLine(container, words, edge, forward);
      if (!word) return place;
      return { container, caret: event.shiftKey ? reach(caret, word) : caretOn(word) };
    }
    case 'PageUp':
    case 'PageDown':
      return nextParagraph(place, forward, segments, containers);
    default:
      return null;
  }
}

function reach(caret: Caret, word: TextSpan): Caret {
  if (word.start >= caret.anchor.start) return { ...caret, head: Math.max(word.end, caret.anchor.end) };
  return { ...caret, head: word.start };
}

function nextParagraph(
  { container, caret }: Place,
  forward: boolean,
  segments: Segments,
  containers: HTMLElement[],
): Place {
  const all = containers.flatMap((text) => blocksOf(text).map((block) => ({ container: text, block })));
  const here = blockAt(blocksOf(container), selectedSpan(caret).start);
  const at = all.findIndex((entry) => entry.container === container && entry.block.start === here?.start);
  const next = all[at + (forward ? 1 : -1)];
  const word = next && segments(next.container, 'word').find((span) => span.start >= next.block.start);
  return next && word ? { container: next.container, caret: caretOn(word) } : { container, caret };
}

/** The first visible word, in the text `from` which keyboard selection was started, else in any. */
function firstPlace(containers: HTMLElement[], from: HTMLElement | null): Place | null {
  for (const container of from ? [from, ...containers] : containers) {
    const block = blocksOf(container).find(({ element }) => element.getBoundingClientRect().bottom > 80);
    const base = block?.start ?? 0;
    const [word] = block
      ? segmentText(sliceOf(container, base, block.end), 'word', container.lang || 'und', base)
      : [];
    if (word) return { container, caret: caretOn(word) };
  }
  return null;
}

function keepInView(container: HTMLElement, { anchor, head }: Caret): void {
  const edge = head > anchor.start ? { start: head - 1, end: head } : { start: head, end: head + 1 };
  const rect = rangeOf(container, edge.start, edge.end)?.getBoundingClientRect();
  if (!rect) return;
  const room = window.innerHeight * 0.6;
  if (rect.top < 80 || rect.bottom > room) window.scrollBy({ top: rect.top - room / 2, behavior: 'instant' });
}

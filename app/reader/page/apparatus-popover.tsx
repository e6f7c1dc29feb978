'use client';
import { useEffect, useRef, useState } from 'react';
import styles from './apparatus-popover.module.css';

/** Pixels between the popover and its link. */
const GAP = 8;

/**
 * Shows a note, a correction or other readings beside its link in the text. Without scripts the links lead to the same words below the
 * text.
 */
export function ApparatusPopover({
  openLabel,
  closeLabel,
  readingLabels,
}: {
  openLabel: string;
  closeLabel: string;
  /** What the button says that shows the text corrected, or as printed. */
  readingLabels: Record<Reading, string>;
}) {
  const box = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const below = useRef<HTMLAnchorElement>(null);
  const [otherReading, setOtherReading] = useState<Reading | null>(null);

  useEffect(() => {
    function onClick(event: MouseEvent): void {
      if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      if (below.current?.contains(event.target as Node)) openAround(below.current);
      const link = event.defaultPrevented ? null : linkAt(event.target as Element);
      const target = link && document.getElementById(decodeURIComponent(link.hash.slice(1)));
      if (!link || !target || !box.current || !content.current || !below.current) return;
      event.preventDefault();
      const choice = link.closest('.choice, .doubt, .supplied');
      content.current.replaceChildren(
        choice ? correctionOf(link, target) : (mirrorOf(target) ?? copyOf(target)),
      );
      setOtherReading(choice && !choice.matches('.doubt') ? readingOtherThan(shownReading()) : null);
      content.current.lang = target.closest<HTMLElement>('[lang]')?.lang ?? '';
      below.current.href = link.hash;
      box.current.setAttribute('aria-label', link.getAttribute('aria-label') ?? link.textContent ?? '');
      box.current.showPopover();
      placeBeside(box.current, link);
      box.current.focus({ preventScroll: true });
    }
    /** A link is worked with Enter; these do what a button does, which Space works too. */
    function onKeyDown(event: KeyboardEvent): void {
      if (event.key !== ' ' || !(event.target as Element).matches('a:is(.mark, .omission)')) return;
      event.preventDefault();
      (event.target as HTMLElement).click();
    }
    document.addEventListener('click', onClick);
    document.addEventListener('keydown', onKeyDown);
    return () => {
      document.removeEventListener('click', onClick);
      document.removeEventListener('keydown', onKeyDown);
    };
  }, []);

  return (
    <div ref={box} popover="auto" role="dialog" tabIndex={-1} className={styles.popover}>
      <div ref={content} className={styles.content} />
      <div className={styles.foot}>
        <a ref={below} href="#notes">
          {openLabel}
        </a>
        {otherReading && (
          <button
            type="button"
            onClick={() => {
              box.current?.hidePopover();
              chooseReading(otherReading);
            }}
          >
            {readingLabels[otherReading]}
          </button>
        )}
        <button type="button" onClick={() => box.current?.hidePopover()}>
          {closeLabel}
        </button>
      </div>
    </div>
  );
}

type Reading = 'printed' | 'corrected';

function shownReading(): Reading {
  return document.documentElement.dataset.reading === 'corrected' ? 'corrected' : 'printed';
}

function readingOtherThan(reading: Reading): Reading {
  return reading === 'corrected' ? 'printed' : 'corrected';
}

/** Works the setting in *Display*, which keeps the choice. */
function chooseReading(reading: Reading): void {
  document.querySelector<HTMLInputElement>(`input[name="reading-reading"][value="${reading}"]`)?.click();
}

/** The words that have an entry: readings of other witnesses, misprints, doubts. */
const MARKED = '.app, .choice, .doubt, .supplied';

/** The link to an entry below the text; for words that have one it is hidden in them. */
function linkAt(element: Element): HTMLAnchorElement | null {
  const link = element.closest('a');
  if (link) return link.matches('.noteref, .mark, .omission') ? link : null;
  const words = document.getSelection()?.isCollapsed ? element.closest(MARKED) : null;
  return words?.querySelector<HTMLAnchorElement>(':scope > a.mark') ?? null;
}

/** A correction in a sentence, with what its entry says of it besides. */
function correctionOf(link: HTMLElement, target: HTMLElement): DocumentFragment {
  const words = document.createDocumentFragment();
  const kept = link.closest('.doubt') ? '.certainty' : '.remark, .certainty';
  const more = [...target.querySelectorAll(kept)].flatMap((element) => [' ', element.cloneNode(true)]);
  words.append(link.textContent ?? '', ...more);
  return words;
}

/** What stands among the words of an entry and belongs to them. */
const KEPT = '.gap, .space, .graphic, br';

/** A copy of an entry without its ids, its number and its link back, which must not be in the page twice. */
function copyOf(target: HTMLElement): DocumentFragment {
  const copy = target.cloneNode(true) as HTMLElement;
  for (const element of copy.querySelectorAll(`[data-apparatus]:not(${KEPT})`)) element.remove();
  for (const element of copy.querySelectorAll('[id]')) element.removeAttribute('id');
  const words = document.createDocumentFragment();
  words.append(...copy.childNodes);
  return words;
}

/** A mirror of a note's text, so that words selected in it can be glossed too; null for what is no text. */
function mirrorOf(target: HTMLElement): HTMLElement | null {
  const root = target.closest<HTMLElement>('[data-section]');
  if (!root || (target !== root && !target.dataset.start)) return null;
  const mirror = document.createElement('div');
  mirror.className = 'text';
  mirror.dataset.mirror = root.dataset.section;
  mirror.dir = root.dir;
  mirror.append(copyOf(root));
  return mirror;
}

/** Places the popover under its link, or above it where there is more room; through the CSSOM, as the page's policy demands. */
function placeBeside(box: HTMLElement, link: HTMLElement): void {
  const at = link.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = box;
  const left = Math.max(
    GAP,
    Math.min(at.left - width / 3, document.documentElement.clientWidth - width - GAP),
  );
  const fits = at.bottom + GAP + height < window.innerHeight || at.top < height + GAP;
  const top = fits ? at.bottom + GAP : at.top - height - GAP;
  box.style.setProperty('--left', `${left + window.scrollX}px`);
  box.style.setProperty('--top', `${top + window.scrollY}px`);
}

/** Opens the list that contains an entry, so that a link to it can scroll there. */
function openAround(link: HTMLAnchorElement): void {
  const target = document.getElementById(decodeURIComponent(link.hash.slice(1)));
  const list = target?.closest('details');
  if (list) list.open = true;
  link.closest<HTMLElement>('[popover]')?.hidePopover();
}

'use client';
import { useEffect, useRef } from 'react';
import styles from './apparatus-popover.module.css';

/** Pixels between the popover and its link. */
const GAP = 8;

/**
 * Shows a note, a correction or other readings beside its link in the text. Without scripts the links lead to the same words below the
 * text.
 */
export function ApparatusPopover({ openLabel, closeLabel }: { openLabel: string; closeLabel: string }) {
  const box = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const below = useRef<HTMLAnchorElement>(null);

  useEffect(() => {
    function onClick(event: MouseEvent): void {
      if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      if (below.current?.contains(event.target as Node)) openAround(below.current);
      const link = event.defaultPrevented ? null : linkAt(event.target as Element);
      const target = link && document.getElementById(decodeURIComponent(link.hash.slice(1)));
      if (!link || !target || !box.current || !content.current || !below.current) return;
      event.preventDefault();
      content.current.replaceChildren(mirrorOf(target) ?? copyOf(target));
      content.current.lang = target.closest<HTMLElement>('[lang]')?.lang ?? '';
      below.current.href = link.hash;
      box.current.setAttribute('aria-label', link.getAttribute('aria-label') ?? link.textContent ?? '');
      box.current.showPopover();
      placeBeside(box.current, link);
      box.current.focus({ preventScroll: true });
    }
    document.addEventListener('click', onClick);
    return () => document.removeEventListener('click', onClick);
  }, []);

  return (
    <div ref={box} popover="auto" role="dialog" tabIndex={-1} className={styles.popover}>
      <div ref={content} className={styles.content} />
      <div className={styles.foot}>
        <a ref={below} href="#notes">
          {openLabel}
        </a>
        <button type="button" onClick={() => box.current?.hidePopover()}>
          {closeLabel}
        </button>
      </div>
    </div>
  );
}

/** The link to an entry below the text; for words with other readings it is hidden in them. */
function linkAt(element: Element): HTMLAnchorElement | null {
  const link = element.closest('a');
  if (link) return link.matches('.noteref, .mark, .omission') ? link : null;
  const words = document.getSelection()?.isCollapsed ? element.closest('.app') : null;
  return words?.querySelector<HTMLAnchorElement>(':scope > a.mark') ?? null;
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

/**
 * Links from annotated words to their notes, at the end of each paragraph: for screen readers, which highlights say
 * nothing to, and on a narrow screen as the number of the notes. They are apparatus, so the text stays what it is.
 */
import { NOTE_LINKS } from './note-link-changes';
import type { TextBlock } from './text-position';

/** The notes of one paragraph. */
export interface ParagraphLinks {
  block: TextBlock;
  count: number;
  /** Names the number. */
  label: string;
  /** The notes by their roots; none where the paragraph is folded, and only the number leads to them. */
  notes: readonly { root: string; label: string }[];
}

/** Puts the links of these paragraphs into a text, in place of those that are there. */
export function renderNoteLinks(container: Element, paragraphs: readonly ParagraphLinks[]): void {
  const wanted = new Set<Element>(paragraphs.map(({ block }) => block.element));
  for (const host of container.querySelectorAll(`[${NOTE_LINKS}]`))
    if (!host.parentElement || !wanted.has(host.parentElement)) host.remove();
  for (const paragraph of paragraphs) renderParagraph(paragraph);
}

function renderParagraph({ block, count, label, notes }: ParagraphLinks): void {
  const host = block.element.querySelector(`:scope > [${NOTE_LINKS}]`) ?? makeHost();
  const key = JSON.stringify([label, notes]);
  if (host.getAttribute(NOTE_LINKS) === key && host.isConnected) return;
  host.setAttribute(NOTE_LINKS, key);
  const all = makeLink(`#${block.id}`, label);
  all.dataset.paragraphLink = block.id;
  all.textContent = String(count);
  if (notes.length > 0) all.dataset.single = '';
  const links = notes.map(({ root, label }) => {
    const link = makeLink(`?annotation=${root}`, label);
    link.dataset.threadLink = root;
    // Cards are the stops of the Tab key; a screen reader reads these on its way.
    link.tabIndex = -1;
    return link;
  });
  host.replaceChildren(all, ...links);
  if (!host.isConnected) block.element.append(host);
}

function makeHost(): HTMLElement {
  const host = document.createElement('span');
  host.dataset.apparatus = '';
  host.className = 'note-links';
  return host;
}

function makeLink(href: string, label: string): HTMLAnchorElement {
  const link = document.createElement('a');
  link.href = href;
  link.setAttribute('aria-label', label);
  return link;
}

/** Moves the focus to the words of a thread: to its own link there, else to that of its paragraph. */
export function focusNoteLink(root: string): void {
  const link = document.querySelector<HTMLElement>(`[data-thread-link="${root}"]`);
  link?.focus({ preventScroll: true });
}

/** The paragraph or the root of a thread that a link of these leads to; null for any other element. */
export function linkedNotes(element: Element): { root?: string; paragraph?: string } | null {
  const link = element.closest<HTMLElement>(`[${NOTE_LINKS}] a`);
  if (!link) return null;
  const { threadLink: root, paragraphLink: paragraph } = link.dataset;
  return { root, paragraph };
}

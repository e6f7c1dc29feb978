/** The attribute of the element that holds the links of a paragraph; the text map passes over it. */
export const NOTE_LINKS = 'data-note-links';

/** Whether a change of the page is one of these links alone. */
export function isOfNoteLinks({ target, addedNodes, removedNodes }: MutationRecord): boolean {
  if (target instanceof Element && target.closest(`[${NOTE_LINKS}]`)) return true;
  const changed = [...addedNodes, ...removedNodes];
  return (
    changed.length > 0 && changed.every((node) => node instanceof Element && node.hasAttribute(NOTE_LINKS))
  );
}

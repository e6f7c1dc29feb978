import type { Root } from 'hast';
import type { NoticeList } from './notices';
import { elementsOf, isElement, placeOf, textOf } from './source-tree';
import { headingLevel } from './text-headings';

const LONGEST = 100;

/**
 * Where a document has no heading by style, short paragraphs that are bold throughout, or whose words are those of a
 * heading (“Chapter 1”), are taken for headings. That is a guess, so each is noticed.
 */
export function guessHeadings(root: Root, notices: NoticeList): void {
  if ([...elementsOf(root)].some(({ tagName }) => /^h[1-6]$/.test(tagName))) return;
  // Headings stand in the text itself, not in tables, lists and notes.
  const [top] = root.children.filter(isElement);
  for (const node of (top?.children ?? []).filter(isElement)) {
    const text = textOf(node).trim();
    if (node.tagName !== 'p' || text === '' || text.length > LONGEST || /[,;]$/.test(text)) continue;
    const level = headingLevel([text]);
    const isBold = node.children.every(
      (child) => (isElement(child) && ['b', 'strong'].includes(child.tagName)) || textOf(child).trim() === '',
    );
    if (level === null && (!isBold || /[.!?]$/.test(text))) continue;
    node.tagName = `h${level ?? 3}`;
    notices.add({
      kind: 'plain',
      element: 'heading',
      reason: 'heading-guessed',
      place: text.slice(0, 60) || placeOf(node),
    });
  }
}

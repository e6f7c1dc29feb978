import type { ElementContent } from 'hast';
import { element, leftOut, mark, text } from './source-tree';
import type { TextParagraph } from './text-layout';

/**
 * What plain texts mark inside of a line: `_italic_` and, in Gutenberg's files, `=bold=`; page numbers (`[Pg 12]`); the
 * number of a note that the text has (`[1]`, for `[Footnote 1: …]`).
 */
export function inlineOfText(
  line: string,
  { isGutenberg, notes }: { isGutenberg: boolean; notes: Set<string> },
): ElementContent[] {
  const content: ElementContent[] = [];
  let from = 0;
  for (const match of line.matchAll(MARKS)) {
    const [whole, before = '', italic, bold, page, note] = match;
    const at = match.index + before.length;
    const made =
      italic !== undefined
        ? element('i', {}, inlineOfText(italic, { isGutenberg, notes }))
        : bold !== undefined && isGutenberg
          ? element('b', {}, inlineOfText(bold, { isGutenberg, notes }))
          : page !== undefined
            ? pageBreak(whole.slice(before.length), page)
            : note !== undefined && notes.has(note)
              ? element('a', { className: ['noteref'], href: `#note-${note}` }, [`[${note}]`])
              : null;
    if (!made) continue;
    content.push(text(line.slice(from, at)), made);
    from = match.index + whole.length;
  }
  content.push(text(line.slice(from)));
  return content.filter((node) => node.type !== 'text' || node.value !== '');
}

const MARKS =
  /(^|[^\p{L}\p{N}_=])(?:_(?=[^\s_])([^_]{0,1000}?[^\s_])_(?![\p{L}\p{N}_])|=(?=[^\s=])([^=]{0,200}?[^\s=])=(?![\p{L}\p{N}=]))|[[{](?:Pg|Page|p\.|с\.|стр\.)\s*(\d{1,5}|[ivxlcdm]{1,8})[\]}]|\[([\p{N}\p{Lu}]{1,4})\]/gu;

function pageBreak(marker: string, n: string): ElementContent {
  const node = leftOut('page-number', [marker]);
  mark(node, { page: { n } });
  return node;
}

/** The note that a paragraph is (`[Footnote 1: …]`), or null. */
export function noteOfParagraph({
  lines,
}: TextParagraph): { label: string; marker: string; lines: string[] } | null {
  const [first = '', ...rest] = lines;
  const match = /^\s*\[Footnote\s+([\p{N}\p{Lu}]{1,4})\s*:/u.exec(first);
  const label = match?.[1];
  if (!match || label === undefined || !lines.at(-1)?.trimEnd().endsWith(']')) return null;
  const all = [first.slice(match[0].length), ...rest];
  const last = all.length - 1;
  all[last] = (all[last] ?? '').trimEnd().slice(0, -1);
  return { label, marker: match[0], lines: all };
}

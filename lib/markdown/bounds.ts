import { invalidFields } from '@/lib/kernel/errors';

/** Quotations and lists inside one another, at most. A parser takes time with the square of it, and the stack. */
const MOST_NESTED = 60;
/** Marks of emphasis, at most: each may have to be compared with each (CommonMark §6.2). */
const MOST_MARKS = 2_000;
/** Brackets, backticks and bars, at most. A large pasted table has some thousands. */
const MOST_BRACKETS = 6_000;
/** Web and mail addresses that stand without brackets, at most (GFM §6.9). */
const MOST_ADDRESSES = 1_000;
/** Lines, at most. */
const MOST_LINES = 4_000;

/** The quotation and list marks that a line begins with (CommonMark §5.1, §5.2), and the white space between them. */
const CONTAINERS = /^(?:[ \t]*(?:>|[-+*](?=[ \t]|$)|\d{1,9}[.)](?=[ \t]|$)|\[\^[^\]\n]*\]:))*[ \t]*/;
const CONTAINER = />|[-+*]|\d+[.)]|\[\^[^\]\n]*\]:/g;

/**
 * Refuses a Markdown text that nobody writes and that would take a parser seconds, since the time grows with the
 * square of what is bounded here. Throws invalid at `pointer`, with the bound in the sentence.
 */
export function requireBoundedMarkdown(body: string, pointer = '/body'): void {
  const excess = excessOf(body);
  if (!excess) return;
  throw invalidFields([{ pointer, ...excess }]);
}

/** The bound that a Markdown text is beyond, in a sentence; null where it is within all of them. */
export function excessOf(body: string): { detail: string; values: { most: number } } | null {
  const lines = body.split('\n');
  const nesting = lines.reduce(
    (most, line) => Math.max(most, nestingOf(CONTAINERS.exec(line)?.[0] ?? '')),
    0,
  );
  const counts: { count: number; most: number; detail: string }[] = [
    { count: lines.length, most: MOST_LINES, detail: 'This has more than {most} lines.' },
    {
      count: countOf(body, /([*_~])\1*/g),
      most: MOST_MARKS,
      detail: 'This has more than {most} marks of emphasis.',
    },
    {
      count: countOf(body, /[[\]<`|]/g),
      most: MOST_BRACKETS,
      detail: 'This has more than {most} brackets, bars and backticks.',
    },
    {
      count: countOf(body, /@|www\.|:\/\//gi),
      most: MOST_ADDRESSES,
      detail: 'This has more than {most} addresses.',
    },
    {
      count: nesting,
      most: MOST_NESTED,
      detail: 'Lists and quotations stand inside one another more than {most} deep.',
    },
  ];
  const excess = counts.find(({ count, most }) => count > most);
  return excess ? { detail: excess.detail, values: { most: excess.most } } : null;
}

/** How deep the line stands by its own marks, and by the white space that continues lists of lines before it. */
function nestingOf(start: string): number {
  const marks = countOf(start, CONTAINER);
  if (marks === 0) return 0;
  const indentation = /^[ \t]*/.exec(start)?.[0].replaceAll('\t', '    ').length ?? 0;
  return marks + Math.floor(indentation / 2);
}

function countOf(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}

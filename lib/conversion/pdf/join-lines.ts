import type { ElementContent } from 'hast';
import { element, text } from '../source-tree';
import type { PdfFootnote, PdfLine, PdfRun } from './page-lines';

/** What is known of words that are hyphenated in the middle of lines: they keep their hyphen at the end of one. */
export type Vocabulary = { words: Set<string>; hyphenated: Set<string> };

export function vocabularyOf(lines: PdfLine[]): Vocabulary {
  const words = new Set<string>();
  const hyphenated = new Set<string>();
  for (const line of lines) {
    for (const [word] of line.text.matchAll(/[\p{L}\p{M}]+(?:[-‐][\p{L}\p{M}]+)*(?![\p{L}\p{M}‐-])/gu))
      (/[-‐]/.test(word) ? hyphenated : words).add(word.replaceAll('‐', '-').toLowerCase());
  }
  return { words, hyphenated };
}

/** By what two lines are joined: a space, nothing, or nothing and without the hyphen. */
export type LineJoint = ' ' | '' | 'hyphen';

const BROKEN = /([\p{L}\p{M}]+)[-‐\u00AD]\s*$/u;

/**
 * How two lines of a paragraph are joined: by a space; without one after a hyphen that belongs to the word; without the
 * hyphen where the line end broke the word.
 */
export function jointOf(line: string, next: string, vocabulary: Vocabulary): LineJoint {
  const [, start] = BROKEN.exec(line) ?? [];
  const [, end] = /^\s*([\p{L}\p{M}]+)/u.exec(next) ?? [];
  if (start === undefined || end === undefined) return ' ';
  if (/\u00AD\s*$/.test(line)) return 'hyphen';
  const whole = `${start}-${end}`.toLowerCase();
  const isCompound =
    vocabulary.hyphenated.has(whole) && !vocabulary.words.has(`${start}${end}`.toLowerCase());
  if (isCompound || /^\p{Lu}/u.test(end)) return '';
  return 'hyphen';
}

/**
 * Runs of lines as inline content: bold, italic and raised as they are set. Bold of a whole heading says nothing. `callOf`
 * makes what calls a note.
 */
export function runsToContent(
  runs: PdfRun[],
  { isHeading, callOf }: { isHeading: boolean; callOf: (note: PdfFootnote) => ElementContent },
): ElementContent[] {
  return runs.map((run) => {
    if (run.note) return callOf(run.note);
    let content: ElementContent = text(run.text);
    if (run.text.trim() === '') return content;
    if (run.isRaised) content = element('sup', {}, [content]);
    if (run.isItalic) content = element('i', {}, [content]);
    if (run.isBold && !isHeading) content = element('b', {}, [content]);
    return content;
  });
}

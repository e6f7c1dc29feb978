import type { Element, ElementContent } from 'xast';
import { countWords } from '@/lib/kernel/words';
import { addRun, createTally, type WordTally } from '../word-tally';
import { descendants, xmlText } from '../xml-tree';

/** Elements inside of which a word goes on (ODF 1.3 §6); all others separate words. */
const INLINE = new Set([
  'text:span',
  'text:a',
  'text:meta',
  'text:bookmark',
  'text:bookmark-start',
  'text:bookmark-end',
  'text:soft-page-break',
  'text:change-start',
  'text:change-end',
  'text:change',
  'text:reference-mark',
  'text:reference-mark-start',
  'text:reference-mark-end',
  'text:alphabetical-index-mark',
  'text:alphabetical-index-mark-start',
  'text:alphabetical-index-mark-end',
  'text:ruby',
  'text:ruby-base',
]);

/** What is no text of the document in its order of reading: it is noticed, or has no words. */
const UNREAD = new Set([
  'text:tracked-changes',
  'office:annotation',
  'office:annotation-end',
  'text:note-citation',
  'svg:title',
  'svg:desc',
  'office:forms',
  'text:sequence-decls',
  'text:variable-decls',
  'text:user-field-decls',
  'table:table-columns',
  'office:event-listeners',
]);

/** Counts the words of an OpenDocument text by its text nodes, notes apart. */
export function countOdt(text: Element): WordTally {
  const tally = createTally();
  let run = '';
  const endRun = (isNote: boolean) => {
    addRun(tally, run, isNote);
    run = '';
  };
  const visit = (node: ElementContent, isNote: boolean): void => {
    if (node.type === 'text') run += node.value;
    if (node.type !== 'element' || UNREAD.has(node.name)) return;
    const isInside = isNote || node.name === 'text:note';
    const isApart = !INLINE.has(node.name);
    if (isApart) endRun(isNote);
    for (const inner of node.children) visit(inner, isInside);
    if (isApart) endRun(isInside);
  };
  visit(text, false);
  endRun(false);
  return tally;
}

/** The words of the paragraphs below an element, which is left out. */
export function countParagraphs(node: Element): number {
  return [...descendants(node, 'text:p', 'text:h')].reduce((sum, part) => sum + countWords(xmlText(part)), 0);
}

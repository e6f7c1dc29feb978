import type { Element, Root } from 'hast';
import { countWords } from '@/lib/kernel/words';
import { isBlock, isElement, type SourceNode } from './source-tree';
import { addRun, createTally, type WordTally } from './word-tally';

/** Inline elements of HTML that separate words: the images and breaks among them, and the pronunciations over a text. */
const SEPARATORS = new Set(['br', 'img', 'image', 'rt', 'rb', 'rp', 'video', 'audio', 'object', 'iframe']);

/** The words of a source tree in its order of reading, and those that are left out, by reason. */
export function countSource(root: Root): { tally: WordTally; leftOut: Map<string, number> } {
  const tally = createTally();
  const leftOut = new Map<string, number>();
  let run = '';
  const endRun = (isNote: boolean) => {
    addRun(tally, run, isNote);
    run = '';
  };
  const visit = (node: SourceNode | Root, isNote: boolean): void => {
    if (node.type === 'text') run += node.value;
    if (node.type === 'root') for (const child of node.children) visit(child, isNote);
    if (node.type !== 'element') return;
    const isApart = isBlock(node) || SEPARATORS.has(node.tagName) || isSetApart(node);
    if (isApart) endRun(isNote);
    const reason = node.data?.leftOut;
    if (reason !== undefined) leftOut.set(reason, (leftOut.get(reason) ?? 0) + countLeftOut(node));
    else for (const child of node.children) visit(child, isNote || node.data?.isNote === true);
    if (isApart) endRun(isNote || node.data?.isNote === true);
  };
  visit(root, false);
  endRun(false);
  return { tally, leftOut };
}

/** Whether an element is left out, or stands elsewhere: a word does not go on over it. */
function isSetApart({ data }: Element): boolean {
  if (data === undefined) return false;
  return data.leftOut !== undefined || data.note !== undefined || Boolean(data.isNote || data.isFurtherCall);
}

/** The words of an element that is left out. */
export function countLeftOut(node: Element): number {
  let words = 0;
  let run = '';
  const visit = (child: SourceNode): void => {
    if (child.type === 'text') run += child.value;
    if (!isElement(child)) return;
    const isApart = isBlock(child) || SEPARATORS.has(child.tagName);
    if (isApart) endRun();
    for (const inner of child.children) visit(inner);
    if (isApart) endRun();
  };
  const endRun = () => {
    words += countWords(run);
    run = '';
  };
  visit(node);
  endRun();
  return words;
}

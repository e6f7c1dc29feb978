import type { Element, ElementContent } from 'xast';
import { countWords } from '@/lib/kernel/words';
import { addRun, createTally, type WordTally } from '../word-tally';
import { separatesWords, teiTextOf } from './tei-node';

/** The words of the text of a TEI document, notes apart. Descriptions of images are counted beside it. */
export function countTei(text: Element): WordTally {
  const tally = createTally();
  let run = '';
  const endRun = (isNote: boolean) => {
    addRun(tally, run, isNote);
    run = '';
  };
  const visit = (node: ElementContent, isNote: boolean): void => {
    if (node.type === 'text') run += node.value;
    if (node.type !== 'element') return;
    if (node.name === 'figDesc') {
      tally.described += countWords(teiTextOf(node));
      return;
    }
    const isInside = isNote || node.name === 'note';
    if (separatesWords(node)) endRun(isNote);
    for (const child of node.children) visit(child, isInside);
    if (separatesWords(node)) endRun(isInside);
  };
  visit(text, false);
  endRun(false);
  return tally;
}

import type { Element, ElementContent } from 'xast';
import { addRun, createTally, type WordTally } from '../word-tally';
import { separatesWords } from './tei-node';

/** The words of the text of a TEI document, notes apart. Descriptions of images are not of the text. */
export function countTei(text: Element): WordTally {
  const tally = createTally();
  let run = '';
  const endRun = (isNote: boolean) => {
    addRun(tally, run, isNote);
    run = '';
  };
  const visit = (node: ElementContent, isNote: boolean): void => {
    if (node.type === 'text') run += node.value;
    if (node.type !== 'element' || node.name === 'figDesc') return;
    const isInside = isNote || node.name === 'note';
    if (separatesWords(node)) endRun(isNote);
    for (const child of node.children) visit(child, isInside);
    if (separatesWords(node)) endRun(isInside);
  };
  visit(text, false);
  endRun(false);
  return tally;
}

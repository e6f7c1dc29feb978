import type { Element, ElementContent } from 'xast';
import { countWords } from '@/lib/kernel/words';
import { addRun, createTally, type WordTally } from '../word-tally';
import { child, childElements, descendants, xmlText } from '../xml-tree';

/** What was counted in a Word document itself, before anything was converted. */
export type WordCounts = {
  tally: WordTally;
  deleted: { count: number; words: number };
  inserted: { count: number; words: number };
  formulas: number;
};

/** Elements between which words are apart: paragraphs, breaks, and what stands elsewhere. */
const APART = new Set([
  'w:p',
  'w:tab',
  'w:br',
  'w:cr',
  'w:ptab',
  'w:footnoteReference',
  'w:endnoteReference',
  'w:drawing',
  'w:pict',
  'w:object',
  'w:sym',
  'w:ruby',
  'w:rt',
  'm:oMath',
]);

/**
 * Counts the words of a document in its order of reading (ECMA-376 §17): a text box follows the paragraph that it is
 * anchored in, notes are counted apart, deletions are not of the text.
 */
export function countDocument(body: Element, notes: Element[]): WordCounts {
  const counts: WordCounts = {
    tally: createTally(),
    deleted: { count: 0, words: 0 },
    inserted: { count: 0, words: 0 },
    formulas: 0,
  };
  countPart(body, false, counts);
  for (const note of notes) countPart(note, true, counts);
  return counts;
}

function countPart(part: Element, isNote: boolean, counts: WordCounts): void {
  let run = '';
  /** The text boxes that wait for the end of their paragraph. */
  let boxes: Element[] = [];
  const endRun = () => {
    addRun(counts.tally, run, isNote);
    run = '';
  };
  const visit = (node: ElementContent): void => {
    if (node.type !== 'element' || isProperties(node)) return;
    const { name } = node;
    if (name === 'w:t' || name === 'm:t') run += xmlText(node);
    else if (name === 'w:noBreakHyphen') run += '\u2011';
    else if (name === 'w:del' || name === 'w:moveFrom') countDeleted(node, counts);
    else if (name === 'w:txbxContent') boxes.push(node);
    else if (name === 'mc:AlternateContent') visitAlternative(node);
    else if (isDeletedRow(node)) countDeleted(node, counts);
    else if (name === 'w:ruby') {
      endRun();
      for (const part of [child(node, 'w:rubyBase'), child(node, 'w:rt')]) if (part) visit(part);
      endRun();
    } else visitInside(node);
  };
  const visitInside = (node: Element): void => {
    if (APART.has(node.name)) endRun();
    if (node.name === 'w:ins' || node.name === 'w:moveTo') countInserted(node, counts);
    if (node.name === 'm:oMath') counts.formulas++;
    for (const inner of node.children) visit(inner);
    if (APART.has(node.name) && !isMergedParagraph(node)) endRun();
    if (node.name !== 'w:p') return;
    const waiting = boxes;
    boxes = [];
    for (const box of waiting) {
      endRun();
      for (const inner of box.children) visit(inner);
    }
  };
  const visitAlternative = (node: Element): void => {
    const chosen = chosenAlternative(node);
    if (chosen) for (const inner of chosen.children) visit(inner);
  };
  for (const inner of part.children) visit(inner);
  endRun();
}

/** The alternative that is read: the one with a text box, else the one for older programs, which has the image. */
export function chosenAlternative(node: Element): Element | undefined {
  const choices = childElements(node);
  const withText = choices.find((choice) => [...descendants(choice, 'w:txbxContent')].length > 0);
  return withText ?? choices.find(({ name }) => name === 'mc:Fallback') ?? choices[0];
}

/** Elements that say how something looks, or that its mark was changed: there are no words in them. */
export function isProperties({ name }: Element): boolean {
  return /^w:(?:p|r|tbl|tr|tc|sect)Pr$/.test(name);
}

/** A paragraph whose mark is deleted goes on in the next one (§17.13.5.15). */
export function isMergedParagraph(node: Element): boolean {
  return node.name === 'w:p' && child(child(child(node, 'w:pPr'), 'w:rPr'), 'w:del') !== undefined;
}

export function isDeletedRow(node: Element): boolean {
  return node.name === 'w:tr' && child(child(node, 'w:trPr'), 'w:del') !== undefined;
}

function countDeleted(node: Element, counts: WordCounts): void {
  counts.deleted.count++;
  for (const text of descendants(node, 'w:t', 'w:delText')) counts.deleted.words += countWords(xmlText(text));
}

function countInserted(node: Element, counts: WordCounts): void {
  counts.inserted.count++;
  for (const text of descendants(node, 'w:t')) counts.inserted.words += countWords(xmlText(text));
}

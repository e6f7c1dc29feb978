import type { Element, ElementContent } from 'xast';
import { child, childElements, descendants, xmlText } from '../xml-tree';
import { chosenAlternative, isDeletedRow, isMergedParagraph, isProperties } from './count-words';

/**
 * Tells a part of a Word document in the elements that mammoth reads, so that no words are lost in it: text boxes of
 * drawings, simple fields, runs with a direction, formulas, pronunciations, merged cells that have text.
 */
export function preparePart(part: Element): void {
  part.children = prepareAll(part.children);
}

function prepareAll(nodes: ElementContent[]): ElementContent[] {
  const prepared = nodes.flatMap((node) => (node.type === 'element' ? prepare(node) : [node]));
  return mergeParagraphs(prepared);
}

/** Elements whose content mammoth would drop with them. */
const WRAPPERS = new Set([
  'w:fldSimple',
  'w:bdo',
  'w:dir',
  'w:rubyBase',
  'w:rt',
  'w:smartTag',
  'w:customXml',
]);

function prepare(node: Element): ElementContent[] {
  const { name } = node;
  if (isProperties(node)) return [node];
  if (name === 'w:del' || name === 'w:moveFrom' || isDeletedRow(node)) return [];
  if (name === 'mc:AlternateContent') {
    const chosen = chosenAlternative(node);
    return chosen ? prepareAll(chosen.children) : [];
  }
  if (name === 'w:ruby') {
    const parts = [child(node, 'w:rubyBase'), child(node, 'w:rt')];
    const runs = parts.flatMap((part) => (part ? childElements(part) : []));
    // A ruby stands inside of a run; its own runs are texts there, with a space that keeps their words apart.
    return runs.flatMap((run, i) => [...(i > 0 ? [make('w:tab')] : []), ...prepareAll(run.children)]);
  }
  if (WRAPPERS.has(name)) return prepareAll(node.children);
  if (name === 'm:oMathPara') return [...descendants(node, 'm:oMath')].flatMap(prepare);
  if (name === 'm:oMath') {
    const text = [...descendants(node, 'm:t')].map(xmlText).join('');
    return text === '' ? [] : [make('w:r', [make('w:tab'), textElement(text), make('w:tab')])];
  }
  if (name === 'w:drawing') {
    const boxes = [...descendants(node, 'w:txbxContent')];
    if (boxes.length > 0) {
      const shapes = boxes.map((box) => make('v:textbox', [{ ...box, children: prepareAll(box.children) }]));
      return [make('w:pict', [make('v:shape', shapes)])];
    }
  }
  if (name === 'w:tc') keepMergedText(node);
  node.children = prepareAll(node.children);
  return [node];
}

function make(name: string, children: ElementContent[] = []): Element {
  return { type: 'element', name, attributes: {}, children };
}

function textElement(value: string): Element {
  return { ...make('w:t', [{ type: 'text', value }]), attributes: { 'xml:space': 'preserve' } };
}

/** A cell that continues the one above may have text all the same: then it is a cell of its own. */
function keepMergedText(cell: Element): void {
  const properties = child(cell, 'w:tcPr');
  if (!properties || !child(properties, 'w:vMerge')) return;
  if (![...descendants(cell, 'w:t')].some((text) => xmlText(text).trim() !== '')) return;
  if (child(properties, 'w:vMerge')?.attributes['w:val'] === 'restart') return;
  properties.children = properties.children.filter(
    (inner) => inner.type !== 'element' || inner.name !== 'w:vMerge',
  );
}

/** Joins a paragraph whose mark is deleted with the next one; where none follows, it keeps its mark. */
function mergeParagraphs(nodes: ElementContent[]): ElementContent[] {
  const merged: ElementContent[] = [];
  for (const node of nodes) {
    const last = merged.at(-1);
    const isNext = node.type === 'element' && node.name === 'w:p';
    if (isNext && last?.type === 'element' && isMergedParagraph(last)) {
      const own = node.children.filter((inner) => inner.type === 'element' && inner.name === 'w:pPr');
      const rest = node.children.filter((inner) => !own.includes(inner));
      const before = last.children.filter((inner) => inner.type !== 'element' || inner.name !== 'w:pPr');
      node.children = [...own, ...before, ...rest];
      merged.pop();
    }
    if (node.type !== 'text' || node.value.trim() !== '' || nodes.length === 1) merged.push(node);
  }
  for (const node of merged) if (node.type === 'element' && isMergedParagraph(node)) keepMark(node);
  return merged;
}

function keepMark(paragraph: Element): void {
  const properties = child(child(paragraph, 'w:pPr'), 'w:rPr');
  if (!properties) return;
  properties.children = properties.children.filter(
    (inner) => inner.type !== 'element' || inner.name !== 'w:del',
  );
}

import type { Paragraph } from '@/lib/edition/schema';
import type { BlockContext } from './block-context';
import { element, type Html, text } from './element-html';

/** Every so many lines of verse one has its number beside it. */
const LINES_PER_NUMBER = 5;
/** The longest reference that the margin holds, in characters. */
const LONGEST_LABEL = 7;

/**
 * What stands in the margin beside a paragraph: what it is cited by, where the text has references and this one is
 * another than before; else its number, with the short anchor `#p4`; of verse every fifth. Null for nothing.
 */
export function paragraphNumber(
  { context, progress, isCited }: BlockContext,
  paragraph: Paragraph,
): Html | null {
  const { t, uniqueId } = context;
  const { id, kind, number, reference } = paragraph;
  if (kind === 'cell' || kind === 'item') return null;
  if (kind === 'line') {
    const isShown = number !== null && /^\d+$/.test(number) && Number(number) % LINES_PER_NUMBER === 0;
    return isShown ? mark(id, number, t('line', { number }), null) : null;
  }
  if (isCited) {
    const isSame = reference === null || reference === progress.reference;
    if (reference !== null) progress.reference = reference;
    return isSame ? null : mark(id, labelOf(reference), reference, null);
  }
  if (number === null) return null;
  const short = uniqueId(`p${number}`);
  return mark(short, number, t('paragraph', { number }), short);
}

function mark(target: string, label: string, name: string, id: string | null): Html {
  const attributes = { class: 'number', id, href: `#${target}`, 'aria-label': name, 'data-apparatus': true };
  return element('a', attributes, text(label));
}

/** A long reference by its end: `13` of `Aeneid 2.13`. */
function labelOf(reference: string): string {
  return reference.length <= LONGEST_LABEL ? reference : (/[^\s.,:]+$/.exec(reference)?.[0] ?? reference);
}

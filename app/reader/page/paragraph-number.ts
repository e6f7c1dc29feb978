import type { Paragraph } from '@/lib/edition/schema';
import { element, type Html, text } from './element-html';
import type { TextContext } from './render-context';

/** Every so many lines of verse one has its number beside it. */
const LINES_PER_NUMBER = 5;

/**
 * A paragraph's number in the margin, with its short anchor `#p4`; of verse every fifth; else the end of what it is
 * cited by. Null where none is shown.
 */
export function paragraphNumber({ t, uniqueId }: TextContext, paragraph: Paragraph): Html | null {
  const { id, kind, number, reference } = paragraph;
  if (kind === 'cell' || kind === 'item') return null;
  if (kind === 'line') {
    const isShown = number !== null && /^\d+$/.test(number) && Number(number) % LINES_PER_NUMBER === 0;
    return isShown ? mark(id, number, reference ?? t('line', { number }), null) : null;
  }
  if (number !== null) {
    const short = uniqueId(`p${number}`);
    return mark(short, number, t('paragraph', { number }), short, reference);
  }
  return reference === null ? null : mark(id, lastPartOf(reference), reference, null);
}

function mark(target: string, label: string, name: string, id: string | null, title?: string | null): Html {
  const attributes = {
    class: 'number',
    id,
    href: `#${target}`,
    'aria-label': name,
    title,
    'data-apparatus': true,
  };
  return element('a', attributes, text(label));
}

/** `2.13` of `Aen. 2.13`: the work is the same for all of the page. */
function lastPartOf(reference: string): string {
  return reference.slice(reference.lastIndexOf(' ') + 1);
}

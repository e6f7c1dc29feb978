import { openingWords } from '../split-runs';
import type { DivisionNode } from '../tei/body-state';
import type { Block } from '../tei/flow';

/** Code points of a title in the contents, and of one that is made of first words. */
const LONGEST_TITLE = 200;
const OPENING = 60;

/** What a division is called: by its heading, else by its type and number, else by its first words. */
export function titleOf(division: DivisionNode, blocks: readonly Block[]): string {
  const named = division.title ?? typeAndNumber(division);
  return named ? openingWords(named, LONGEST_TITLE) : openingOf(blocks[division.from]);
}

/** The first words of a block, for a part that nobody named. */
export function openingOf(block: Block | undefined): string {
  return openingWords(block?.text ?? '', OPENING);
}

function typeAndNumber({ type, n }: DivisionNode): string | null {
  if (n === null) return null;
  const kind = type ? type.charAt(0).toUpperCase() + type.slice(1).replaceAll(/[_-]+/g, ' ') : '';
  // A number that is a title or an identifier already says what it is.
  return kind === '' || /\p{L}{4}/u.test(n) ? n.replaceAll('_', ' ') : `${kind} ${n}`;
}

import type { ExportTranslate } from '../render-context';

/** What a cell of a spreadsheet may hold, in UTF-16 code units (Excel's specification and limits). */
export const LONGEST_CELL = 32_767;

/** The text of a cell. What is longer than `most` is cut, and says there how long it is and at which address all of it is. */
export function cellText(t: ExportTranslate, text: string, address: string, most = LONGEST_CELL): string {
  if (text.length <= most) return text;
  const note = `… ${t('cell.cut', { all: text.length, address })}`;
  // Half of a surrogate pair is no character.
  const kept = text.slice(0, most - note.length).replace(/[\uD800-\uDBFF]$/, '');
  return kept + note;
}

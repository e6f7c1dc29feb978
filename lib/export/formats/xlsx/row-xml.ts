/** What a spreadsheet takes for the beginning of a formula (OWASP CSV Injection). */
const FORMULA = /^[=+\-@\t\r]/;
/** What XML cannot hold, and what looks like the way in which that is written (ECMA-376 part 1, §22.9.2.19, ST_Xstring). */
// biome-ignore lint/suspicious/noControlCharactersInRegex: those are the ones that are written otherwise
const UNWRITABLE = /[\u0000-\u0008\u000B\u000C\u000D\u000E-\u001F\uFFFE\uFFFF]|_(?=x[0-9A-Fa-f]{4}_)/g;
const MARKUP = { '&': '&amp;', '<': '&lt;', '>': '&gt;' } as const;

/** The row of a sheet, `number` counting from 1. No cell is a formula; there is none where there is no text. */
export function rowXml(number: number, fields: (string | number)[]): string {
  const cells = fields.map((field, i) => (field === '' ? '' : cell(`${columnName(i)}${number}`, field)));
  return `<row r="${number}">${cells.join('')}</row>`;
}

/** The letters of a column, `index` counting from 0: A to Z, then AA. */
function columnName(index: number): string {
  const before = index < 26 ? '' : columnName(Math.floor(index / 26) - 1);
  return before + String.fromCharCode(65 + (index % 26));
}

function cell(place: string, value: string | number): string {
  if (typeof value === 'number') return `<c r="${place}"><v>${value}</v></c>`;
  const style = FORMULA.test(value) ? ' s="1"' : '';
  return `<c r="${place}" t="inlineStr"${style}><is><t xml:space="preserve">${xstring(value)}</t></is></c>`;
}

function xstring(text: string): string {
  return text
    .toWellFormed()
    .replace(UNWRITABLE, (unit) => `_x${unit.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`)
    .replace(/[&<>]/g, (mark) => MARKUP[mark as keyof typeof MARKUP]);
}

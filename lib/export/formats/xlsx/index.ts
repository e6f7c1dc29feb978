import type { FormatWriter } from '../../format-writer';
import type { Lookup } from '../../lookup';
import { contentTypes, type OfficeParts, relationships } from '../../office-file';
import { exportTranslator, type RenderContext } from '../../render-context';
import { COLUMNS, recordOf } from '../annotation-record';
import { cellText } from '../spreadsheet-cell';
import { rowXml } from './row-xml';

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

/** Widths of columns in letters, where they are not the usual ones. */
const WIDTHS: Record<string, number> = { passage: 40, body: 80, author: 24, reference: 16, tags: 24 };

/**
 * The sheet of a workbook (ECMA-376 part 1, §18.3): a row for each annotation. No cell is a formula: all but offsets are
 * text, and what would be a formula if it were typed is marked as text. A cell holds 32,767 characters at most; what is
 * longer is cut, and says there how long it is and where all of it is.
 */
export async function* writeSheet(renderContext: RenderContext, lookup: Lookup): FormatWriter {
  const t = exportTranslator(renderContext);
  const columns = COLUMNS.map(
    (name, i) => `<col min="${i + 1}" max="${i + 1}" width="${WIDTHS[name] ?? 14}" customWidth="1"/>`,
  );
  let text = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>${columns.join('')}</cols><sheetData>${rowXml(1, COLUMNS)}`;
  for (let i = 0; i < renderContext.total; i++) {
    const row = yield text;
    const address = renderContext.iris.annotations + row.id;
    const fields = await recordOf(lookup, row);
    const cells = fields.map((field) => (typeof field === 'string' ? cellText(t, field, address) : field));
    text = rowXml(i + 2, cells);
  }
  return `${text}</sheetData></worksheet>`;
}

/** The parts of a workbook with that sheet. */
export function workbookParts(sheet: () => AsyncIterable<Uint8Array>): OfficeParts {
  return [
    [
      '[Content_Types].xml',
      contentTypes({
        'xl/workbook.xml': 'spreadsheetml.sheet.main',
        'xl/worksheets/sheet1.xml': 'spreadsheetml.worksheet',
        'xl/styles.xml': 'spreadsheetml.styles',
      }),
    ],
    ['_rels/.rels', relationships([['officeDocument', 'xl/workbook.xml']])],
    [
      'xl/workbook.xml',
      `<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheets><sheet name="Scholion" sheetId="1" r:id="r1"/></sheets></workbook>`,
    ],
    [
      'xl/_rels/workbook.xml.rels',
      relationships([
        ['worksheet', 'worksheets/sheet1.xml'],
        ['styles', 'styles.xml'],
      ]),
    ],
    // The second format marks text that would be a formula if it were typed (§18.8.45, quotePrefix).
    [
      'xl/styles.xml',
      `<styleSheet xmlns="${MAIN}"><fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf/><xf quotePrefix="1"/></cellXfs></styleSheet>`,
    ],
    ['xl/worksheets/sheet1.xml', sheet],
  ];
}
